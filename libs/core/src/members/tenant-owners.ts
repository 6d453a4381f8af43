import type { TenantId } from '../shared/ids';
import type { User } from './member';

/** Whom members are told to ask: those who own the tenant and are not suspended. */
export abstract class TenantOwners {
  /** Oldest first, at most `limit` of them. */
  abstract list(tenantId: TenantId, limit: number): Promise<readonly User[]>;
}
