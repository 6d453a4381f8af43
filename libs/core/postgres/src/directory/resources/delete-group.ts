import { roleMappingId, type Happening } from '@gatehouse/core';
import type { TenantTransaction } from '../../transaction';
import type { ResourceWrite } from './resource-scope';
import { giveRoles } from './change-group';
import { ofGroup } from './group-happenings';
import { membersOf, moveMembers } from './group-members';
import type { LockedGroup } from './group-row';
import { lockGroup } from './lock-group';
import type { Written } from './write-resource';

/** Takes a group away with its mapping: its people have the roles that other groups give them. */
export async function deleteGroup(
  transaction: TenantTransaction,
  write: ResourceWrite,
  { id, wanted }: { readonly id: string; readonly wanted: number | undefined },
): Promise<Written<undefined>> {
  const group = await lockGroup(transaction, write, { id, wanted, goes: true });
  const remove = await membersOf(transaction, group.id);
  const moved = await moveMembers(transaction, write, group.id, { add: [], remove });
  const unmapped = await endMapping(transaction, write, group);
  const roles = await giveRoles(transaction, write, moved);
  const sql = 'DELETE FROM directory_groups WHERE tenant_id = $1 AND id = $2';
  await transaction.rows(sql, [write.directory.tenantId, id]);
  const before = { name: group.displayName, members: remove.length };
  const deleted = ofGroup(write, 'provisioned_group.deleted', group.id, { before });
  return { outcome: undefined, happenings: [deleted, ...unmapped, ...roles] };
}

async function endMapping(
  transaction: TenantTransaction,
  { directory: { tenantId, id: directoryId }, at, actor }: ResourceWrite,
  { id: groupId }: LockedGroup,
): Promise<Happening[]> {
  const sql = `DELETE FROM role_mappings WHERE tenant_id = $1 AND group_id = $2 RETURNING id, role, priority`;
  const rows = await transaction.rows(sql, [tenantId, groupId]);
  return rows.map((row) => ({
    ...{ type: 'role_mapping.deleted', tenantId, at, actor, subject: row.id('id', roleMappingId) },
    before: { groupId, role: row.text('role'), priority: row.integer('priority') },
    data: { directoryId },
  }));
}
