import type { TenantTransaction } from '../../transaction';
import type { ResourceWrite } from './resource-scope';
import { readLockedGroup, type LockedGroup } from './group-row';
import { absent, refuseOtherVersion } from './person-row';

const locking = `SELECT id, version, display_name, document FROM directory_groups
  WHERE tenant_id = $1 AND directory_id = $2 AND id = $3`;

/** Groups before people, people before the rows that put them into groups: whoever writes locks in this order. */
export async function lockGroup(
  transaction: TenantTransaction,
  { directory }: ResourceWrite,
  {
    id,
    wanted,
    goes = false,
  }: { readonly id: string; readonly wanted: number | undefined; readonly goes?: boolean },
): Promise<LockedGroup> {
  const lock = goes ? 'FOR UPDATE' : 'FOR NO KEY UPDATE';
  const row = await transaction.row(`${locking} ${lock}`, [directory.tenantId, directory.id, id]);
  if (!row) throw absent('Group', id);
  const group = readLockedGroup(row);
  refuseOtherVersion(group.version, wanted);
  return group;
}
