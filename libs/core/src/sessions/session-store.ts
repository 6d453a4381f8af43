import type { Happening } from '../audit/happening';
import type { Member, User } from '../members/member';
import type { FlowId, SessionId, TenantId } from '../shared/ids';
import type { Tenant } from '../tenants/tenant';
import type { Session } from './session';

/** A live session with all that a token says about it, as it is now. */
export interface SessionView {
  readonly session: Session;
  readonly tenant: Tenant;
  readonly user: User;
  readonly member: Member;
}

/** A flow that was answered, and the hash of the ticket under which the browser takes the session up. */
export interface WaitingFlow {
  readonly flowId: FlowId;
  readonly ticketHash: string;
}

export abstract class SessionStore {
  /** With the flow that waits for it, if one does, in one transaction. */
  abstract open(
    tenantId: TenantId,
    session: Session,
    because: Happening,
    waiting?: WaitingFlow,
  ): Promise<void>;
  abstract end(tenantId: TenantId, id: SessionId, because: Happening): Promise<'ended' | 'absent'>;
  /** Crosses tenants, since a token names only its session: neither ended, expired, nor of someone suspended or gone. */
  abstract findLiveAnywhere(id: SessionId, now: Date): Promise<SessionView | undefined>;
}
