import type { Actor } from '../audit/happening';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import type { DomainStore } from '../domains/domain-store';
import { decideMembership, grantedRole, type MembershipDecision } from '../linking/decide-membership';
import type { Link } from '../linking/link';
import type { LinkStore } from '../linking/link-store';
import { administers, emailDomain, parseEmail, type Person } from '../members/member';
import type { MemberStore } from '../members/member-store';
import { describeNewPerson } from '../members/members';
import { refuseSuspended, type SessionOpener } from '../sessions/session-opener';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { linkId, type SessionId, type UserId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import { createToken, hashToken } from '../shared/token';
import type { Tenant } from '../tenants/tenant';
import type { Tenants } from '../tenants/tenants';
import type { LoginFlow } from './login-flow';
import type { LoginFlowStore } from './login-flow-store';
import { refuseDisabled } from './start-login';
import type { VerifiedIdentity } from './verified-identity';

/** The ticket that sends the browser back to take the result up (by GET, so that its cookies come along). */
export interface LoginOutcome {
  readonly kind: 'signed-in' | 'test-passed';
  readonly ticket: string;
}

/** What the flow reads and writes, by name: the ports of everything that a sign-in touches. */
export interface LoginPorts {
  readonly flows: LoginFlowStore;
  readonly links: LinkStore;
  readonly members: MemberStore;
  readonly domains: DomainStore;
  readonly tenants: Tenants;
  readonly connections: Connections;
  readonly sessions: SessionOpener;
  readonly clock: Clock;
  readonly chance: Chance;
}

/** Turns a verified identity into a session, or refuses with the reason. */
export class CompleteLogin {
  constructor(private readonly ports: LoginPorts) {}

  async complete(connection: Connection, arrived: VerifiedIdentity, actor: Actor): Promise<LoginOutcome> {
    const identity = withOneSpelling(arrived);
    const flow = await this.takeFlow(connection, identity);
    if (flow.purpose === 'test') return this.passTest(connection, flow, identity, actor);
    refuseDisabled(connection);
    const tenant = await this.ports.tenants.get(connection.tenantId);
    const decision = await this.decide(tenant, connection, identity);
    refuseSuspended(tenant, 'person' in decision ? decision.person.member : undefined);
    const person = await this.carryOut(decision, connection, identity, actor);
    const session = await this.openSession(tenant, connection, person, identity, actor);
    return { kind: 'signed-in', ticket: await this.leave(flow, session.id) };
  }

  private async takeFlow(connection: Connection, identity: VerifiedIdentity): Promise<LoginFlow> {
    const answer = {
      requestId: identity.inResponseTo,
      assertionId: identity.assertionId,
      rememberUntil: identity.rememberUntil,
    };
    const now = this.ports.clock.now();
    const taken = await this.ports.flows.take(connection.tenantId, connection.id, answer, now);
    if (taken.kind === 'taken') return taken.flow;
    if (taken.kind === 'replayed')
      throw new SsoError('saml_replay', 'This answer was used before. Start the sign-in again.', {
        want: 'an assertion ID that was not seen before',
        got: identity.assertionId.slice(0, 128),
      });
    throw new SsoError(
      'saml_in_response_to_unknown',
      'This answers no sign-in that is under way here: it was begun too long ago, or was answered already. Start again.',
      {
        want: 'the ID of an unanswered request to this connection',
        got: identity.inResponseTo.slice(0, 128),
      },
    );
  }

  private async passTest(
    connection: Connection,
    flow: LoginFlow,
    identity: VerifiedIdentity,
    actor: Actor,
  ): Promise<LoginOutcome> {
    const email = identity.email;
    const person = email && (await this.ports.members.findByEmail(connection.tenantId, email));
    if (!email || !person || person.member.suspendedAt || !administers(person.member.role))
      throw new SsoError('test_person_not_admin', 'A test counts only when an owner or admin signs in.', {
        want: "the e-mail of one of this tenant's owners or admins",
        got: email ?? 'no e-mail',
      });
    await this.ports.connections.recordTest(connection, email, actor);
    return { kind: 'test-passed', ticket: await this.leave(flow) };
  }

  private async decide(
    tenant: Tenant,
    connection: Connection,
    identity: VerifiedIdentity,
  ): Promise<MembershipDecision> {
    const { links, members, domains } = this.ports;
    const { tenantId } = connection;
    const linked = await links.findPerson(tenantId, connection.id, identity);
    if (linked) return { kind: 'sign-in', person: linked };
    const { email } = identity;
    const domainIsVerified = email !== undefined && (await domains.isVerified(tenantId, emailDomain(email)));
    return decideMembership({
      sameEmail: email && domainIsVerified ? await members.findByEmail(tenantId, email) : undefined,
      emailIsKnown: email !== undefined && (await members.emailIsKnownAnywhere(email)),
      domainIsVerified,
      jit: connection.settings.jit,
      associateByEmail: tenant.associateByEmail,
    });
  }

  private async carryOut(
    decision: MembershipDecision,
    connection: Connection,
    identity: VerifiedIdentity,
    actor: Actor,
  ): Promise<Person> {
    if (decision.kind === 'sign-in') return decision.person;
    if (decision.kind === 'refuse') throw refusal(decision.code, identity);
    if (decision.kind === 'associate') return this.associate(decision.person, connection, identity, actor);
    return this.admit(connection, identity, actor);
  }

  private async associate(person: Person, connection: Connection, identity: VerifiedIdentity, actor: Actor) {
    const link = this.describeLink(connection, identity, person.user.id);
    const because = this.because('member.linked', connection, actor, person.member.id);
    if ((await this.ports.links.add(connection.tenantId, link, because)) === 'added') return person;
    throw refusal('link_required', identity);
  }

  /** LNK-6: user, membership and link in one transaction; a user who exists by now is asked to link instead. */
  private async admit(connection: Connection, identity: VerifiedIdentity, actor: Actor): Promise<Person> {
    const { tenantId, settings } = connection;
    if (identity.email === undefined) throw refusal('email_domain_not_verified', identity);
    const who = {
      email: identity.email,
      name: displayName(identity),
      role: grantedRole(settings, identity.groups),
    };
    const now = this.ports.clock.now();
    const person = describeNewPerson(tenantId, who, now, this.ports.chance);
    const link = this.describeLink(connection, identity, person.user.id);
    const because = this.because('member.added', connection, actor, person.member.id);
    const after = { email: who.email, role: who.role };
    const outcome = await this.ports.links.admit(tenantId, person, link, { ...because, after });
    if (outcome.kind === 'admitted') return outcome.person;
    // The same person may have come in by another tab meanwhile.
    const linked = await this.ports.links.findPerson(tenantId, connection.id, identity);
    if (linked) return linked;
    throw refusal('link_required', identity);
  }

  private async openSession(
    tenant: Tenant,
    connection: Connection,
    person: Person,
    identity: VerifiedIdentity,
    actor: Actor,
  ) {
    const proof = {
      via: connection.protocol,
      connectionId: connection.id,
      authenticatedAt: identity.authenticatedAt,
      sessionIndex: identity.sessionIndex,
      notOnOrAfter: identity.sessionNotOnOrAfter,
      groups: identity.groups,
    };
    return this.ports.sessions.open(tenant, person, proof, actor);
  }

  private async leave(flow: LoginFlow, sessionId?: SessionId): Promise<string> {
    const ticket = createToken(this.ports.chance);
    const result = { ticketHash: hashToken(ticket), ...(sessionId === undefined ? {} : { sessionId }) };
    await this.ports.flows.leave(flow.tenantId, flow.id, result);
    return ticket;
  }

  private describeLink(connection: Connection, identity: VerifiedIdentity, userId: UserId): Link {
    const { issuer, subject } = identity;
    const createdAt = this.ports.clock.now();
    const id = linkId.create(createdAt, this.ports.chance);
    return {
      id,
      tenantId: connection.tenantId,
      connectionId: connection.id,
      userId,
      issuer,
      subject,
      createdAt,
    };
  }

  private because(
    type: 'member.added' | 'member.linked',
    connection: Connection,
    actor: Actor,
    subject: string,
  ) {
    const data = { connectionId: connection.id };
    return { type, tenantId: connection.tenantId, at: this.ports.clock.now(), actor, subject, data };
  }
}

/** An e-mail that came is compared in its one spelling; what is no address counts as none. */
function withOneSpelling(arrived: VerifiedIdentity): VerifiedIdentity {
  const { email, ...identity } = arrived;
  if (email === undefined || emailDomain(email) === '') return identity;
  try {
    return { ...identity, email: parseEmail(email) };
  } catch {
    return identity;
  }
}

function displayName(identity: VerifiedIdentity): string | undefined {
  const parts = [identity.firstName, identity.lastName].filter((part) => part !== undefined);
  return identity.displayName ?? (parts.length > 0 ? parts.join(' ') : undefined);
}

const refusals = {
  email_domain_not_verified:
    'Your e-mail address is outside the domains that this organisation has verified. Ask its IT team.',
  link_required:
    'An account with your e-mail address exists and is not linked to this identity provider yet.',
  jit_disabled: 'You have no account here yet, and this organisation adds people by invitation only.',
};

function refusal(code: keyof typeof refusals, identity: VerifiedIdentity): SsoError {
  return new SsoError(code, refusals[code], { got: identity.email ?? 'no e-mail' });
}
