import type { Role } from '../members/member';
import type {
  DirectoryGroupId,
  DirectoryId,
  DirectoryPersonId,
  MemberId,
  RemovalHoldId,
  TenantId,
  UserId,
} from '../shared/ids';

/** Why a directory's person is kept and shown, and not let in. */
export const quarantineReasons = [
  /** No address came, or none that is one. */
  'no_email',
  /** LNK-8: the address is in no domain that the tenant has verified. */
  'email_domain_not_verified',
  /** TEN-11: somebody removed this person from the tenant. */
  'member_removed',
  /** Another person of a directory of this tenant is this member already. */
  'provisioned_otherwise',
] as const;
export type QuarantineReason = (typeof quarantineReasons)[number];

/**
 * What a directory's person is to the tenant. `deactivated`: not active, and no member or a suspended one. `removed`: deleted by
 * the directory, and remembered. `held`: would be deactivated or removed, and stays a member until an owner decides (SCM-8).
 */
export const standings = ['admitted', 'quarantined', 'deactivated', 'removed', 'held'] as const;
export type Standing = (typeof standings)[number];

/** What a directory says of one person, as far as it decides anything: read from the SCIM resource. */
export interface ProvisionedProfile {
  readonly userName: string;
  readonly externalId?: string;
  readonly active: boolean;
  /** In its one spelling: the primary address, else the one of work, else the first, else a `userName` that is one. */
  readonly email?: string;
  /** `displayName`, else the formatted name, else its parts. */
  readonly name?: string;
}

/** One person of a directory, and whom it is in the tenant. */
export interface ProvisionedPerson extends ProvisionedProfile {
  readonly id: DirectoryPersonId;
  readonly tenantId: TenantId;
  readonly directoryId: DirectoryId;
  readonly standing: Standing;
  readonly quarantinedFor?: QuarantineReason;
  readonly heldBy?: RemovalHoldId;
  readonly userId?: UserId;
  readonly memberId?: MemberId;
  /** Whether the user was unknown before this directory brought it: only then does an identity meet it without more (SCM-10). */
  readonly brought: boolean;
  /** The role that the mappings gave last. A role that somebody gave by hand since then stands until they give another one. */
  readonly mappedRole?: Role;
  readonly mappedBy?: DirectoryGroupId;
  readonly deletedAt?: Date;
  readonly createdAt: Date;
}
