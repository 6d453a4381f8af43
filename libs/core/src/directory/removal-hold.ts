import type { Actor } from '../audit/happening';
import type { DirectoryId, RemovalHoldId, TenantId } from '../shared/ids';

/** Removals that wait for an owner's word (SCM-8): too many within an hour, or the last owner. */
export interface RemovalHold {
  readonly id: RemovalHoldId;
  readonly tenantId: TenantId;
  readonly directoryId: DirectoryId;
  readonly reason: 'too-many' | 'last-owner';
  readonly openedAt: Date;
  readonly decision?: 'approved' | 'refused';
  readonly decidedAt?: Date;
  readonly decidedBy?: Actor;
}
