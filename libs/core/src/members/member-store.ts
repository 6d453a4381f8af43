import type { Page } from '../audit/audit-log';
import type { Happening } from '../audit/happening';
import type { MemberId, TenantId } from '../shared/ids';
import type { Member, Person, Role, User } from './member';

/** A membership to write: the user is created unless its e-mail is known already. */
export interface NewPerson {
  readonly user: User;
  readonly member: Member;
}

export type AddOutcome = { kind: 'added'; person: Person } | { kind: 'already-member' };

export abstract class MemberStore {
  /** Adds a membership for the user with this e-mail, who is created if unknown. */
  abstract add(tenantId: TenantId, person: NewPerson, because: Happening): Promise<AddOutcome>;
  /** Refuses to take the role from the last owner, also when two calls race. */
  abstract changeRole(
    tenantId: TenantId,
    id: MemberId,
    role: Role,
    because: Happening,
  ): Promise<'changed' | 'last-owner' | 'absent'>;
  abstract find(tenantId: TenantId, id: MemberId): Promise<Person | undefined>;
  abstract findByEmail(tenantId: TenantId, email: string): Promise<Person | undefined>;
  /** Oldest first. */
  abstract list(tenantId: TenantId, page: Page): Promise<Person[]>;
  /** Crosses tenants: whether anybody at all has this address. */
  abstract emailIsKnownAnywhere(email: string): Promise<boolean>;
}
