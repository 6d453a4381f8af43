import type { Actor } from '../audit/happening';
import type { DomainStore } from '../domains/domain-store';
import { administers, emailDomain, emailKey, type Person } from '../members/member';
import type { ConnectionId, MoveId, TenantId } from '../shared/ids';
import type { Link } from './link';
import type { MovingPerson } from './move';
import type { ArrivingIdentity, MoveStore } from './move-store';

/** The member as whom an identity may follow an approved move. */
export interface Follower {
  readonly moveId: MoveId;
  readonly person: Person;
}

/** What keeps a pending member from following just now. */
export type Block =
  | 'unlinked'
  | 'linked_otherwise'
  | 'email_changed'
  | 'administrator_not_listed'
  | 'email_outside_verified_domains'
  | 'suspended';

/** What forbids a pending row to be followed, whoever arrives. A suspended member is refused by the sign-in itself. */
export function blockOf(
  { row, person, linkedStill, linkedThere }: MovingPerson,
  verifiedDomains: ReadonlySet<string>,
): Exclude<Block, 'suspended'> | undefined {
  const { user, member } = person;
  if (linkedThere) return 'linked_otherwise';
  if (!linkedStill) return 'unlinked';
  if (emailKey(user.email) !== emailKey(row.email)) return 'email_changed';
  if (administers(member.role) && !row.listed) return 'administrator_not_listed';
  return verifiedDomains.has(emailDomain(user.email)) ? undefined : 'email_outside_verified_domains';
}

/** The row that an identity stands for: the one that expects its subject, else the one with its e-mail that expects none. */
export function recognise(
  pending: readonly MovingPerson[],
  identity: Pick<ArrivingIdentity, 'subject' | 'email'>,
): MovingPerson | undefined {
  const bySubject = pending.find(({ row }) => row.expectedSubject === identity.subject);
  const key = emailKey(identity.email);
  return (
    bySubject ?? pending.find(({ row }) => row.expectedSubject === undefined && emailKey(row.email) === key)
  );
}

/** Takes an approved member along at the first sign-in through the target (CON-10). */
export class FollowMove {
  constructor(
    private readonly store: MoveStore,
    private readonly domains: DomainStore,
  ) {}

  /** For an identity that is linked to nobody, and whose e-mail is in a domain that the tenant has verified. */
  async find(
    tenantId: TenantId,
    to: ConnectionId,
    identity: ArrivingIdentity,
    now: Date,
  ): Promise<Follower | undefined> {
    const moving = recognise(await this.store.pendingFor(tenantId, to, identity, now), identity);
    if (!moving) return undefined;
    const domain = emailDomain(moving.person.user.email);
    const verified = (await this.domains.isVerified(tenantId, domain)) ? [domain] : [];
    if (blockOf(moving, new Set(verified))) return undefined;
    return { moveId: moving.row.moveId, person: moving.person };
  }

  /** `gone`: somebody else followed first, or the move ended meanwhile. */
  follow({ moveId, person }: Follower, link: Link, actor: Actor): Promise<'followed' | 'gone'> {
    const { id: memberId, tenantId } = person.member;
    const { connectionId, subject } = link;
    return this.store.follow(tenantId, { moveId, memberId }, link, {
      type: 'member.relinked',
      tenantId,
      at: link.createdAt,
      actor,
      subject: memberId,
      data: { moveId, connectionId, newSubject: subject },
    });
  }
}
