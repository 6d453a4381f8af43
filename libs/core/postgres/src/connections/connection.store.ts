import {
  ConnectionStore,
  type Chance,
  type Connection,
  type ConnectionId,
  type Happening,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { inTenant, rowsOf } from '../transaction';
import { readConnection } from './connection.row';

export class PostgresConnectionStore extends ConnectionStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  add(tenantId: TenantId, connection: Connection, because: Happening): Promise<void> {
    return inTenant(this.database, tenantId, async (transaction) => {
      await transaction.rows(
        `INSERT INTO connections (id, tenant_id, label, idp, metadata_url, settings, test, enabled_at, revision,
           sp_entity_id_aliases, sp_entity_id, protocol, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
        [...writable(connection), connection.spEntityId, connection.protocol, connection.createdAt],
      );
      await transaction.note(because, this.chance);
    });
  }

  save(tenantId: TenantId, connection: Connection, because: Happening): Promise<'saved' | 'stale'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const saved = await transaction.row(
        `UPDATE connections
         SET label = $3, idp = $4, metadata_url = $5, settings = $6, test = $7, enabled_at = $8, revision = $9,
           sp_entity_id_aliases = $10
         WHERE id = $1 AND tenant_id = $2 AND revision = $9 - 1 RETURNING id`,
        writable(connection),
      );
      if (!saved) return 'stale';
      await transaction.note(because, this.chance);
      return 'saved';
    });
  }

  find(tenantId: TenantId, id: ConnectionId): Promise<Connection | undefined> {
    return this.#first(tenantId, 'AND id = $2', [id]);
  }

  list(tenantId: TenantId): Promise<Connection[]> {
    return this.#select(tenantId, 'ORDER BY id', []);
  }

  primary(tenantId: TenantId): Promise<Connection | undefined> {
    return this.#first(tenantId, 'AND enabled_at IS NOT NULL ORDER BY enabled_at, id LIMIT 1', []);
  }

  async findAnywhere(id: ConnectionId): Promise<Connection | undefined> {
    const rows = await rowsOf(this.database, 'SELECT * FROM connection_anywhere($1)', [id]);
    return rows.map(readConnection)[0];
  }

  async #first(tenantId: TenantId, rest: string, values: unknown[]): Promise<Connection | undefined> {
    return (await this.#select(tenantId, rest, values))[0];
  }

  #select(tenantId: TenantId, rest: string, values: unknown[]): Promise<Connection[]> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const rows = await transaction.rows(`SELECT * FROM connections WHERE tenant_id = $1 ${rest}`, [
        tenantId,
        ...values,
      ]);
      return rows.map(readConnection);
    });
  }
}

function writable(connection: Connection): unknown[] {
  const { id, tenantId, label, idp, metadataUrl, settings, test, enabledAt, revision } = connection;
  const aliases = JSON.stringify(connection.spEntityIdAliases);
  return [id, tenantId, label, idp, metadataUrl, settings, test, enabledAt, revision, aliases];
}
