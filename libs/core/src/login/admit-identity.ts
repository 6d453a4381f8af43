import type { Actor } from '../audit/happening';
import type { Connection } from '../connections/connection';
import type { Protocols } from '../connections/protocols';
import type { DomainStore } from '../domains/domain-store';
import { invitedMember, type Invitation } from '../invitations/invitation';
import type { InvitationStore } from '../invitations/invitation-store';
import { decideMembership, grantedRole, type MembershipDecision } from '../linking/decide-membership';
import type { FollowMove, Follower } from '../linking/follow-move';
import type { Link } from '../linking/link';
import type { LinkStore } from '../linking/link-store';
import { emailDomain, type Person } from '../members/member';
import { requireAccess } from '../enforcement/require-access';
import type { MemberStore } from '../members/member-store';
import { describeNewPerson, type Newcomer } from '../members/new-person';
import type { RemovedMemberStore } from '../members/removed-member-store';
import { startingSso } from '../members/starting-sso';
import type { Session } from '../sessions/session';
import type { SessionOpener } from '../sessions/session-opener';
import type { WaitingFlow } from '../sessions/session-store';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { linkId, type UserId } from '../shared/ids';
import type { Tenant } from '../tenants/tenant';
import { silentChecks } from './check-log';
import { membershipRefusal } from './membership-refusal';
import { refuseUnpromoted } from './refusals';
import { refuseDisabled } from './start-login';
import { proofOf } from './sso-proof';
import { displayName, withOneSpelling, type VerifiedIdentity } from './verified-identity';

/** Everything that letting a person in reads and writes, by name. */
export interface AdmissionPorts {
  readonly protocols: Protocols;
  readonly links: LinkStore;
  readonly moves: FollowMove;
  readonly members: MemberStore;
  readonly removed: RemovedMemberStore;
  readonly invitations: InvitationStore;
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
    const member = memberOf(decision, tenant);
    const now = this.ports.clock.now();
    checks.run('policy', () => requireAccess({ tenant, member, method: 'sso', now }));
    const person = await checks.runAsync('membership', () =>
      this.carryOut(decision, tenant, connection, identity, actor),
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
    if (linked) return { kind: 'sign-in', person: linked };
    const { tenantId, settings } = connection;
    const { email } = identity;
    const known = email === undefined ? strangers : await this.lookUp(connection, { ...identity, email });
    return decideMembership({
      ...known,
      removed: await this.ports.removed.recognise(tenantId, identity),
      jit: settings.jit,
      associateByEmail: tenant.associateByEmail,
    });
  }

  /** What the address leads to: nothing of the tenant's own, unless its domain is the tenant's. */
  private async lookUp(connection: Connection, identity: IdentityWithEmail) {
    const { members, domains, invitations, clock } = this.ports;
    const { tenantId } = connection;
    const { email } = identity;
    const emailIsKnown = await members.emailIsKnownAnywhere(email);
    if (!(await domains.isVerified(tenantId, emailDomain(email))))
      return { emailIsKnown, domainIsVerified: false };
    return {
      emailIsKnown,
      domainIsVerified: true,
      following: await this.findMove(connection, identity),
      sameEmail: await members.findByEmail(tenantId, email),
      invitation: await invitations.findOpen(tenantId, email, clock.now()),
    };
  }

  private findMove({ tenantId, id }: Connection, identity: IdentityWithEmail) {
    return this.ports.moves.find(tenantId, id, identity, this.ports.clock.now());
  }

  private async carryOut(
    decision: MembershipDecision,
    tenant: Tenant,
    connection: Connection,
    identity: VerifiedIdentity,
    actor: Actor,
  ): Promise<Person> {
    if (decision.kind === 'sign-in') return decision.person;
    if (decision.kind === 'refuse') throw membershipRefusal(decision.code, identity);
    if (decision.kind === 'follow') return this.follow(decision, connection, identity, actor);
    if (decision.kind === 'associate') return this.associate(decision.person, connection, identity, actor);
    if (decision.kind === 'invited')
      return this.admitInvited(decision.invitation, tenant, connection, identity, actor);
    return this.addPerson(tenant, connection, identity, actor);
  }

  private async associate(person: Person, connection: Connection, identity: VerifiedIdentity, actor: Actor) {
    const link = this.describeLink(connection, identity, person.user.id);
    const because = this.because('member.linked', connection, actor, person.member.id);
    if ((await this.ports.links.add(connection.tenantId, link, because)) === 'added') return person;
    throw membershipRefusal('link_required', identity);
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
  private async addPerson(
    tenant: Tenant,
    connection: Connection,
    identity: VerifiedIdentity,
    actor: Actor,
  ): Promise<Person> {
    const { tenantId, settings } = connection;
    if (identity.email === undefined) throw membershipRefusal('email_domain_not_verified', identity);
    const role = grantedRole(settings, identity.groups, identity.role);
    const sso = startingSso(tenant, role, true);
    const who = { email: identity.email, name: displayName(identity), role, sso };
    const { person, link } = this.describe(connection, identity, who);
    const because = this.because('member.added', connection, actor, person.member.id);
    const after = { email: who.email, role, sso };
    const outcome = await this.ports.links.admit(tenantId, person, link, { ...because, after });
    if (outcome.kind === 'admitted') return outcome.person;
    return this.comeInMeanwhile(connection, identity);
  }

  /** TEN-5: invitation, user, membership and link in one transaction; in the role that the invitation names. */
  private async admitInvited(
    invitation: Invitation,
    tenant: Tenant,
    connection: Connection,
    identity: VerifiedIdentity,
    actor: Actor,
  ): Promise<Person> {
    const { links } = this.ports;
    const { tenantId } = connection;
    const invited = invitedMember(tenant, invitation, true);
    const who = { email: invitation.email, name: displayName(identity) ?? invitation.name, ...invited };
    const { person, link } = this.describe(connection, identity, who);
    const added = this.because('member.added', connection, actor, person.member.id);
    const after = { email: who.email, ...invited };
    const because = [
      { ...added, after, data: { ...added.data, invitationId: invitation.id } },
      this.because('invitation.accepted', connection, actor, invitation.id),
    ];
    const outcome = await links.admitInvited(tenantId, invitation, person, link, because);
    return outcome.kind === 'admitted' ? outcome.person : this.comeInMeanwhile(connection, identity);
  }

  private describe(connection: Connection, identity: VerifiedIdentity, who: Newcomer) {
    const { clock, chance } = this.ports;
    const person = describeNewPerson(connection.tenantId, who, clock.now(), chance);
    return { person, link: this.describeLink(connection, identity, person.user.id) };
  }

  /** The same person may have come in by another tab; anybody else is asked to link. */
  private async comeInMeanwhile({ tenantId, id }: Connection, identity: VerifiedIdentity): Promise<Person> {
    const linked = await this.ports.links.findPerson(tenantId, id, identity);
    if (linked) return linked;
    throw membershipRefusal('link_required', identity);
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
    type: 'member.added' | 'member.linked' | 'invitation.accepted',
    connection: Connection,
    actor: Actor,
    subject: string,
  ) {
    const data = { connectionId: connection.id };
    return { type, tenantId: connection.tenantId, at: this.ports.clock.now(), actor, subject, data };
  }
}

type IdentityWithEmail = VerifiedIdentity & { readonly email: string };

const strangers = { emailIsKnown: false, domainIsVerified: false };
const newcomer = { role: 'member', sso: 'inherit' } as const;

/** As what the policy sees whoever comes, before anything is written: somebody new starts as a member like any other. */
function memberOf(decision: MembershipDecision, tenant: Tenant) {
  if ('person' in decision) return decision.person.member;
  return decision.kind === 'invited' ? invitedMember(tenant, decision.invitation, true) : newcomer;
}
