import {
  connectionId,
  keepDeletedMs,
  tenantId,
  type Chance,
  type ConnectionId,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { inTenant, rowsOf } from '../transaction';

const batch = 100;

/** Removes for good, in all tenants, the connections that nobody brought back in time. */
export class PostgresConnectionPurge {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {}

  /** Answers with how many it removed. */
  async purge(now: Date): Promise<number> {
    const until = new Date(now.getTime() - keepDeletedMs);
    const sql = 'SELECT * FROM connections_deleted_anywhere($1, $2)';
    for (let purged = 0; ;) {
      const rows = await rowsOf(this.database, sql, [until, batch]);
      for (const row of rows)
        purged += await this.#purgeOne(row.id('tenant_id', tenantId), row.id('id', connectionId), until, now);
      if (rows.length < batch) return purged;
    }
  }

  /** It may have been restored since it was found: then nothing of it is touched. */
  #purgeOne(tenant: TenantId, id: ConnectionId, until: Date, now: Date): Promise<number> {
    return inTenant(this.database, tenant, async (transaction) => {
      const still = await transaction.row(
        'SELECT label FROM connections WHERE tenant_id = $1 AND id = $2 AND deleted_at <= $3 FOR UPDATE',
        [tenant, id, until],
      );
      if (!still) return 0;
      const links = await transaction.rows(
        'DELETE FROM links WHERE tenant_id = $1 AND connection_id = $2 RETURNING id',
        [tenant, id],
      );
      await transaction.rows('DELETE FROM connections WHERE tenant_id = $1 AND id = $2', [tenant, id]);
      const what = { type: 'connection.purged', tenantId: tenant, at: now, subject: id } as const;
      const data = { label: still.text('label'), links: links.length };
      await transaction.note({ ...what, actor: { kind: 'system' }, data }, this.chance);
      return 1;
    });
  }
}
