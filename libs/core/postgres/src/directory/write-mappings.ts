import type { DirectoryGroupId, DirectoryId, RoleMapping } from '@gatehouse/core';
import type { TenantTransaction } from '../transaction';

type Writing = Pick<TenantTransaction, 'tenantId' | 'rows' | 'row'>;

/** Nobody else changes mappings of this directory until the end of the transaction; false where there is no such directory. */
export async function lockDirectory(transaction: Writing, id: DirectoryId): Promise<boolean> {
  const sql = 'SELECT id FROM directories WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE';
  return (await transaction.row(sql, [transaction.tenantId, id])) !== undefined;
}

/**
 * Nobody joins or leaves these groups until the end of the transaction: who did so meanwhile would be given a role by the
 * mappings of before. False where the directory has not all of them.
 */
export async function lockGroups(
  transaction: Writing,
  directoryId: DirectoryId,
  ids: readonly DirectoryGroupId[],
): Promise<boolean> {
  const found = await transaction.rows(
    `SELECT id FROM directory_groups WHERE tenant_id = $1 AND directory_id = $2 AND id = ANY($3) ORDER BY id FOR UPDATE`,
    [transaction.tenantId, directoryId, ids],
  );
  return found.length === ids.length;
}

/** Makes the mappings these. */
export async function writeMappings(
  transaction: Writing,
  directoryId: DirectoryId,
  mappings: readonly RoleMapping[],
): Promise<void> {
  await transaction.rows(
    'DELETE FROM role_mappings WHERE tenant_id = $1 AND directory_id = $2 AND NOT id = ANY($3)',
    [transaction.tenantId, directoryId, mappings.map(({ id }) => id)],
  );
  await transaction.rows(
    `INSERT INTO role_mappings (id, tenant_id, directory_id, group_id, role, priority, created_at, created_by)
     SELECT w.id, $1, $2, w.group_id, w.role, w.priority, w.created_at, w.created_by::jsonb
     FROM unnest($3::text[], $4::text[], $5::text[], $6::integer[], $7::timestamptz[], $8::text[])
       AS w (id, group_id, role, priority, created_at, created_by)
     ON CONFLICT (id) DO UPDATE SET role = excluded.role, priority = excluded.priority
       WHERE (role_mappings.role, role_mappings.priority) IS DISTINCT FROM (excluded.role, excluded.priority)`,
    [
      ...[transaction.tenantId, directoryId],
      mappings.map(({ id }) => id),
      mappings.map(({ groupId }) => groupId),
      mappings.map(({ role }) => role),
      mappings.map(({ priority }) => priority),
      mappings.map(({ createdAt }) => createdAt.toISOString()),
      mappings.map(({ createdBy }) => JSON.stringify(createdBy)),
    ],
  );
}
