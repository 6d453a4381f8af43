import {
  connectionId,
  MetadataStore,
  tenantId,
  type Chance,
  type ConnectionId,
  type DueConnection,
  type KeyRing,
  type MetadataState,
  type RecordedRefresh,
  type Task,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { updateConnection, writeVersions } from '../connections/write-connection';
import { tellOwners } from '../mail/tell-owners';
import { noteAll } from '../note-all';
import type { Row } from '../row';
import { queueTask } from '../tasks/queue-task';
import { inTenant, rowsInTenant, rowsOf, type TenantTransaction } from '../transaction';
import { readMetadataState, writeMetadataState } from './metadata-state.row';

// A version that was only proposed was never trusted.
const trusted = `
  SELECT DISTINCT certificate ->> 'fingerprint' AS fingerprint
  FROM connection_versions v, jsonb_array_elements(v.configuration -> 'idp' -> 'certificates') certificate
  WHERE v.tenant_id = $1 AND v.connection_id = $2
    AND (v.state IN ('serving', 'retired') OR v.promoted_at IS NOT NULL)`;

const mine = 'WHERE tenant_id = $1 AND connection_id = $2';

export class PostgresMetadataStore extends MetadataStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
    private readonly keyRing: KeyRing,
  ) {
    super();
  }

  async find(tenant: TenantId, id: ConnectionId): Promise<MetadataState> {
    const sql = `SELECT metadata, metadata_due_at FROM connection_upkeep ${mine}`;
    const [row] = await rowsInTenant(this.database, tenant, sql, [tenant, id]);
    if (row) return readMetadataState(row);
    throw new Error(`The upkeep of the connection ${id} is missing.`);
  }

  async everTrusted(tenant: TenantId, id: ConnectionId): Promise<ReadonlySet<string>> {
    const rows = await rowsInTenant(this.database, tenant, trusted, [tenant, id]);
    return new Set(rows.map((row) => row.text('fingerprint')));
  }

  record(tenant: TenantId, id: ConnectionId, refresh: RecordedRefresh): Promise<'saved' | 'stale'> {
    const { change, because, letters, after } = refresh;
    return inTenant<'saved' | 'stale'>(
      this.database,
      tenant,
      async (transaction) => {
        if (change && !(await updateConnection(transaction, change.connection))) return 'stale';
        if (!(await replaceState(transaction, id, refresh))) return 'stale';
        await writeVersions(transaction, change?.versions);
        await noteAll(transaction, because, this.chance);
        for (const letter of letters)
          await tellOwners(transaction, letter, after.triedAt ?? after.dueAt, this.chance, this.keyRing);
        return 'saved';
      },
      (outcome) => outcome === 'saved',
    );
  }

  async claimAnywhere(
    limit: number,
    now: Date,
    leaseUntil: Date,
    otherwise: Date,
  ): Promise<{ due: readonly DueConnection[]; more: boolean }> {
    const sql = 'SELECT * FROM claim_metadata_refreshes_anywhere($1, $2, $3, $4)';
    const rows = await rowsOf(this.database, sql, [limit, now, leaseUntil, otherwise]);
    const due = rows.filter((row) => row.flag('wanted'));
    return { due: due.map(readDue), more: rows.length === limit };
  }

  async queue(task: Task<'refresh-metadata'>, dueAt: Date): Promise<void> {
    const { tenantId: tenant, connectionId: id } = task.payload;
    await inTenant(this.database, tenant, async (transaction) => {
      await queueTask(transaction, task, this.keyRing);
      await transaction.rows(`UPDATE connection_upkeep SET metadata_due_at = $3 ${mine}`, [
        tenant,
        id,
        dueAt,
      ]);
    });
  }
}

function readDue(row: Row): DueConnection {
  return { tenantId: row.id('tenant_id', tenantId), connectionId: row.id('connection_id', connectionId) };
}

/** False where another refresh has been there since. */
async function replaceState(
  transaction: TenantTransaction,
  id: ConnectionId,
  { before, after }: RecordedRefresh,
): Promise<boolean> {
  const replaced = await transaction.row(
    `UPDATE connection_upkeep SET metadata = $3, metadata_due_at = $4 ${mine}
       AND (metadata ->> 'triedAt')::timestamptz IS NOT DISTINCT FROM $5 RETURNING connection_id`,
    [transaction.tenantId, id, writeMetadataState(after), after.dueAt, before.triedAt],
  );
  return replaced !== undefined;
}
