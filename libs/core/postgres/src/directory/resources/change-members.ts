import type { DirectoryGroupId } from '@gatehouse/core';
import { matchesValue, type Filter, type Json, type MemberChange } from '@gatehouse/scim';
import type { TenantTransaction } from '../../transaction';
import type { ResourceWrite } from './resource-scope';
import { findWritten } from './find-resource';
import {
  lacking,
  membersOf,
  moveMembers,
  together,
  type MembersMoved,
  type WantedMoves,
} from './group-members';
import { groupTable } from './resource-table';
import { objectsIn } from './stored-json';

const nobody: MembersMoved = { added: [], removed: [] };

/** Carries out changes of members in their order. Who is there is read only where a change does not name whom it is about. */
export async function changeMembers(
  transaction: TenantTransaction,
  write: ResourceWrite,
  groupId: DirectoryGroupId,
  changes: readonly MemberChange[],
): Promise<MembersMoved> {
  let moved = nobody;
  for (const change of changes) {
    const wanted = await wantedBy(transaction, write, groupId, change);
    moved = together(moved, await moveMembers(transaction, write, groupId, wanted));
  }
  return moved;
}

async function wantedBy(
  transaction: TenantTransaction,
  write: ResourceWrite,
  groupId: DirectoryGroupId,
  change: MemberChange,
): Promise<WantedMoves> {
  switch (change.kind) {
    case 'add':
      return { add: change.ids, remove: [] };
    case 'remove':
      return { add: [], remove: change.ids };
    case 'remove-where':
      return { add: [], remove: await chosenBy(transaction, write, groupId, change.filter) };
    case 'remove-all':
      return { add: [], remove: await membersOf(transaction, groupId) };
    case 'replace': {
      const current = await membersOf(transaction, groupId);
      return { add: lacking<string>(change.ids, current), remove: lacking<string>(current, change.ids) };
    }
  }
}

async function chosenBy(
  transaction: TenantTransaction,
  write: ResourceWrite,
  groupId: DirectoryGroupId,
  filter: Filter,
): Promise<string[]> {
  const { content } = await findWritten(transaction, groupTable, write, groupId);
  const members = objectsIn(content[groupTable.part.attribute]);
  return members
    .filter((each) => matchesValue(filter, each))
    .flatMap(({ value }) => value ?? [])
    .filter(isText);
}

function isText(value: Json): value is string {
  return typeof value === 'string';
}
