import {
  applyPatch,
  groupType,
  memberIds,
  planMembers,
  type Change,
  type Content,
  type MemberChange,
  type StoredResource,
} from '@gatehouse/scim';
import type { Happening } from '@gatehouse/core';
import type { TenantTransaction } from '../../transaction';
import { applyMappedRoles } from '../apply-mapped-roles';
import type { ResourceWrite } from './resource-scope';
import { changeMembers } from './change-members';
import type { WantedChange } from './change-person';
import { findWritten } from './find-resource';
import { ofGroup, ofMembers } from './group-happenings';
import type { MembersMoved } from './group-members';
import { groupColumns, groupValues, readGroupContent, type LockedGroup } from './group-row';
import { lockGroup } from './lock-group';
import { groupTable } from './resource-table';
import type { Written } from './write-resource';

interface Plan {
  readonly members: readonly MemberChange[];
  readonly content: Content;
}

/** Replaces or patches a group, and gives those who moved the roles that follow. A patch costs what it changes, and no more. */
export async function changeGroup(
  transaction: TenantTransaction,
  write: ResourceWrite,
  { id, change, wanted }: WantedChange,
): Promise<Written<StoredResource | undefined>> {
  const group = await lockGroup(transaction, write, { id, wanted });
  const { members, content } = planned(change, group);
  const moved = await changeMembers(transaction, write, group.id, members);
  const renamed = await updateGroup(transaction, write, group, { content, moved });
  const roles = await giveRoles(transaction, write, moved);
  return {
    outcome: change.kind === 'patch' ? undefined : await findWritten(transaction, groupTable, write, id),
    happenings: [...renamed, ...ofMembers(write, group.id, moved), ...roles],
  };
}

function planned(change: Change, { document }: LockedGroup): Plan {
  if (change.kind === 'replace')
    return { members: [{ kind: 'replace', ids: memberIds(change.content) }], content: change.content };
  const { members, rest } = planMembers(change.operations);
  return { members, content: applyPatch(document, rest, groupType) };
}

// A resource that stays as it is keeps its version and its time (RFC 7644 3.5.2).
const updating = `UPDATE directory_groups
  SET (${groupColumns}) = ($3, $4, $5, $6), version = version + 1, updated_at = $7
  WHERE tenant_id = $1 AND id = $2 AND (document <> $6::jsonb OR $8) RETURNING document = $9::jsonb AS same`;

async function updateGroup(
  transaction: TenantTransaction,
  write: ResourceWrite,
  { id, displayName, document }: LockedGroup,
  { content, moved }: { readonly content: Content; readonly moved: MembersMoved },
): Promise<Happening[]> {
  const wanted = readGroupContent(content);
  const someMoved = moved.added.length + moved.removed.length > 0;
  const written = await transaction.row(updating, [
    ...[write.directory.tenantId, id, ...groupValues(wanted)],
    ...[write.at, someMoved, JSON.stringify(document)],
  ]);
  if (!written || written.flag('same')) return [];
  const [before, after] = [{ name: displayName }, { name: wanted.displayName }];
  return [ofGroup(write, 'provisioned_group.updated', id, { before, after })];
}

export function giveRoles(
  transaction: TenantTransaction,
  { directory: { id: directoryId }, at, actor }: ResourceWrite,
  { added, removed }: MembersMoved,
): Promise<Happening[]> {
  return applyMappedRoles(transaction, { directoryId, people: [...added, ...removed], at, actor });
}
