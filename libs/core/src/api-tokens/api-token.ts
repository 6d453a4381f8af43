import type { Actor } from '../audit/happening';
import type { ApiTokenId, MemberId, TenantId } from '../shared/ids';
import type { Scope } from './scope';

/** A member's key to the API of its tenant, for programs: its secret is shown once, and only its hash is kept (SES-4). */
export interface ApiToken {
  readonly id: ApiTokenId;
  readonly tenantId: TenantId;
  readonly memberId: MemberId;
  readonly name: string;
  /** The most that it may do; what its member's role forbids at the moment of use, it may not. */
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  readonly createdBy: Actor;
  readonly expiresAt: Date;
  readonly lastUsedAt?: Date;
  readonly revokedAt?: Date;
}
