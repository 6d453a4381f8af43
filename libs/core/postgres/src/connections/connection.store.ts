import {
  ConnectionStore,
  SsoError,
  type Chance,
  type Connection,
  type ConnectionId,
  type ConnectionVersion,
  type Happening,
  type SwitchOutcome,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { columnsOf } from '../column';
import { inTenant, rowsInTenant, rowsOf } from '../transaction';
import { connectionEntity } from './connection.entity';
import { readConnection } from './connection.row';
import { electPrimary, lockConnections } from './elect-primary';
import { switchSsoOff, switchSsoOn } from './switch-sso';
import { insertConnection, isAtTenantHost, updateConnection, writeVersions } from './write-connection';

const columns = columnsOf(connectionEntity);

// What is configured stays while single sign-on is off or the entitlement has ended; nobody is led to it (TEN-9).
const ssoInEffect = `EXISTS (SELECT FROM tenants t WHERE t.id = $1 AND t.sso_entitled AND t.policy ->> 'sso' <> 'off')`;

export class PostgresConnectionStore extends ConnectionStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  add(
    tenantId: TenantId,
    connection: Connection,
    because: Happening,
    versions?: readonly ConnectionVersion[],
  ): Promise<void> {
    return inTenant(this.database, tenantId, async (transaction) => {
      await insertConnection(transaction, connection);
      if (!(await isAtTenantHost(transaction, connection))) throw hostChanged(connection);
      await writeVersions(transaction, versions);
      await transaction.note(because, this.chance);
    });
  }

  save(
    tenantId: TenantId,
    connection: Connection,
    because: Happening,
    versions?: readonly ConnectionVersion[],
  ): Promise<'saved' | 'stale'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      if (!(await updateConnection(transaction, connection))) return 'stale';
      await writeVersions(transaction, versions);
      await transaction.note(because, this.chance);
      return 'saved';
    });
  }

  switch(
    tenantId: TenantId,
    connection: Connection,
    because: Happening,
    versions?: readonly ConnectionVersion[],
  ): Promise<SwitchOutcome> {
    return inTenant<SwitchOutcome>(this.database, tenantId, async (transaction) => {
      const { entitled } = await lockConnections(transaction);
      if (connection.enabledAt && !entitled) return { kind: 'not-entitled' };
      if (!(await updateConnection(transaction, connection))) return { kind: 'stale' };
      await writeVersions(transaction, versions);
      const switchSso = connection.enabledAt ? switchSsoOn : switchSsoOff;
      await switchSso(transaction, connection.id, because, this.chance);
      const primary = await electPrimary(transaction);
      await transaction.note({ ...because, data: { primary } }, this.chance);
      return { kind: 'saved', ...(primary && { primary }) };
    });
  }

  makePrimary(tenantId: TenantId, id: ConnectionId, because: Happening): Promise<'made' | 'not-enabled'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      await lockConnections(transaction);
      const enabled = await transaction.row(
        'SELECT id FROM connections WHERE tenant_id = $1 AND id = $2 AND enabled_at IS NOT NULL AND deleted_at IS NULL',
        [tenantId, id],
      );
      if (!enabled) return 'not-enabled';
      const whether = 'UPDATE connections SET is_primary = $3 WHERE tenant_id = $1 AND';
      await transaction.rows(`${whether} is_primary AND id <> $2`, [tenantId, id, false]);
      await transaction.rows(`${whether} id = $2`, [tenantId, id, true]);
      await transaction.note(because, this.chance);
      return 'made';
    });
  }

  find(tenantId: TenantId, id: ConnectionId): Promise<Connection | undefined> {
    return this.#first(tenantId, 'AND id = $2', [id]);
  }

  list(tenantId: TenantId): Promise<Connection[]> {
    return this.#select(tenantId, 'ORDER BY id', []);
  }

  /** The flag, or (where a server of the version before switched the first one on) the one that was enabled first. */
  primary(tenantId: TenantId): Promise<Connection | undefined> {
    const order = 'ORDER BY is_primary DESC, enabled_at, id LIMIT 1';
    return this.#first(tenantId, `AND enabled_at IS NOT NULL AND ${ssoInEffect} ${order}`, []);
  }

  async findAnywhere(id: ConnectionId): Promise<Connection | undefined> {
    const rows = await rowsOf(this.database, `SELECT ${columns} FROM connection_anywhere($1)`, [id]);
    return rows.map(readConnection)[0];
  }

  async #first(tenantId: TenantId, rest: string, values: unknown[]): Promise<Connection | undefined> {
    return (await this.#select(tenantId, rest, values))[0];
  }

  async #select(tenantId: TenantId, rest: string, values: unknown[]): Promise<Connection[]> {
    const sql = `SELECT ${columns} FROM connections WHERE tenant_id = $1 AND deleted_at IS NULL ${rest}`;
    return (await rowsInTenant(this.database, tenantId, sql, [tenantId, ...values])).map(readConnection);
  }
}

function hostChanged({ host }: Connection): SsoError {
  return new SsoError('conflict', 'The tenant got another host at the same time. Repeat this.', {
    got: host ?? 'none',
  });
}
