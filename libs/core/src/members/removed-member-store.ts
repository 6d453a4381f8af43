import type { Page } from '../audit/audit-log';
import type { Happening } from '../audit/happening';
import type { MemberId, TenantId } from '../shared/ids';
import type { RemovedMember } from './removed-member';

/** By what somebody who was removed is known again: either will do, since an address can be changed at the provider. */
export interface Reappearance {
  readonly issuer: string;
  readonly subject: string;
  readonly email?: string | undefined;
}

export abstract class RemovedMemberStore {
  /** Whom a person removed and nobody let in again since, among those that this may be. */
  abstract recognise(tenantId: TenantId, who: Reappearance): Promise<RemovedMember[]>;
  abstract find(tenantId: TenantId, id: MemberId): Promise<RemovedMember | undefined>;
  /** By ID. */
  abstract list(tenantId: TenantId, page: Page): Promise<RemovedMember[]>;
  abstract readmit(tenantId: TenantId, id: MemberId, because: Happening): Promise<'readmitted' | 'absent'>;
}
