import { type Clock, SsoError, type SessionId } from '@gatehouse/core';
import { errors, type OidcInteraction, type Provider } from 'oidc-provider';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { accountClientId } from './account-client';
import {
  readHints,
  tenantPageWanted,
  wantsProof,
  type LoginHints,
  type TenantPageWanted,
} from './hinted-login';
import { amrOf, seconds, type LiveAccounts } from './live-account';
import { pretendProxy } from './pretend-proxy';

export interface Interaction {
  readonly uid: string;
  /** Absent where our own account pages asked: each language has its own words for them. */
  readonly applicationName?: string;
  readonly hints: LoginHints;
  /** The application leaves it to the organisation's own page by which way somebody comes in. */
  readonly tenantPage: TenantPageWanted | undefined;
  /** Somebody is signed in, and shows once more who it is before something is changed. */
  readonly isProof: boolean;
}

/** Who signed in, and the interaction that this was begun for. */
export interface AnsweredSignIn {
  readonly sessionId: SessionId;
  readonly interactionId: string | undefined;
}

/** A sign-in that an application asked for, waiting in this browser for a person. */
export class Interactions {
  constructor(
    private readonly provider: Provider,
    private readonly accounts: LiveAccounts,
    private readonly clock: Clock,
    private readonly publicUrl: string,
  ) {}

  /** Nothing where this browser waits for no sign-in, or waited for too long. */
  async details(req: IncomingMessage, res: ServerResponse): Promise<Interaction | undefined> {
    const interaction = await this.#find(req, res);
    if (!interaction) return undefined;
    const client = await this.provider.Client.find(interaction.params['client_id']);
    const isOurs = client?.clientId === accountClientId;
    return {
      uid: interaction.uid,
      ...(client?.clientName === undefined || isOurs ? {} : { applicationName: client.clientName }),
      hints: readHints(interaction.params),
      tenantPage: tenantPageWanted(interaction.params),
      isProof: isOurs && wantsProof(interaction.params),
    };
  }

  /** Whether this very sign-in waits for some browser, told apart by its cookie only. */
  async isWaiting(uid: string): Promise<boolean> {
    return (await this.provider.Interaction.find(uid)) !== undefined;
  }

  /** Says who signed in; answers where to send the browser (303). Throws `flow_expired` or `session_ended`. */
  async finish(req: IncomingMessage, res: ServerResponse, answered: AnsweredSignIn): Promise<string> {
    const interaction = await this.#find(req, res);
    if (!interaction) throw new SsoError('flow_expired', 'This sign-in took too long; start it again.');
    refuseOtherInteraction(interaction, answered);
    const { sessionId } = answered;
    const account = await this.accounts.find(sessionId);
    if (!account) throw new SsoError('session_ended', 'This session has ended; sign in again.');
    await this.#forgetEarlierSession(req, res);
    const { session } = account.view;
    interaction.session = undefined;
    interaction.result = {
      login: {
        accountId: sessionId,
        ts: seconds(session.authenticatedAt),
        amr: amrOf(session),
        remember: true,
      },
    };
    await interaction.save(Math.max(1, interaction.exp - seconds(this.clock.now())));
    return interaction.returnTo;
  }

  // Each sign-in is another account to oidc-provider, which would put a page in between to sign the earlier one out.
  async #forgetEarlierSession(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const earlier = await this.provider.Session.get({ req, res });
    if (earlier.accountId !== undefined) await earlier.destroy();
  }

  async #find(req: IncomingMessage, res: ServerResponse): Promise<OidcInteraction | undefined> {
    pretendProxy(req, this.publicUrl);
    try {
      return await this.provider.interactionDetails(req, res);
    } catch (error) {
      if (error instanceof errors.SessionNotFound) return undefined;
      throw error;
    }
  }
}

// The browser keeps one interaction: without this, an answer to one application's question would sign in to another.
function refuseOtherInteraction({ uid }: OidcInteraction, { interactionId }: AnsweredSignIn): void {
  if (interactionId === uid) return;
  throw new SsoError(
    'flow_expired',
    'Another sign-in was begun meanwhile in this browser; start this one again.',
  );
}
