import {
  AuditLog,
  Clock,
  SsoError,
  type ErrorCode,
  type LocalOutcome,
  type SecondFactor,
  type Tenant,
} from '@gatehouse/core';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { CONFIG } from '../http/config.token';
import { wantsPage } from '../http/problem.filter';
import { Interactions } from '../issuer/interactions';
import type { Problem } from '../pages/form';
import { renderChooseTenant } from '../pages/login/choose-tenant-page';
import { secondFactorAddress } from '../pages/login/second-factor-page';
import { renderSsoRequired } from '../pages/login/sso-required-page';
import { readerOf, type Reader } from '../pages/reader';
import { keepDevice } from './device-cookie';
import { noAccess, startAgain } from './local-refusals';
import { sendPage } from './send-page';
import { SsoChoices } from './sso-choices';
import { WaitingSignIn } from './waiting-sign-in';

/** The form that was sent, to be shown again with what was wrong. */
export interface Retry {
  readonly wrong: Problem;
  readonly show: (reader: Reader, problem: Problem) => string | Promise<string>;
  readonly isDrill?: boolean;
}

/** Where whoever tested the way in for emergencies reads that it works. */
export const drillPassedAddress = '/account/security?done=drillPassed';

type SignedIn = Extract<LocalOutcome, { kind: 'signed-in' }>;

/** Turns where a sign-in stands into the next page, or into the end of it. */
@Injectable()
export class AnswerLocal {
  constructor(
    private readonly interactions: Interactions,
    private readonly choices: SsoChoices,
    private readonly waiting: WaitingSignIn,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Throws what `Interactions.finish` throws, `flow_expired`, and why there is no access. */
  async answer(
    request: FastifyRequest,
    reply: FastifyReply,
    outcome: LocalOutcome,
    retry: Retry,
  ): Promise<void> {
    switch (outcome.kind) {
      case 'signed-in':
        return redirect(reply, await this.finish(request, reply, outcome));
      case 'drill-passed':
        return redirect(reply, drillPassedAddress);
      case 'second-factor':
        return redirect(reply, firstFactorAddress(outcome.enrolled, retry.isDrill));
      case 'enrol-second-factor':
        return redirect(reply, '/login/second-factor/set-up');
      case 'choose-tenant':
        return sendPage(reply, renderChooseTenant({ texts: readerOf(request).texts }, outcome.tenants));
      case 'sso-required':
        return this.requireSso(request, reply, outcome.tenant, outcome.code);
      case 'wrong':
        return this.retry(request, reply.status(403), retry, retry.wrong);
      case 'slow-down':
        return this.slowDown(request, reply, retry, outcome.seconds);
      case 'no-access':
        throw await this.refuse(request, reply, outcome.code);
      case 'expired':
        throw startAgain();
    }
  }

  /** The address at which the application goes on. The issuer's session is a new one, whatever the browser held before. */
  async finish(
    request: FastifyRequest,
    reply: FastifyReply,
    { session, interactionId, device }: SignedIn,
  ): Promise<string> {
    const answered = { sessionId: session.id, interactionId };
    const address = await this.interactions.finish(request.raw, reply.raw, answered);
    keepDevice(reply, device, this.config);
    return address;
  }

  private async requireSso(
    request: FastifyRequest,
    reply: FastifyReply,
    tenant: Tenant,
    code: ErrorCode,
  ): Promise<void> {
    const connections = await this.choices.of(tenant);
    if (wantsPage(request)) {
      const { texts } = readerOf(request);
      return sendPage(reply.status(403), renderSsoRequired({ texts }, tenant.name, connections));
    }
    const offered = connections.map(({ id, label }) => ({ id, label }));
    throw new SsoError(code, 'Your organization requires SSO. Continue with one of its connections.', {
      connections: offered,
    });
  }

  /** Somebody who belongs elsewhere: what a member is refused for is in the log already (LOG-9). */
  private async refuse(request: FastifyRequest, reply: FastifyReply, code: ErrorCode | undefined) {
    const interaction = await this.waiting.find(request, reply);
    const tenantId = interaction && (await this.waiting.tenantOf(interaction));
    const refusal = noAccess(code);
    if (code !== undefined || tenantId === undefined) return refusal;
    const actor = { kind: 'person', address: request.ip } as const;
    const data = { code: refusal.code, reference: request.id };
    const what = { type: 'sign_in.refused', tenantId, subject: tenantId } as const;
    await this.audit.record({ ...what, at: this.clock.now(), actor, data });
    return refusal;
  }

  private slowDown(request: FastifyRequest, reply: FastifyReply, retry: Retry, seconds: number) {
    const text = readerOf(request).texts.login.slowDown(seconds);
    const limited = reply.status(429).header('retry-after', seconds);
    return this.retry(request, limited, retry, { ...retry.wrong, text });
  }

  private async retry(
    request: FastifyRequest,
    reply: FastifyReply,
    { show }: Retry,
    problem: Problem,
  ): Promise<void> {
    return sendPage(reply, await show(readerOf(request), problem));
  }
}

/** What most people have at hand is asked for first. */
function firstFactorAddress(enrolled: readonly SecondFactor[], isDrill: boolean | undefined): string {
  const order = ['totp', 'passkey', 'recovery-code'] as const;
  const by = order.find((factor) => enrolled.includes(factor)) ?? 'recovery-code';
  return secondFactorAddress({ by, enrolled, isDrill });
}

async function redirect(reply: FastifyReply, address: string): Promise<void> {
  await reply.header('cache-control', 'no-store').redirect(address, 303);
}
