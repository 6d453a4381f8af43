import type { UserId } from '../shared/ids';
import type { Tenant } from '../tenants/tenant';
import type { Member } from './member';

/** One of the organisations that a person belongs to, and as what. */
export interface Membership {
  readonly tenant: Tenant;
  readonly member: Member;
}

/** Where a person belongs: only for the person, and only once it is proven who it is. */
export abstract class Memberships {
  /** Crosses tenants: all of them, by the tenant's name. */
  abstract ofUserAnywhere(user: UserId): Promise<readonly Membership[]>;
}
