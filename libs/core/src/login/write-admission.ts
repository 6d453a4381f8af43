import type { Actor } from '../audit/happening';
import type { Connection } from '../connections/connection';
import { invitedMember, type Invitation } from '../invitations/invitation';
import type { AccountLinks } from '../linking/account-links';
import { grantedRole, type MembershipDecision } from '../linking/decide-membership';
import type { FollowMove, Follower } from '../linking/follow-move';
import { describeNewLink } from '../linking/describe-new-link';
import type { Link } from '../linking/link';
import type { LinkStore } from '../linking/link-store';
import type { Person } from '../members/member';
import { describeNewPerson, type Newcomer } from '../members/new-person';
import { startingSso } from '../members/starting-sso';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { linkId, type UserId } from '../shared/ids';
import type { Tenant } from '../tenants/tenant';
import { membershipRefusal } from './membership-refusal';
import { displayName, type VerifiedIdentity } from './verified-identity';

/** A decision that lets somebody in without asking for more. */
export type AdmittingDecision = Exclude<MembershipDecision, { kind: 'confirm' | 'confirm-joining' }>;

/** What carrying a decision out reads and writes, by name. */
export interface AdmissionWriters {
  readonly links: LinkStore;
  readonly accountLinks: AccountLinks;
  readonly moves: FollowMove;
  readonly clock: Clock;
  readonly chance: Chance;
}

/** Writes what was decided of an identity: a link, and where the person is new, user and membership with it. */
export class WriteAdmission {
  constructor(private readonly ports: AdmissionWriters) {}

  /** Throws what the decision refuses with, and `link_required` where somebody else was faster. */
  async carryOut(
    decision: AdmittingDecision,
    tenant: Tenant,
    connection: Connection,
    identity: VerifiedIdentity,
    actor: Actor,
  ): Promise<Person> {
    if (decision.kind === 'sign-in') return decision.person;
    if (decision.kind === 'refuse') throw membershipRefusal(decision.code, identity);
    if (decision.kind === 'follow') return this.follow(decision, connection, identity, actor);
    if (decision.kind === 'pair') return this.pair(decision.person, tenant, connection, identity, actor);
    if (decision.kind === 'associate')
      return this.associate(decision.person, tenant, connection, identity, actor);
    if (decision.kind === 'invited')
      return this.admitInvited(decision.invitation, tenant, connection, identity, actor);
    return this.addPerson(tenant, connection, identity, actor);
  }

  /** LNK-9: what was opened before the identity provider vouched for the person ends, as with every first link. */
  private async associate(
    person: Person,
    tenant: Tenant,
    connection: Connection,
    identity: VerifiedIdentity,
    actor: Actor,
  ): Promise<Person> {
    const { accountLinks, clock, chance } = this.ports;
    const associated = { tenant, connection, person, identity, actor, automatic: true };
    const linking = describeNewLink(associated, clock.now(), chance);
    if ((await accountLinks.link(tenant.id, linking)) === 'linked') return person;
    throw membershipRefusal('link_required', identity);
  }

  /** SCM-10: only while the account is as the directory left it. */
  private async pair(
    person: Person,
    tenant: Tenant,
    connection: Connection,
    identity: VerifiedIdentity,
    actor: Actor,
  ): Promise<Person> {
    const { accountLinks, clock, chance } = this.ports;
    const data = { by: 'directory' };
    const paired = { tenant, connection, person, identity, actor, automatic: true, data };
    const linking = { ...describeNewLink(paired, clock.now(), chance), onlyFresh: true };
    if ((await accountLinks.link(tenant.id, linking)) === 'linked') return person;
    return this.comeInMeanwhile(connection, identity);
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
    type: 'member.added' | 'invitation.accepted',
    connection: Connection,
    actor: Actor,
    subject: string,
  ) {
    const data = { connectionId: connection.id };
    return { type, tenantId: connection.tenantId, at: this.ports.clock.now(), actor, subject, data };
  }
}
