import { directoryGroupId } from '@gatehouse/core';
import { memberIds, ScimError, type Content, type StoredResource } from '@gatehouse/scim';
import type { TenantTransaction } from '../../transaction';
import type { ResourceWrite } from './resource-scope';
import { findWritten } from './find-resource';
import { ofGroup, ofMembers } from './group-happenings';
import { moveMembers } from './group-members';
import { groupColumns, groupValues, readGroupContent } from './group-row';
import { groupTable } from './resource-table';
import type { Written } from './write-resource';

const inserting = `INSERT INTO directory_groups (id, tenant_id, directory_id, created_at, updated_at, version, ${groupColumns})
  VALUES ($1, $2, $3, $4, $4, 1, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING id`;

/** Adds a group, of which no mapping says anything yet. */
export async function createGroup(
  transaction: TenantTransaction,
  write: ResourceWrite,
  content: Content,
): Promise<Written<StoredResource>> {
  const { directory, at, chance } = write;
  const wanted = readGroupContent(content);
  const id = directoryGroupId.create(at, chance);
  const values = [id, directory.tenantId, directory.id, at, ...groupValues(wanted)];
  if (!(await transaction.row(inserting, values))) throw nameTaken();
  const moved = await moveMembers(transaction, write, id, { add: memberIds(content), remove: [] });
  const outcome = await findWritten(transaction, groupTable, write, id);
  const created = ofGroup(write, 'provisioned_group.created', id, { after: { name: wanted.displayName } });
  return { outcome, happenings: [created, ...ofMembers(write, id, moved)] };
}

function nameTaken(): ScimError {
  const detail =
    'There is a Group with this displayName in this directory. Find it by a filter, and change it.';
  return new ScimError(409, detail, 'uniqueness');
}
