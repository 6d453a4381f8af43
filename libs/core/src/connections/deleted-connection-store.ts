import type { Happening } from '../audit/happening';
import type { ConnectionId, MemberId, TenantId } from '../shared/ids';
import type { Connection } from './connection';

/** A member who signs in through one connection and no other that is switched on. */
export interface DependentMember {
  readonly memberId: MemberId;
  readonly email: string;
}

export type RemoveOutcome =
  /** `primary`: which connection serves the login page now, if any. */
  | { readonly kind: 'removed'; readonly sessionsEnded: number; readonly primary?: ConnectionId }
  /** `members` is the whole number, `first` names a few. */
  | { readonly kind: 'in-use'; readonly members: number; readonly first: readonly DependentMember[] }
  | { readonly kind: 'stale' };

/** Connections on their way out: they can be brought back until the worker removes them for good. */
export abstract class DeletedConnectionStore {
  /**
   * Sets `deletedAt` and ends every session of the connection, if as many members depend on it as `confirmed` says. The
   * last one that was on switches single sign-on off, or throws what `ConnectionStore.switch` throws.
   */
  abstract remove(
    tenantId: TenantId,
    connection: Connection,
    confirmed: number,
    because: Happening,
  ): Promise<RemoveOutcome>;
  abstract find(tenantId: TenantId, id: ConnectionId): Promise<Connection | undefined>;
  abstract list(tenantId: TenantId): Promise<Connection[]>;
  abstract restore(
    tenantId: TenantId,
    connection: Connection,
    because: Happening,
  ): Promise<'restored' | 'stale'>;
}
