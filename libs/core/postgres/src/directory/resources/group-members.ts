import { directoryPersonId, type DirectoryGroupId, type DirectoryPersonId } from '@gatehouse/core';
import { ScimError } from '@gatehouse/scim';
import type { Row } from '../../row';
import type { TenantTransaction } from '../../transaction';
import type { ResourceWrite } from './resource-scope';

/** Who came into a group, and who went. */
export interface MembersMoved {
  readonly added: readonly DirectoryPersonId[];
  readonly removed: readonly DirectoryPersonId[];
}

export interface WantedMoves {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

export async function membersOf(
  transaction: TenantTransaction,
  groupId: DirectoryGroupId,
): Promise<DirectoryPersonId[]> {
  const sql = 'SELECT person_id FROM directory_group_members WHERE tenant_id = $1 AND group_id = $2';
  return (await transaction.rows(sql, [transaction.tenantId, groupId])).map(readPersonId);
}

// Not FOR UPDATE, which would wait for whoever just puts these people into other groups.
const locking = `SELECT id AS person_id, deleted_at IS NULL AS present FROM directory_people
  WHERE tenant_id = $1 AND directory_id = $2 AND id = ANY($3) ORDER BY id FOR NO KEY UPDATE`;

const removing = `DELETE FROM directory_group_members WHERE tenant_id = $1 AND group_id = $2 AND person_id = ANY($3)
  RETURNING person_id`;

const adding = `INSERT INTO directory_group_members (tenant_id, directory_id, group_id, person_id)
  SELECT $1, $2, $3, wanted FROM unnest($4::text[]) AS w (wanted) ON CONFLICT DO NOTHING RETURNING person_id`;

/**
 * Puts people into a locked group and takes others out of it. Refuses who is nobody of this directory; who is in it, or out of
 * it, already is no change.
 */
export async function moveMembers(
  transaction: TenantTransaction,
  { directory: { tenantId, id: directoryId } }: Pick<ResourceWrite, 'directory'>,
  groupId: DirectoryGroupId,
  { add, remove }: WantedMoves,
): Promise<MembersMoved> {
  if (add.length + remove.length === 0) return { added: [], removed: [] };
  const known = await transaction.rows(locking, [tenantId, directoryId, [...add, ...remove]]);
  refuseUnknown(add, known);
  const [removed, added] = await Promise.all([
    transaction.rows(removing, [tenantId, groupId, remove]),
    transaction.rows(adding, [tenantId, directoryId, groupId, add]),
  ]);
  return { added: added.map(readPersonId), removed: removed.map(readPersonId) };
}

function refuseUnknown(wanted: readonly string[], known: readonly Row[]): void {
  const present = new Set(known.filter((row) => row.flag('present')).map((row) => row.text('person_id')));
  const unknown = wanted.find((id) => !present.has(id));
  if (unknown === undefined) return;
  const detail = `There is no User ${unknown.slice(0, 64)} in this directory. Create a User before it becomes a member.`;
  throw new ScimError(400, detail, 'invalidValue');
}

/** What two moves, one after the other, come to. */
export function together(first: MembersMoved, then: MembersMoved): MembersMoved {
  return {
    added: [...lacking(first.added, then.removed), ...lacking(then.added, first.removed)],
    removed: [...lacking(first.removed, then.added), ...lacking(then.removed, first.added)],
  };
}

/** Those of the first who are not among the others. */
export function lacking<T>(first: readonly T[], others: readonly T[]): T[] {
  const known = new Set(others);
  return first.filter((each) => !known.has(each));
}

function readPersonId(row: Row): DirectoryPersonId {
  return row.id('person_id', directoryPersonId);
}
