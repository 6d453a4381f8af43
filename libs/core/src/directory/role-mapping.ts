import type { Actor } from '../audit/happening';
import type { Role } from '../members/member';
import type { DirectoryGroupId, DirectoryId, RoleMappingId, TenantId } from '../shared/ids';

/** The members of one group of a directory have this role, unless a mapping of higher priority says otherwise (SCM-4). */
export interface RoleMapping {
  readonly id: RoleMappingId;
  readonly tenantId: TenantId;
  readonly directoryId: DirectoryId;
  readonly groupId: DirectoryGroupId;
  /** `owner` only where an owner wrote it. */
  readonly role: Role;
  /** The highest wins; no two of a directory are equal. */
  readonly priority: number;
  readonly createdAt: Date;
  readonly createdBy: Actor;
}
