import type { Actor } from '../audit/happening';
import type { MemberId, TenantId } from '../shared/ids';

/** Running sessions, towards what changes the policy that they were opened under (ENF-9). */
export abstract class RefusedSessions {
  /** Ends those of this tenant, or of one member of it, that would be refused now, and says how many. */
  abstract endIn(tenantId: TenantId, actor: Actor, memberId?: MemberId): Promise<number>;
}
