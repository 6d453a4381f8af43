import {
  ConnectionVersionStore,
  type Chance,
  type ConnectionId,
  type ConnectionVersion,
  type Happening,
  type TenantId,
  type TestNote,
  type VersionPage,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { inTenant } from '../transaction';
import { readConnectionVersion } from './connection-version.row';

export class PostgresConnectionVersionStore extends ConnectionVersionStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  list(tenantId: TenantId, id: ConnectionId, { before, limit }: VersionPage): Promise<ConnectionVersion[]> {
    const rest = 'AND ($3::integer IS NULL OR number < $3) ORDER BY number DESC LIMIT $4';
    return this.#select(tenantId, id, rest, [before, limit]);
  }

  async find(tenantId: TenantId, id: ConnectionId, number: number): Promise<ConnectionVersion | undefined> {
    return (await this.#select(tenantId, id, 'AND number = $3', [number]))[0];
  }

  async lastRetired(tenantId: TenantId, id: ConnectionId): Promise<ConnectionVersion | undefined> {
    const served = `AND state = 'retired' AND promoted_at IS NOT NULL AND passed_test IS NOT NULL`;
    const rest = `${served} ORDER BY promoted_at DESC, number DESC LIMIT 1`;
    return (await this.#select(tenantId, id, rest, []))[0];
  }

  noteTest(
    tenantId: TenantId,
    id: ConnectionId,
    number: number,
    { result, passed }: TestNote,
    because: Happening,
  ): Promise<'noted' | 'absent'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      // Locked in the order in which a save does it: the connection, then its version.
      const connection = await transaction.row(
        'SELECT version FROM connections WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NULL FOR NO KEY UPDATE',
        [tenantId, id],
      );
      const noted = await transaction.row(
        `UPDATE connection_versions SET last_test = $4, passed_test = coalesce($5, passed_test)
         WHERE tenant_id = $1 AND connection_id = $2 AND number = $3 AND state IN ('pending', 'serving') RETURNING number`,
        [tenantId, id, number, result, passed],
      );
      if (!connection || !noted) return 'absent';
      if (passed && connection.optionalInteger('version') === number)
        await transaction.rows(
          'UPDATE connections SET test = $3, revision = revision + 1 WHERE tenant_id = $1 AND id = $2',
          [tenantId, id, passed],
        );
      await transaction.note(because, this.chance);
      return 'noted';
    });
  }

  #select(
    tenantId: TenantId,
    id: ConnectionId,
    rest: string,
    values: unknown[],
  ): Promise<ConnectionVersion[]> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const sql = `SELECT * FROM connection_versions WHERE tenant_id = $1 AND connection_id = $2 ${rest}`;
      return (await transaction.rows(sql, [tenantId, id, ...values])).map(readConnectionVersion);
    });
  }
}
