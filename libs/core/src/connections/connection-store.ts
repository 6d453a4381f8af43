import type { Happening } from '../audit/happening';
import type { ConnectionId, TenantId } from '../shared/ids';
import type { Connection } from './connection';

export abstract class ConnectionStore {
  abstract add(tenantId: TenantId, connection: Connection, because: Happening): Promise<void>;
  /** Writes only over the revision before this one. */
  abstract save(tenantId: TenantId, connection: Connection, because: Happening): Promise<'saved' | 'stale'>;
  abstract find(tenantId: TenantId, id: ConnectionId): Promise<Connection | undefined>;
  abstract list(tenantId: TenantId): Promise<Connection[]>;
  /** The enabled connection that serves the tenant's login page: the one enabled first. */
  abstract primary(tenantId: TenantId): Promise<Connection | undefined>;
  /** Crosses tenants: an ACS address names the connection and nothing else. */
  abstract findAnywhere(id: ConnectionId): Promise<Connection | undefined>;
}
