import type { ProvisionedProfile } from '@gatehouse/core';
import type { TenantTransaction } from '../../transaction';
import { provisionedColumns } from '../provisioned-person.row';
import { settlePerson } from '../settle-person';
import type { ResourceWrite } from './resource-scope';
import { absent, readLockedPerson, refuseOtherVersion } from './person-row';
import type { Written } from './write-resource';

const locking = `SELECT ${provisionedColumns}, p.version, '{}'::jsonb AS document FROM directory_people p
  WHERE p.tenant_id = $1 AND p.directory_id = $2 AND p.id = $3 AND p.deleted_at IS NULL FOR NO KEY UPDATE OF p`;

/** Takes a person out of the directory and its groups. The row stays, by which who comes back is known (SCM-9). */
export async function deletePerson(
  transaction: TenantTransaction,
  write: ResourceWrite,
  { id, wanted }: { readonly id: string; readonly wanted: number | undefined },
): Promise<Written<undefined>> {
  const { directory, at, actor, chance, keyRing } = write;
  await leaveGroups(transaction, write, id);
  const row = await transaction.row(locking, [directory.tenantId, directory.id, id]);
  if (!row) throw absent('User', id);
  const { person: before, version } = readLockedPerson(row);
  refuseOtherVersion(version, wanted);
  await markDeleted(transaction, write, id);
  const after: ProvisionedProfile = before;
  const change = { directory, id: before.id, before, after, deleted: true, at, actor, chance, keyRing };
  return { outcome: undefined, happenings: await settlePerson(transaction, change) };
}

// Groups are locked before people, as whoever changes a group does.
const leaving = `WITH left_groups AS MATERIALIZED (
    SELECT g.id FROM directory_groups g
    WHERE g.tenant_id = $1 AND g.directory_id = $2
      AND g.id IN (SELECT x.group_id FROM directory_group_members x WHERE x.person_id = $3)
    ORDER BY g.id FOR NO KEY UPDATE OF g)
  UPDATE directory_groups g SET version = g.version + 1, updated_at = $4 FROM left_groups l WHERE g.id = l.id`;

async function leaveGroups(
  transaction: TenantTransaction,
  { directory: { tenantId, id: directoryId }, at }: ResourceWrite,
  id: string,
): Promise<void> {
  await transaction.rows(leaving, [tenantId, directoryId, id, at]);
}

async function markDeleted(
  transaction: TenantTransaction,
  { directory: { tenantId }, at }: ResourceWrite,
  id: string,
): Promise<void> {
  await Promise.all([
    transaction.rows('DELETE FROM directory_group_members WHERE tenant_id = $1 AND person_id = $2', [
      tenantId,
      id,
    ]),
    // What nobody may read any more is not kept: who comes back is written anew.
    transaction.rows(
      `UPDATE directory_people SET deleted_at = $3, updated_at = $3, version = version + 1, document = '{}'
       WHERE tenant_id = $1 AND id = $2`,
      [tenantId, id, at],
    ),
  ]);
}
