import type { Actor } from '../audit/happening';
import type { Clock } from '../shared/clock';
import type { ConnectionId, TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import type { Connection } from './connection';
import type { ConnectionStore } from './connection-store';
import { isTested, type ConnectionVersion } from './connection-version';
import type { ConnectionVersionStore, VersionPage } from './connection-version-store';
import { refuseStale, requireConnection } from './connections';
import { connectionHappening } from './describe-connection';
import { discarded, readKnownVersions, retired, serve, withoutPending, type Edit } from './edit-trust';

/** The versions of a connection's trust: promoted once they are tested, rolled back, given up (CON-16, CON-17). */
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
