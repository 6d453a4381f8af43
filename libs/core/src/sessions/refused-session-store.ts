import type { Happening } from '../audit/happening';
import type { MemberId, SessionId, TenantId } from '../shared/ids';
import type { SessionView } from './session-store';

/** What is looked at of a running session. */
export type RunningSession = Pick<SessionView, 'session' | 'tenant' | 'member'>;

/** Which running sessions are looked at: of one member, or those that no identity provider opened, or all. */
export type LookedAt = { readonly memberId: MemberId } | 'local' | 'all';

/** A batch of at most `most` running sessions, by ID behind `after`. */
export interface SessionBatch {
  readonly of: LookedAt;
  readonly after?: SessionId | undefined;
  readonly most: number;
}

/** What became of a batch; `next` is where the following one begins. */
export interface EndedBatch {
  readonly ended: number;
  readonly next?: SessionId;
}

export abstract class RefusedSessionStore {
  /** Ends those of the batch that do not stand, in one transaction. */
  abstract endBatch(
    tenantId: TenantId,
    batch: SessionBatch,
    now: Date,
    stands: (running: RunningSession) => boolean,
    because: (ended: RunningSession) => Happening,
  ): Promise<EndedBatch>;
  /** Crosses tenants: those, after `after`, where a session that no identity provider opened may not stand any more. */
  abstract tenantsAnywhere(after: TenantId | undefined, most: number, now: Date): Promise<TenantId[]>;
}
