import type { Actor, Happening } from '../audit/happening';
import type { Clock } from '../shared/clock';
import type { ErrorCode } from '../shared/error-codes';
import type { ConnectionId, TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import { configurationFingerprint, type Connection } from './connection';
import type { ConnectionStore } from './connection-store';
import { isTested, withTrust, type ConnectionVersion, type TestResult } from './connection-version';
import type { ConnectionVersionStore, TestNote, VersionPage } from './connection-version-store';
import { refuseDraft, refuseStale, requireConnection } from './connections';
import { connectionHappening } from './describe-connection';
import { discarded, readKnownVersions, retired, serve, withoutPending, type Edit } from './edit-trust';

/** A connection as one of its versions has it. */
export interface Candidate {
  readonly connection: Connection;
  /** The pending version that this is; absent: it is what serves. */
  readonly version?: number | undefined;
}

/** The versions of a connection's trust: tested beside the one that serves, promoted, rolled back (CON-16, CON-17). */
export class ConnectionVersions {
  constructor(
    private readonly connections: ConnectionStore,
    private readonly versions: ConnectionVersionStore,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async list(tenantId: TenantId, id: ConnectionId, page: VersionPage): Promise<ConnectionVersion[]> {
    await this.connection(tenantId, id);
    return this.versions.list(tenantId, id, page);
  }

  async get(tenantId: TenantId, id: ConnectionId, number: number): Promise<ConnectionVersion> {
    await this.connection(tenantId, id);
    const version = await this.versions.find(tenantId, id, number);
    if (version) return version;
    throw new SsoError('not_found', 'This connection has no such version.', { got: number });
  }

  /** What a test tries: the pending version where there is one, unless a number asks for what serves. Throws `test_outdated`. */
  async candidate(connection: Connection, number?: number): Promise<Candidate> {
    refuseDraft(connection);
    const { tenantId, id, version, pendingVersion } = connection;
    const wanted = number ?? pendingVersion ?? version;
    if (wanted === version) return { connection };
    const pending =
      wanted === undefined || wanted !== pendingVersion
        ? undefined
        : await this.versions.find(tenantId, id, wanted);
    if (pending) return { connection: withTrust(connection, pending.configuration), version: pending.number };
    throw testOutdated(connection, wanted);
  }

  /** The number of the version that a test would try. */
  async testable(connection: Connection, number?: number): Promise<number> {
    const { connection: tried, version } = await this.candidate(connection, number);
    const found = version ?? tried.version;
    if (found === undefined) throw testOutdated(connection, number);
    return found;
  }

  /** Notes that this very configuration signed an owner or admin in. */
  async recordPassedTest({ connection, version }: Candidate, email: string, actor: Actor): Promise<void> {
    const at = this.clock.now();
    const passed = { fingerprint: configurationFingerprint(connection), at, email };
    const number = version ?? connection.version;
    const outcome = await this.note(
      connection,
      number,
      { result: { at, outcome: 'passed', email }, passed },
      actor,
    );
    if (outcome === 'absent') throw testOutdated(connection, number);
  }

  /** Notes why a test was refused; one that passed before keeps counting. */
  async recordFailedTest({ connection, version }: Candidate, code: ErrorCode, actor: Actor): Promise<void> {
    const result: TestResult = { at: this.clock.now(), outcome: code };
    await this.note(connection, version ?? connection.version, { result }, actor);
  }

  /** Throws `version_not_pending` or `connection_not_tested`. */
  async promote(tenantId: TenantId, id: ConnectionId, number: number, actor: Actor): Promise<Connection> {
    const connection = await this.connection(tenantId, id);
    const { serving, pending } = await readKnownVersions(this.versions, connection);
    const version = requirePending(pending, number);
    refuseUntested(version);
    return this.save(
      connection,
      {
        type: 'connection.version_promoted',
        connection: serve(connection, version),
        versions: [...retired(serving), this.served(connection, version)],
      },
      actor,
    );
  }

  /** Returns to the version that served before, or to the one that is named. Throws `version_not_restorable`. */
  async rollBack(
    tenantId: TenantId,
    id: ConnectionId,
    to: number | undefined,
    actor: Actor,
  ): Promise<Connection> {
    const connection = await this.connection(tenantId, id);
    const { serving } = await readKnownVersions(this.versions, connection);
    const target = requireRestorable(
      to === undefined
        ? await this.versions.lastRetired(tenantId, id)
        : await this.versions.find(tenantId, id, to),
      to,
    );
    const { pendingVersion } = connection;
    const rolledBack = serve(connection, target);
    return this.save(
      connection,
      {
        type: 'connection.version_rolled_back',
        connection: pendingVersion === undefined ? rolledBack : { ...rolledBack, pendingVersion },
        versions: [...discarded(serving), this.served(connection, target)],
      },
      actor,
    );
  }

  /** Gives the pending version up. Throws `version_not_pending`. */
  async discard(tenantId: TenantId, id: ConnectionId, number: number, actor: Actor): Promise<Connection> {
    const connection = await this.connection(tenantId, id);
    const { pending } = await readKnownVersions(this.versions, connection);
    return this.save(
      connection,
      {
        type: 'connection.version_discarded',
        connection: withoutPending(connection),
        versions: discarded(requirePending(pending, number)),
      },
      actor,
    );
  }

  private async connection(tenantId: TenantId, id: ConnectionId): Promise<Connection> {
    return requireConnection(await this.connections.find(tenantId, id), id);
  }

  /** While the connection is off nobody is served yet: enabling it will say since when. */
  private served({ enabledAt }: Connection, version: ConnectionVersion): ConnectionVersion {
    return { ...version, state: 'serving', ...(enabledAt && { promotedAt: this.clock.now() }) };
  }

  private async save(
    before: Connection,
    { type, connection, versions }: Edit,
    actor: Actor,
  ): Promise<Connection> {
    const after = { ...connection, revision: before.revision + 1 };
    const because = connectionHappening(type, before, after, actor, this.clock.now(), versions);
    refuseStale(await this.connections.save(after.tenantId, after, because, versions));
    return after;
  }

  private async note(
    { tenantId, id }: Connection,
    version: number | undefined,
    test: TestNote,
    actor: Actor,
  ): Promise<'noted' | 'absent'> {
    if (version === undefined) return 'absent';
    const because: Happening = {
      type: 'connection.tested',
      tenantId,
      at: test.result.at,
      actor,
      subject: id,
      data: { version, outcome: test.result.outcome, email: test.result.email },
    };
    return this.versions.noteTest(tenantId, id, version, test, because);
  }
}

function requirePending(pending: ConnectionVersion | undefined, number: number): ConnectionVersion {
  if (pending?.number === number) return pending;
  throw new SsoError(
    'version_not_pending',
    'This version does not wait to be promoted: it was replaced, promoted or discarded. Load the connection again.',
    { want: pending?.number ?? 'no version is pending', got: number },
  );
}

function refuseUntested(version: ConnectionVersion): void {
  if (isTested(version)) return;
  throw new SsoError('connection_not_tested', 'Run a test sign-in of this version first, then promote it.', {
    want: 'a passed test of exactly this version, by an owner or admin',
    got: version.lastTest?.outcome ?? 'no test',
  });
}

function requireRestorable(
  version: ConnectionVersion | undefined,
  to: number | undefined,
): ConnectionVersion {
  const left = version?.state === 'retired' || version?.state === 'discarded';
  if (version && left && version.promotedAt && isTested(version)) return version;
  throw new SsoError(
    'version_not_restorable',
    'There is no earlier version to return to: it must have served people and passed a test of its own.',
    { want: 'a version that served before', got: to ?? 'none' },
  );
}

/** Why a test cannot go on: what it was for is neither pending nor serving any more. */
export function testOutdated(connection: Connection, got: number | undefined): SsoError {
  return new SsoError(
    'test_outdated',
    'The version that this test was for was promoted, replaced or discarded meanwhile. Start a new test.',
    { want: [connection.pendingVersion, connection.version].filter((each) => each !== undefined), got },
  );
}
