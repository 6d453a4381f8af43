import {
  DirectoryStore,
  type Chance,
  type ConnectionId,
  type Directory,
  type DirectoryChange,
  type DirectoryId,
  type DirectoryOverview,
  type Happening,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import type { Row } from '../row';
import { inTenant, rowsInTenant, type TenantTransaction } from '../transaction';
import { readDirectory } from './directory.row';

const overviews = `SELECT to_jsonb(d) AS directory, t.people, t.active_people, t.groups,
    (SELECT count(*)::integer FROM directory_people p WHERE p.tenant_id = d.tenant_id
      AND p.quarantined_for IS NOT NULL AND p.directory_id = d.id) AS quarantined,
    (SELECT max(k.last_used_at) FROM directory_tokens k WHERE k.directory_id = d.id) AS last_used_at
  FROM directories d CROSS JOIN LATERAL (
    SELECT sum(people)::integer AS people, sum(active_people)::integer AS active_people, sum(groups)::integer AS groups
    FROM directory_tallies WHERE tenant_id = d.tenant_id AND directory_id = d.id) t
  WHERE d.tenant_id = $1`;

export class PostgresDirectoryStore extends DirectoryStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  add(
    tenantId: TenantId,
    directory: Directory,
    most: number,
    because: Happening,
  ): Promise<'added' | 'no-connection' | 'too-many'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      if (!(await hasConnection(transaction, directory.connectionId))) return 'no-connection';
      if ((await countDirectories(transaction)) >= most) return 'too-many';
      await insertDirectory(transaction, directory);
      await transaction.note(because, this.chance);
      return 'added';
    });
  }

  async find(tenantId: TenantId, id: DirectoryId): Promise<DirectoryOverview | undefined> {
    const rows = await rowsInTenant(this.database, tenantId, `${overviews} AND d.id = $2`, [tenantId, id]);
    return rows.map(readOverview)[0];
  }

  async list(tenantId: TenantId): Promise<DirectoryOverview[]> {
    const rows = await rowsInTenant(this.database, tenantId, `${overviews} ORDER BY d.id`, [tenantId]);
    return rows.map(readOverview);
  }

  change(
    tenantId: TenantId,
    id: DirectoryId,
    change: DirectoryChange,
    because: Happening,
  ): Promise<'changed' | 'no-connection' | 'absent'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      if (!(await hasConnection(transaction, change.connectionId ?? undefined))) return 'no-connection';
      if (!(await updateDirectory(transaction, id, change))) return 'absent';
      await transaction.note(because, this.chance);
      return 'changed';
    });
  }

  pause(
    tenantId: TenantId,
    id: DirectoryId,
    because: Happening,
  ): Promise<'changed' | 'so-before' | 'absent'> {
    return this.#setPaused(tenantId, id, because.at, because);
  }

  resume(
    tenantId: TenantId,
    id: DirectoryId,
    because: Happening,
  ): Promise<'changed' | 'so-before' | 'absent'> {
    return this.#setPaused(tenantId, id, undefined, because);
  }

  remove(tenantId: TenantId, id: DirectoryId, because: Happening): Promise<'removed' | 'absent'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const locking = 'SELECT id FROM directories WHERE tenant_id = $1 AND id = $2 FOR UPDATE';
      if (!(await transaction.row(locking, [tenantId, id]))) return 'absent';
      await forgetMarks(transaction, id);
      await transaction.rows('DELETE FROM directories WHERE tenant_id = $1 AND id = $2', [tenantId, id]);
      await transaction.note(because, this.chance);
      return 'removed';
    });
  }

  #setPaused(
    tenantId: TenantId,
    id: DirectoryId,
    at: Date | undefined,
    because: Happening,
  ): Promise<'changed' | 'so-before' | 'absent'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const key = [tenantId, id];
      const reading = 'SELECT paused_at FROM directories WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE';
      const row = await transaction.row(reading, key);
      if (!row) return 'absent';
      if ((row.optionalDate('paused_at') === undefined) === (at === undefined)) return 'so-before';
      const writing = 'UPDATE directories SET paused_at = $3 WHERE tenant_id = $1 AND id = $2';
      await transaction.rows(writing, [...key, at ?? null]);
      await transaction.note(because, this.chance);
      return 'changed';
    });
  }
}

// What the foreign key does not ask: whose it is, and whether it is deleted.
async function hasConnection(transaction: TenantTransaction, id: ConnectionId | undefined): Promise<boolean> {
  if (id === undefined) return true;
  const sql =
    'SELECT id FROM connections WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NULL FOR KEY SHARE';
  return (await transaction.row(sql, [transaction.tenantId, id])) !== undefined;
}

// The lock is on the set of them: a row that another call adds meanwhile could not be locked.
async function countDirectories(transaction: TenantTransaction): Promise<number> {
  const { tenantId } = transaction;
  await transaction.rows(`SELECT pg_advisory_xact_lock(hashtextextended('directories ' || $1, 0))`, [
    tenantId,
  ]);
  const sql = 'SELECT count(*)::integer AS count FROM directories WHERE tenant_id = $1';
  return (await transaction.row(sql, [tenantId]))?.integer('count') ?? 0;
}

async function insertDirectory(transaction: TenantTransaction, directory: Directory): Promise<void> {
  const { id, tenantId, name, defaultRole, pairing, connectionId, createdAt } = directory;
  await transaction.rows(
    `INSERT INTO directories (id, tenant_id, name, default_role, pairing, connection_id, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [id, tenantId, name, defaultRole, JSON.stringify(pairing), connectionId ?? null, createdAt],
  );
}

async function updateDirectory(
  transaction: TenantTransaction,
  id: DirectoryId,
  { name, defaultRole, pairing, connectionId }: DirectoryChange,
): Promise<boolean> {
  const row = await transaction.row(
    `UPDATE directories SET name = coalesce($3, name), default_role = coalesce($4, default_role),
       pairing = coalesce($5::jsonb, pairing), connection_id = CASE WHEN $6 THEN $7 ELSE connection_id END
     WHERE tenant_id = $1 AND id = $2 RETURNING id`,
    [
      ...[transaction.tenantId, id, name ?? null, defaultRole ?? null],
      ...[pairing ? JSON.stringify(pairing) : null, connectionId !== undefined, connectionId ?? null],
    ],
  );
  return row !== undefined;
}

// Nobody is left who could lift the suspension or take the role back: both stand as if given by hand.
async function forgetMarks(transaction: TenantTransaction, id: DirectoryId): Promise<void> {
  await transaction.rows(
    `UPDATE members SET suspended_by = NULLIF(suspended_by, $2),
       role_mapped_by = CASE WHEN role_mapped_by IN (SELECT id FROM directory_groups WHERE directory_id = $2)
         THEN NULL ELSE role_mapped_by END
     WHERE tenant_id = $1 AND (suspended_by = $2
       OR role_mapped_by IN (SELECT id FROM directory_groups WHERE directory_id = $2))`,
    [transaction.tenantId, id],
  );
}

function readOverview(row: Row): DirectoryOverview {
  const lastUsedAt = row.optionalDate('last_used_at');
  return {
    directory: readDirectory(row.object('directory')),
    people: row.integer('people'),
    activePeople: row.integer('active_people'),
    groups: row.integer('groups'),
    quarantined: row.integer('quarantined'),
    ...(lastUsedAt && { lastUsedAt }),
  };
}
