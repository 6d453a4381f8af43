import type { Happening } from '../audit/happening';
import type { SessionId, TenantId } from '../shared/ids';
import type { SessionView } from './session-store';

/** What is looked at of a running session. */
export type RunningSession = Pick<SessionView, 'session' | 'tenant' | 'member'>;

/** One batch of running sessions; `next` is where the following one begins. */
export interface EndedBatch {
  readonly ended: number;
  readonly next?: SessionId;
}

export abstract class RefusedSessionStore {
  /** Ends, of at most `most` live sessions after `after` in order of their IDs, those that do not stand; all in one transaction. */
  abstract endBatch(
    tenantId: TenantId,
    batch: { readonly after?: SessionId | undefined; readonly most: number },
    now: Date,
    stands: (running: RunningSession) => boolean,
    because: (ended: RunningSession) => Happening,
  ): Promise<EndedBatch>;
  /** Crosses tenants: those, after `after`, where a session that no identity provider opened may not stand any more. */
  abstract tenantsAnywhere(after: TenantId | undefined, most: number, now: Date): Promise<TenantId[]>;
}
