import type { Actor } from '../audit/happening';
import type { Connection } from '../connections/connection';
import type { Protocols } from '../connections/protocols';
import type { DomainStore } from '../domains/domain-store';
import { decideMembership, grantedRole, type MembershipDecision } from '../linking/decide-membership';
import type { FollowMove, Follower } from '../linking/follow-move';
import type { Link } from '../linking/link';
import type { LinkStore } from '../linking/link-store';
import { emailDomain, type Person } from '../members/member';
import { requireAccess } from '../enforcement/require-access';
import type { MemberStore } from '../members/member-store';
import { describeNewPerson } from '../members/members';
import type { Session } from '../sessions/session';
import type { SsoProof } from '../sessions/proof';
import type { SessionOpener } from '../sessions/session-opener';
import type { WaitingFlow } from '../sessions/session-store';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { linkId, type UserId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import type { Tenant } from '../tenants/tenant';
import { silentChecks } from './check-log';
import { refuseUnpromoted } from './refusals';
import { refuseDisabled } from './start-login';
import { withOneSpelling, type VerifiedIdentity } from './verified-identity';

/** Everything that letting a person in reads and writes, by name. */
export interface AdmissionPorts {
  readonly protocols: Protocols;
  readonly links: LinkStore;
  readonly moves: FollowMove;
  readonly members: MemberStore;
  readonly domains: DomainStore;
  readonly sessions: SessionOpener;
  readonly clock: Clock;
  readonly chance: Chance;
}

/** From a verified identity that was taken once to a session: the same steps wherever the sign-in began. */
export class AdmitIdentity {
  constructor(private readonly ports: AdmissionPorts) {}

  async admit(
    connection: Connection,
    arrived: VerifiedIdentity,
    actor: Actor,
    checks = silentChecks(),
    waiting?: WaitingFlow,
  ): Promise<Session> {
    checks.run('connection', () => {
      this.ports.protocols.refuseClosed(connection.protocol);
      refuseDisabled(connection);
      refuseUnpromoted(arrived);
    });
    const identity = withOneSpelling(arrived);
    const { tenant, person: linked } = await this.ports.links.findLinked(
      connection.tenantId,
      connection.id,
      identity,
    );
    const decision = await this.decide(tenant, connection, identity, linked);
    const known = 'person' in decision ? decision.person.member : undefined;
    // Before anything is written of somebody new, who starts as a member like any other.
    const member = known ?? newcomer;
    const now = this.ports.clock.now();
    checks.run('policy', () => requireAccess({ tenant, member, method: 'sso', now }));
    const person = await checks.runAsync('membership', () =>
      this.carryOut(decision, connection, identity, actor),
    );
    const proof = proofOf(connection, identity);
    const open = () => this.ports.sessions.open(tenant, person, proof, actor, waiting);
    return checks.runAsync('session', open);
  }

  private async decide(
    tenant: Tenant,
    connection: Connection,
    identity: VerifiedIdentity,
    linked: Person | undefined,
  ): Promise<MembershipDecision> {
    const { members, domains } = this.ports;
    const { tenantId } = connection;
    if (linked) return { kind: 'sign-in', person: linked };
    const { email } = identity;
    const domainIsVerified = email !== undefined && (await domains.isVerified(tenantId, emailDomain(email)));
    return decideMembership({
      following:
        email && domainIsVerified ? await this.findMove(connection, { ...identity, email }) : undefined,
      sameEmail: email && domainIsVerified ? await members.findByEmail(tenantId, email) : undefined,
      emailIsKnown: email !== undefined && (await members.emailIsKnownAnywhere(email)),
      domainIsVerified,
      jit: connection.settings.jit,
      associateByEmail: tenant.associateByEmail,
    });
  }

  private findMove({ tenantId, id }: Connection, identity: VerifiedIdentity & { readonly email: string }) {
    return this.ports.moves.find(tenantId, id, identity, this.ports.clock.now());
  }

  private async carryOut(
    decision: MembershipDecision,
    connection: Connection,
    identity: VerifiedIdentity,
    actor: Actor,
  ): Promise<Person> {
    if (decision.kind === 'sign-in') return decision.person;
    if (decision.kind === 'refuse') throw refusal(decision.code, identity);
    if (decision.kind === 'follow') return this.follow(decision, connection, identity, actor);
    if (decision.kind === 'associate') return this.associate(decision.person, connection, identity, actor);
    return this.addPerson(connection, identity, actor);
  }

  private async associate(person: Person, connection: Connection, identity: VerifiedIdentity, actor: Actor) {
    const link = this.describeLink(connection, identity, person.user.id);
    const because = this.because('member.linked', connection, actor, person.member.id);
    if ((await this.ports.links.add(connection.tenantId, link, because)) === 'added') return person;
    throw refusal('link_required', identity);
  }

  /** CON-10: the link and the row of the approved list in one transaction; of two identities for one row the first wins. */
  private async follow(
    follower: Follower,
    connection: Connection,
    identity: VerifiedIdentity,
    actor: Actor,
  ): Promise<Person> {
    const link = this.describeLink(connection, identity, follower.person.user.id);
    if ((await this.ports.moves.follow(follower, link, actor)) === 'followed') return follower.person;
    return this.comeInMeanwhile(connection, identity);
  }

  /** LNK-6: user, membership and link in one transaction; a user who exists by now is asked to link instead. */
  private async addPerson(connection: Connection, identity: VerifiedIdentity, actor: Actor): Promise<Person> {
    const { tenantId, settings } = connection;
    if (identity.email === undefined) throw refusal('email_domain_not_verified', identity);
    const who = {
      email: identity.email,
      name: displayName(identity),
      role: grantedRole(settings, identity.groups, identity.role),
    };
    const now = this.ports.clock.now();
    const person = describeNewPerson(tenantId, who, now, this.ports.chance);
    const link = this.describeLink(connection, identity, person.user.id);
    const because = this.because('member.added', connection, actor, person.member.id);
    const after = { email: who.email, role: who.role };
    const outcome = await this.ports.links.admit(tenantId, person, link, { ...because, after });
    if (outcome.kind === 'admitted') return outcome.person;
    return this.comeInMeanwhile(connection, identity);
  }

  /** The same person may have come in by another tab; anybody else is asked to link. */
  private async comeInMeanwhile({ tenantId, id }: Connection, identity: VerifiedIdentity): Promise<Person> {
    const linked = await this.ports.links.findPerson(tenantId, id, identity);
    if (linked) return linked;
    throw refusal('link_required', identity);
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

const newcomer = { role: 'member', sso: 'inherit' } as const;

function proofOf(connection: Connection, identity: VerifiedIdentity): SsoProof {
  return {
    via: connection.protocol,
    connectionId: connection.id,
    authenticatedAt: identity.authenticatedAt,
    sessionIndex: identity.sessionIndex,
    nameId: identity.nameId,
    notOnOrAfter: identity.sessionNotOnOrAfter,
    groups: identity.groups,
    attributes: identity.custom,
    idpInitiated: identity.inResponseTo === undefined,
  };
}

function displayName(identity: VerifiedIdentity): string | undefined {
  const parts = [identity.firstName, identity.lastName].filter((part) => part !== undefined);
  return identity.displayName ?? (parts.length > 0 ? parts.join(' ') : undefined);
}

const refusals = {
  email_domain_not_verified: {
    message:
      'Your e-mail address is outside the domains that this organisation has verified. Ask one of its owners.',
    want: 'an e-mail address of a verified domain, or a link to this identity',
  },
  link_required: {
    message: 'An account with your e-mail address exists and is not linked to this identity provider yet.',
    want: 'a link between the account and this identity',
  },
  jit_disabled: {
    message: 'You have no account here yet, and this organisation adds people by invitation only.',
    want: 'a member, or "jit" switched on for this connection',
  },
};

function refusal(code: keyof typeof refusals, identity: VerifiedIdentity): SsoError {
  const { message, want } = refusals[code];
  return new SsoError(code, message, { want, got: identity.email ?? 'no e-mail' });
}
