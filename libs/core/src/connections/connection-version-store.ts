import type { Happening } from '../audit/happening';
import type { ConnectionId, TenantId } from '../shared/ids';
import type { PassedTest } from './connection';
import type { ConnectionVersion, TestResult } from './connection-version';

/** A slice of a history: versions below the number `before`, at most `limit` of them. */
export interface VersionPage {
  readonly before?: number | undefined;
  readonly limit: number;
}

/** What a test sign-in came to; `passed` only where it counts. */
export interface TestNote {
  readonly result: TestResult;
  readonly passed?: PassedTest;
}

/** The history of a connection; versions are added and change state by `ConnectionStore.save` only. */
export abstract class ConnectionVersionStore {
  /** Newest first. */
  abstract list(tenantId: TenantId, id: ConnectionId, page: VersionPage): Promise<ConnectionVersion[]>;
  abstract find(tenantId: TenantId, id: ConnectionId, number: number): Promise<ConnectionVersion | undefined>;
  /** The one that served people last before the one that serves now, unless it was rolled back from. */
  abstract lastRetired(tenantId: TenantId, id: ConnectionId): Promise<ConnectionVersion | undefined>;
  /**
   * Notes a test of a version that is pending or serving. A passed one of the serving version becomes the connection's
   * too, in the same transaction.
   */
  abstract noteTest(
    tenantId: TenantId,
    id: ConnectionId,
    number: number,
    test: TestNote,
    because: Happening,
  ): Promise<'noted' | 'absent'>;
}
