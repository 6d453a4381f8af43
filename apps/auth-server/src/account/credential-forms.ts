import {
  AccountStore,
  errorCatalogue,
  isBreakGlass,
  Passkeys,
  RecoveryCodes,
  SecondFactors,
  SsoError,
  type ErrorCode,
  type SessionView,
} from '@gatehouse/core';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorStatus } from '../http/error-status';
import { renderSecurity, type Security } from '../pages/account/security-page';
import { readerOf, type Reader } from '../pages/reader';
import { AccountVisitors } from './account-visitors';
import { sendPage } from '../login/send-page';

const page = '/account/security';

/** Pages that say a refusal where it can be mended. */
type RefusalPages = Partial<Record<ErrorCode, (reader: Reader, text: string) => string>>;

/** What every form about one's own credentials does: a proof that is too old is renewed, a refusal is said on the page. */
@Injectable()
export class CredentialForms {
  constructor(
    private readonly visitors: AccountVisitors,
    private readonly accounts: AccountStore,
    private readonly factors: SecondFactors,
    private readonly passkeys: Passkeys,
    private readonly codes: RecoveryCodes,
  ) {}

  /** Does it, and shows the page again with what was done, or with why it was not; `pages`: where another page says that. */
  async handle(
    request: FastifyRequest,
    reply: FastifyReply,
    done: string,
    change: (view: SessionView) => Promise<unknown>,
    pages: RefusalPages = {},
  ): Promise<void> {
    const work = async (view: SessionView) => {
      await change(view);
      await reply.redirect(`${page}?done=${done}`, 303);
    };
    await this.attempt(request, reply, work, pages);
  }

  /** Answers with what `make` renders. */
  async answer(
    request: FastifyRequest,
    reply: FastifyReply,
    make: (view: SessionView) => Promise<string>,
  ): Promise<void> {
    await this.attempt(request, reply, async (view) => sendPage(reply, await make(view)));
  }

  async securityOf({ user, tenant, member }: SessionView): Promise<Security> {
    const [account, enrolled, passkeys, recoveryCodesLeft] = await Promise.all([
      this.accounts.findAnywhere(user.id),
      this.factors.enrolled(user.id),
      this.passkeys.list(user),
      this.codes.left(user.id),
    ]);
    const hasApp = enrolled.includes('totp');
    const canDrill = isBreakGlass(tenant.policy, member);
    const passwordChangedAt = account?.password?.changedAt;
    return { email: user.email, passwordChangedAt, hasApp, passkeys, recoveryCodesLeft, canDrill };
  }

  /** Does the work of a form; a refusal is answered as everywhere here. */
  async attempt(
    request: FastifyRequest,
    reply: FastifyReply,
    work: (view: SessionView) => Promise<void>,
    pages: RefusalPages = {},
  ): Promise<void> {
    const view = await this.visitors.require(request, reply, page);
    if (!view) return;
    try {
      await work(view);
    } catch (error) {
      if (!(error instanceof SsoError)) throw error;
      if (error.code === 'proof_stale') return this.visitors.sendToProof(reply, page);
      const markup = await this.renderRefusal(error, view, readerOf(request), pages);
      await sendPage(reply.status(errorStatus(error.code)), markup);
    }
  }

  private async renderRefusal(
    { code }: SsoError,
    view: SessionView,
    reader: Reader,
    pages: RefusalPages,
  ): Promise<string> {
    const text = reader.texts.messages[errorCatalogue[code].text](view.tenant.name);
    const own = pages[code];
    return own
      ? own(reader, text)
      : renderSecurity(reader, await this.securityOf(view), { kind: 'problem', text });
  }
}
