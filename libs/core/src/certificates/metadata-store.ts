import type { Happening } from '../audit/happening';
import type { Connection } from '../connections/connection';
import type { ConnectionVersion } from '../connections/connection-version';
import type { CertificateSeenMessage, MetadataRefusedMessage } from '../mail/mail-message';
import type { ConnectionId, TenantId } from '../shared/ids';
import type { Task } from '../tasks/task';
import type { DueConnection } from './certificate-notice-store';
import type { MetadataState } from './metadata-state';

/** What one refresh comes to; all of it is written, or nothing. */
export interface RecordedRefresh {
  readonly before: MetadataState;
  readonly after: MetadataState;
  /** The connection with the certificates that were added. */
  readonly change?: { readonly connection: Connection; readonly versions: readonly ConnectionVersion[] };
  readonly because: readonly Happening[];
  /** To every owner. */
  readonly letters: readonly (CertificateSeenMessage | MetadataRefusedMessage)[];
}

/** How the metadata of connections stands, and which is due. */
export abstract class MetadataStore {
  abstract find(tenantId: TenantId, id: ConnectionId): Promise<MetadataState>;
  /** The fingerprints of all certificates that the connection has, or had while it served people. */
  abstract everTrusted(tenantId: TenantId, id: ConnectionId): Promise<ReadonlySet<string>>;
  /** `stale`: another refresh, or a change of the connection, was faster. */
  abstract record(tenantId: TenantId, id: ConnectionId, refresh: RecordedRefresh): Promise<'saved' | 'stale'>;
  /**
   * Crosses tenants: of those that are due, the ones that are on and have an address, put off until `leaseUntil`; the
   * others until `otherwise`. `more`: there may be further ones.
   */
  abstract claimAnywhere(
    limit: number,
    now: Date,
    leaseUntil: Date,
    otherwise: Date,
  ): Promise<{ readonly due: readonly DueConnection[]; readonly more: boolean }>;
  /** Queues a refresh, and claims the connection no more before `dueAt`. */
  abstract queue(task: Task<'refresh-metadata'>, dueAt: Date): Promise<void>;
}
