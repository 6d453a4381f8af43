import type { Actor } from '../audit/happening';
import type { Connection } from '../connections/connection';
import type { Session } from '../sessions/session';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { applicationId, arrivalId } from '../shared/ids';
import { createToken, hashToken } from '../shared/token';
import type { AdmissionOutcome, AdmitIdentity } from './admit-identity';
import { silentChecks } from './check-log';
import { arrivalLifetimeMs, type Arrival } from './arrival';
import type { ArrivalStore } from './arrival-store';
import { refuseUnpromoted, refuseUnsolicited, replayed } from './refusals';
import { refuseDisabled } from './start-login';
import type { VerifiedIdentity } from './verified-identity';

/** An answer that nobody here asked for (SAML Profiles 4.1.5). */
export interface UnsolicitedAnswer {
  readonly identity: VerifiedIdentity;
  /** As the identity provider posted it: at most the ID of an application, never an address (SML-1). */
  readonly relayState?: string | undefined;
}

/**
 * Whether an answer that nobody asked for signs in. Where re-authentication is forced, only a request of ours can force it,
 * so that `accept` does what `bounce` does (SES-5).
 */
export function acceptsUnsolicited({ settings }: Pick<Connection, 'settings'>): boolean {
  return settings.idpInitiated === 'accept' && !settings.forceAuthn;
}

/** What a sign-in that begins at the identity provider does, as the connection says (SML-2). */
export class CompleteUnsolicited {
  constructor(
    private readonly arrivals: ArrivalStore,
    private readonly admission: AdmitIdentity,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  /**
   * Answers with the ticket for the browser. `bounce` opens no session: the answer only says where to begin. So does who is
   * to confirm a link, for which a round of ours ties the browser to the answer.
   */
  async complete(
    connection: Connection,
    answer: UnsolicitedAnswer,
    actor: Actor,
    checks = silentChecks(),
  ): Promise<{ readonly kind: 'signed-in' | 'bounced'; readonly ticket: string }> {
    const { identity } = answer;
    checks.run('connection', () => {
      refuseUnsolicited(connection);
      refuseDisabled(connection);
      refuseUnpromoted(identity);
    });
    const arrival = this.describe(connection, answer);
    await checks.runAsync('once', () => this.begin(arrival, connection, identity, actor));
    const session = acceptsUnsolicited(connection)
      ? sessionOf(await this.admission.admit(connection, identity, actor, checks))
      : undefined;
    const ticket = createToken(this.chance);
    await this.arrivals.leave(arrival.tenantId, arrival.id, {
      ticketHash: hashToken(ticket),
      ...(session && { sessionId: session.id }),
    });
    return { kind: session ? 'signed-in' : 'bounced', ticket };
  }

  private describe({ id, tenantId }: Connection, { relayState }: UnsolicitedAnswer): Arrival {
    const arrivedAt = this.clock.now();
    return {
      id: arrivalId.create(arrivedAt, this.chance),
      tenantId,
      connectionId: id,
      ...(applicationId.is(relayState) && { applicationId: relayState }),
      arrivedAt,
      expiresAt: new Date(arrivedAt.getTime() + arrivalLifetimeMs),
    };
  }

  private async begin(
    arrival: Arrival,
    { settings }: Connection,
    { assertionId, rememberUntil }: VerifiedIdentity,
    actor: Actor,
  ): Promise<void> {
    const { tenantId, connectionId, arrivedAt } = arrival;
    const assertion = { id: assertionId, rememberUntil };
    const because = {
      type: 'sign_in.arrived',
      tenantId,
      at: arrivedAt,
      actor,
      subject: connectionId,
      data: { idpInitiated: settings.idpInitiated },
    } as const;
    if ((await this.arrivals.begin(tenantId, arrival, assertion, because)) === 'replayed')
      throw replayed(assertionId);
  }
}

function sessionOf(admission: AdmissionOutcome): Session | undefined {
  return admission.kind === 'session' ? admission.session : undefined;
}
