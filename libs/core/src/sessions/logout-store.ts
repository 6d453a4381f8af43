import type { Happening } from '../audit/happening';
import type { ConnectionId, SessionId, TenantId } from '../shared/ids';
import type { AskedLogout, StartedLogout } from './logout';

export abstract class LogoutStore {
  /** Remembers the request and ends the sessions of the connection that it names, in one transaction. */
  abstract endSessions(
    tenantId: TenantId,
    connectionId: ConnectionId,
    asked: AskedLogout,
    now: Date,
    because: (ended: readonly SessionId[]) => readonly Happening[],
  ): Promise<readonly SessionId[] | 'replayed'>;
  abstract start(tenantId: TenantId, logout: StartedLogout, because: Happening): Promise<void>;
  /** Takes a logout of ours once, to be answered. */
  abstract take(
    tenantId: TenantId,
    connectionId: ConnectionId,
    requestId: string,
    now: Date,
    because: (taken: StartedLogout) => Happening,
  ): Promise<StartedLogout | undefined>;
}
