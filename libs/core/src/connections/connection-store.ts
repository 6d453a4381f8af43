import type { Happening } from '../audit/happening';
import type { ConnectionId, TenantId } from '../shared/ids';
import type { Connection } from './connection';
import type { ConnectionVersion } from './connection-version';

/** What a switch on or off left behind: which connection serves the login page now, if any. */
export type SwitchOutcome =
  | { readonly kind: 'saved'; readonly primary?: ConnectionId }
  | { readonly kind: 'stale' }
  | { readonly kind: 'not-entitled' };

/** Nothing here finds a deleted connection. */
export abstract class ConnectionStore {
  abstract add(
    tenantId: TenantId,
    connection: Connection,
    because: Happening,
    versions?: readonly ConnectionVersion[],
  ): Promise<void>;
  /**
   * Writes the connection, and the versions that are new or changed state with it, only over the revision before this
   * one. Whether it is on, primary or deleted is not touched.
   */
  abstract save(
    tenantId: TenantId,
    connection: Connection,
    because: Happening,
    versions?: readonly ConnectionVersion[],
  ): Promise<'saved' | 'stale'>;
  /**
   * `not-entitled`: on is nothing that this tenant may switch (TEN-9). Else saves with `enabledAt`, and as not deleted, then
   * sees to it that exactly one of those that are on is primary. The first one switches single sign-on on for the tenant,
   * the last one off; throws `sso_still_required` or `members_on_sso` where it is needed still (TEN-10).
   */
  abstract switch(
    tenantId: TenantId,
    connection: Connection,
    because: Happening,
    versions?: readonly ConnectionVersion[],
  ): Promise<SwitchOutcome>;
  abstract makePrimary(
    tenantId: TenantId,
    id: ConnectionId,
    because: Happening,
  ): Promise<'made' | 'not-enabled'>;
  abstract find(tenantId: TenantId, id: ConnectionId): Promise<Connection | undefined>;
  abstract list(tenantId: TenantId): Promise<Connection[]>;
  /** The enabled connection that serves the tenant's login page; none while single sign-on is off or not entitled to. */
  abstract primary(tenantId: TenantId): Promise<Connection | undefined>;
  /** Crosses tenants: an ACS address names the connection and nothing else. */
  abstract findAnywhere(id: ConnectionId): Promise<Connection | undefined>;
}
