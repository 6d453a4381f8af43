import type { Actor } from '../audit/happening';
import type { TenantId } from '../shared/ids';

/** Running sessions, towards what changes the policy that they were opened under (ENF-9). */
export abstract class RefusedSessions {
  /** Ends those of this tenant that would be refused now, and says how many. */
  abstract endIn(tenantId: TenantId, actor: Actor): Promise<number>;
}
