import { configurationFingerprint, type Connection } from '../connections/connection';
import type { Protocols } from '../connections/protocols';
import type { DomainStore } from '../domains/domain-store';
import { requireAccess } from '../enforcement/require-access';
import { linkChanged, linkedToAnother, ownersLinkThemselves } from '../linking/link-refusals';
import type { LinkStore } from '../linking/link-store';
import { meetProvisioned } from '../linking/meet-provisioned';
import type { ProvisionedMatches } from '../linking/provisioned-match';
import { pendingLinkMs, type Joining, type LinkCause, type PendingLink } from '../linking/pending-link';
import type { PendingLinkStore } from '../linking/pending-link-store';
import { emailDomain, emailKey, type Person, type User } from '../members/member';
import type { MemberStore } from '../members/member-store';
import type { RemovedMemberStore } from '../members/removed-member-store';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { pendingLinkId, type ConnectionId } from '../shared/ids';
import type { CheckLog } from './check-log';
import type { LoginFlow } from './login-flow';
import { membershipRefusal } from './membership-refusal';
import { refuseUnusable } from './refuse-unusable';
import { withOneSpelling, type VerifiedIdentity } from './verified-identity';

/** A round that was answered, and the hash of the ticket with which its browser takes up what came of it. */
export interface AnsweredRound {
  readonly flow: LoginFlow;
  readonly ticketHash: string;
}

/** Whose account an identity may be linked to. */
export interface LinkCandidate {
  readonly user: User;
  readonly cause: LinkCause;
  /** As what the user would become a member. */
  readonly joining?: Joining;
  /** Who is linked to this very identity already has nothing left to confirm. */
  readonly linkedAt?: Date;
}

/** What holding a link reads and writes, by name. */
export interface HoldPorts {
  readonly protocols: Protocols;
  readonly links: LinkStore;
  readonly members: MemberStore;
  readonly removed: RemovedMemberStore;
  readonly provisioned: ProvisionedMatches;
  readonly domains: DomainStore;
  readonly pending: PendingLinkStore;
  readonly clock: Clock;
  readonly chance: Chance;
}

/**
 * Keeps an identity that was verified for the browser that began the round: an identity provider's answer comes without that
 * browser's cookies, so that nothing is linked here and no code is mailed.
 */
export class HoldLink {
  constructor(private readonly ports: HoldPorts) {}

  /** The answer to a round that was begun to link an account. */
  async answer(
    connection: Connection,
    round: AnsweredRound,
    arrived: VerifiedIdentity,
    checks: CheckLog,
  ): Promise<void> {
    checks.run('connection', () => refuseUnusable(this.ports.protocols, connection, arrived));
    const identity = withOneSpelling(arrived);
    const { tenantId, id } = connection;
    const { tenant, person: linked } = await this.ports.links.findLinked(tenantId, id, identity);
    const person = await checks.runAsync('membership', () =>
      this.whoIsLinked(connection, round, identity, linked),
    );
    const now = this.ports.clock.now();
    checks.run('policy', () => requireAccess({ tenant, member: person.member, method: 'sso', now }));
    const cause = round.flow.link?.linkRequestId === undefined ? 'account' : 'mail';
    const candidate = { user: person.user, cause, ...(linked && { linkedAt: now }) } as const;
    await this.hold(connection, round, identity, candidate, checks);
  }

  /** Any round that ends with an account and an identity, and no link between them. */
  async hold(
    connection: Connection,
    round: AnsweredRound,
    identity: VerifiedIdentity,
    candidate: LinkCandidate,
    checks: CheckLog,
  ): Promise<void> {
    const sameAddress = await this.isSameAddress(connection, identity, candidate.user);
    const got = identity.email ?? 'no e-mail';
    checks.compare('address', sameAddress, { want: candidate.user.email, got });
    const pending = this.describe(connection, round.flow, identity, { ...candidate, sameAddress });
    await this.ports.pending.hold(connection.tenantId, pending, round.ticketHash);
  }

  private async whoIsLinked(
    { id: connectionId }: Connection,
    { flow: { tenantId, link } }: AnsweredRound,
    identity: VerifiedIdentity,
    linked: Person | undefined,
  ): Promise<Person> {
    const person = link && (await this.ports.members.find(tenantId, link.memberId));
    if (!person) throw linkChanged(tenantId);
    if (linked && linked.user.id !== person.user.id) throw linkedToAnother();
    await this.refuseRemoved(person, identity);
    await this.refuseDeprovisioned(person, connectionId, identity);
    if (link.linkRequestId !== undefined && person.member.role === 'owner') throw ownersLinkThemselves();
    return person;
  }

  /** Whoever was removed comes back by nobody else's account. */
  private async refuseRemoved({ user, member }: Person, identity: VerifiedIdentity): Promise<void> {
    const removed = await this.ports.removed.recognise(member.tenantId, identity);
    if (removed.some(({ email }) => emailKey(email) !== emailKey(user.email)))
      throw membershipRefusal('member_removed', identity);
  }

  /** Nor whom a directory keeps out, where that is not the account's own person (SCM-3). */
  private async refuseDeprovisioned(
    { user, member }: Person,
    connectionId: ConnectionId,
    identity: VerifiedIdentity,
  ): Promise<void> {
    const matches = await this.ports.provisioned.find(member.tenantId, connectionId, identity);
    const { deprovisioned } = meetProvisioned(matches);
    const own = emailKey(user.email);
    if (deprovisioned.some(({ email }) => email === undefined || emailKey(email) !== own))
      throw membershipRefusal('deprovisioned', identity);
  }

  /** LNK-8: outside the domains that the tenant has verified, an address is only a name that somebody typed. */
  private async isSameAddress(
    { tenantId }: Connection,
    { email }: VerifiedIdentity,
    user: User,
  ): Promise<boolean> {
    if (email === undefined || emailKey(email) !== emailKey(user.email)) return false;
    return this.ports.domains.isVerified(tenantId, emailDomain(email));
  }

  private describe(
    connection: Connection,
    flow: LoginFlow,
    { issuer, subject, email: identityEmail }: VerifiedIdentity,
    { user, sameAddress, ...candidate }: LinkCandidate & { readonly sameAddress: boolean },
  ): PendingLink {
    const { tenantId, id: connectionId } = connection;
    const { clock, chance } = this.ports;
    const createdAt = clock.now();
    const linkRequestId = flow.link?.linkRequestId;
    return {
      ...{ id: pendingLinkId.create(createdAt, chance), tenantId, connectionId, flowId: flow.id },
      ...{ ...candidate, userId: user.id, email: user.email, issuer, subject, sameAddress },
      ...(identityEmail !== undefined && { identityEmail }),
      ...(linkRequestId !== undefined && { linkRequestId }),
      ...(flow.interactionId !== undefined && { interactionId: flow.interactionId }),
      ...{ trust: configurationFingerprint(connection), browserKeyHash: flow.browserKeyHash },
      ...{ codes: 0, tries: 0, createdAt, expiresAt: new Date(createdAt.getTime() + pendingLinkMs) },
    };
  }
}
