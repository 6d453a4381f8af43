import type { Page } from '../audit/audit-log';
import type { Happening } from '../audit/happening';
import type { MemberId, TenantId } from '../shared/ids';
import type { Member, Person, Role, User } from './member';

/** A membership to write: the user is created unless its e-mail is known already. */
export interface NewPerson {
  readonly user: User;
  readonly member: Member;
}

export type AddOutcome = { kind: 'added'; person: Person } | { kind: 'already-member' } | { kind: 'removed' };

/** A member as whoever decided saw it: a change is written only if the role is still that one. */
export type SeenMember = Pick<Member, 'id' | 'role'>;

/** `meanwhile`: the role is another than was seen. */
export type NotChanged = 'last-owner' | 'absent' | 'meanwhile';

export type RemoveMemberOutcome =
  { readonly kind: 'removed'; readonly sessionsEnded: number } | { readonly kind: NotChanged };

/** Nothing here takes the last owner away who can act as one, also when calls race (TEN-2). */
export abstract class MemberStore {
  /** Adds a membership for the user with this e-mail, who is created if unknown; nobody who was removed (TEN-11). */
  abstract add(tenantId: TenantId, person: NewPerson, because: Happening): Promise<AddOutcome>;
  abstract changeRole(
    tenantId: TenantId,
    seen: SeenMember,
    role: Role,
    because: Happening,
  ): Promise<'changed' | NotChanged>;
  /** Ends the member's sessions as well. */
  abstract suspend(tenantId: TenantId, seen: SeenMember, because: Happening): Promise<'changed' | NotChanged>;
  abstract unsuspend(
    tenantId: TenantId,
    seen: SeenMember,
    because: Happening,
  ): Promise<'changed' | NotChanged>;
  /**
   * Ends the membership with all that hangs on it: sessions, API tokens, links and open invitations. What stays is a
   * `RemovedMember`. Nothing of the person's other memberships changes.
   */
  abstract remove(tenantId: TenantId, seen: SeenMember, because: Happening): Promise<RemoveMemberOutcome>;
  abstract find(tenantId: TenantId, id: MemberId): Promise<Person | undefined>;
  abstract findByEmail(tenantId: TenantId, email: string): Promise<Person | undefined>;
  /** Oldest first. */
  abstract list(tenantId: TenantId, page: Page): Promise<Person[]>;
  /** Crosses tenants: whether anybody at all has this address. */
  abstract emailIsKnownAnywhere(email: string): Promise<boolean>;
}
