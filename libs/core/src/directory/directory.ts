import type { Actor } from '../audit/happening';
import type { Pairing } from '../linking/pairing';
import type { ConnectionId, DirectoryId, DirectoryTokenId, TenantId } from '../shared/ids';
import type { Tenant } from '../tenants/tenant';

/** What somebody becomes whom no mapped group gives a role. */
export const provisionedRoles = ['member', 'viewer'] as const;
export type ProvisionedRole = (typeof provisionedRoles)[number];

/** A customer's directory that provisions people and groups into one tenant by SCIM. */
export interface Directory {
  readonly id: DirectoryId;
  readonly tenantId: TenantId;
  readonly name: string;
  readonly defaultRole: ProvisionedRole;
  readonly pairing: Pairing;
  /** The one connection whose identities are paired; any of the tenant's where none is named. */
  readonly connectionId?: ConnectionId;
  /** Since when requests are answered with 503. */
  readonly pausedAt?: Date;
  readonly createdAt: Date;
}

/** A directory's key, for its client: the secret is shown once, and only its hash is kept (SCM-5). */
export interface DirectoryToken {
  readonly id: DirectoryTokenId;
  readonly tenantId: TenantId;
  readonly directoryId: DirectoryId;
  readonly name: string;
  readonly createdAt: Date;
  readonly createdBy: Actor;
  readonly expiresAt: Date;
  /** To the minute. */
  readonly lastUsedAt?: Date;
  readonly revokedAt?: Date;
}

/** A token with its tenant and directory as they are now. */
export interface DirectoryTokenView {
  readonly token: DirectoryToken;
  readonly directory: Directory;
  readonly tenant: Tenant;
}
