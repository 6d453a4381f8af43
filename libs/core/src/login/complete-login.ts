import type { Actor } from '../audit/happening';
import type { Connection } from '../connections/connection';
import { testOutdated, type ConnectionTests } from '../connections/connection-tests';
import { administers } from '../members/member';
import type { MemberStore } from '../members/member-store';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import type { TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import { createToken, hashToken } from '../shared/token';
import type { AdmitIdentity } from './admit-identity';
import { silentChecks, type CheckLog } from './check-log';
import type { AnsweredRound, HoldLink } from './hold-link';
import type { LoginFlow, LoginPurpose } from './login-flow';
import type { LoginFlowStore } from './login-flow-store';
import { refuseStaleAuthentication, replayed } from './refusals';
import { withOneSpelling, type AnsweredIdentity, type VerifiedIdentity } from './verified-identity';

/** The ticket that sends the browser back to take the result up (by GET, so that its cookies come along). */
export interface LoginOutcome {
  readonly kind: 'signed-in' | 'test-passed' | 'link-pending';
  readonly purpose: LoginPurpose;
  readonly ticket: string;
}

/** What the flow reads and writes, by name. */
export interface LoginPorts {
  readonly flows: LoginFlowStore;
  readonly members: MemberStore;
  readonly tests: ConnectionTests;
  readonly admission: AdmitIdentity;
  readonly holdLink: HoldLink;
  readonly clock: Clock;
  readonly chance: Chance;
}

/** Turns the answer to a request of ours into a session or into a link to confirm, or refuses with the reason. */
export class CompleteLogin {
  constructor(private readonly ports: LoginPorts) {}

  async complete(
    connection: Connection,
    answer: AnsweredIdentity,
    actor: Actor,
    checks = silentChecks(),
  ): Promise<LoginOutcome> {
    const flow = await checks.runAsync('once', () => this.takeFlow(connection, answer));
    checks.run('re-authentication', () => refuseStaleAuthentication(connection, flow, answer));
    if (flow.purpose === 'test') {
      const pass = () => this.passTest(connection, flow, withOneSpelling(answer), actor);
      return checks.runAsync('tester', pass);
    }
    const ticket = createToken(this.ports.chance);
    const kind = await this.goOn(connection, { flow, ticketHash: hashToken(ticket) }, answer, actor, checks);
    return { kind, purpose: flow.purpose, ticket };
  }

  private async goOn(
    connection: Connection,
    round: AnsweredRound,
    answer: AnsweredIdentity,
    actor: Actor,
    checks: CheckLog,
  ): Promise<'signed-in' | 'link-pending'> {
    if (round.flow.purpose === 'link') {
      await this.ports.holdLink.answer(connection, round, answer, checks);
      return 'link-pending';
    }
    const admission = await this.ports.admission.admit(connection, answer, actor, checks, round);
    return admission.kind === 'session' ? 'signed-in' : 'link-pending';
  }

  private async takeFlow(connection: Connection, identity: AnsweredIdentity): Promise<LoginFlow> {
    const answer = {
      requestId: identity.inResponseTo,
      assertionId: identity.assertionId,
      rememberUntil: identity.rememberUntil,
      version: identity.version,
    };
    const now = this.ports.clock.now();
    const taken = await this.ports.flows.take(connection.tenantId, connection.id, answer, now);
    if (taken.kind === 'taken') return taken.flow;
    if (taken.kind === 'replayed') throw replayed(identity.assertionId);
    await this.refuseOutdatedTest(connection, answer.requestId, now);
    throw new SsoError(
      'saml_in_response_to_unknown',
      'This answers no sign-in that is under way here: it was begun too long ago, or was answered already. Start again.',
      {
        want: 'the ID of an unanswered request to this connection',
        got: identity.inResponseTo.slice(0, 128),
      },
    );
  }

  /** The version that a test was for may be promoted, replaced or discarded while the person is at the identity provider. */
  private async refuseOutdatedTest(connection: Connection, requestId: string, now: Date): Promise<void> {
    const { tenantId, id } = connection;
    const flow = await this.ports.flows.findOpen(tenantId, id, requestId, now);
    if (flow?.version !== undefined) throw testOutdated(connection, flow.version);
  }

  private async passTest(
    connection: Connection,
    flow: LoginFlow,
    identity: VerifiedIdentity,
    actor: Actor,
  ): Promise<LoginOutcome> {
    const candidate = { connection, version: flow.version };
    const email = await this.administrator(connection.tenantId, identity.email);
    if (email === undefined) {
      await this.ports.tests.recordFailed(candidate, 'test_person_not_admin', actor);
      throw new SsoError('test_person_not_admin', 'A test counts only when an owner or admin signs in.', {
        want: "the e-mail of one of this tenant's owners or admins",
        got: identity.email ?? 'no e-mail',
      });
    }
    await this.ports.tests.recordPassed(candidate, email, actor);
    return { kind: 'test-passed', purpose: 'test', ticket: await this.leave(flow) };
  }

  private async administrator(tenantId: TenantId, email: string | undefined): Promise<string | undefined> {
    const person = email === undefined ? undefined : await this.ports.members.findByEmail(tenantId, email);
    return person && !person.member.suspendedAt && administers(person.member.role) ? email : undefined;
  }

  private async leave(flow: LoginFlow): Promise<string> {
    const ticket = createToken(this.ports.chance);
    await this.ports.flows.leave(flow.tenantId, flow.id, { ticketHash: hashToken(ticket) });
    return ticket;
  }
}
