import {
  directoryPersonId,
  memberId,
  mostShownMoves,
  type DirectoryGroupId,
  type DirectoryId,
  type DirectoryPersonId,
  type RoleMove,
  type ShownMove,
} from '@gatehouse/core';
import type { TenantTransaction } from '../transaction';

type Asking = Pick<TenantTransaction, 'tenantId' | 'rows'>;

/**
 * Everybody in these groups, or whom a mapping concerns at all, locked in order of their IDs: also who is no member yet, and
 * may just become one by the mappings of before.
 */
export async function lockPeople(
  transaction: Asking,
  directoryId: DirectoryId,
  groups: readonly DirectoryGroupId[],
  everybody: boolean,
): Promise<DirectoryPersonId[]> {
  const rows = await transaction.rows(
    `SELECT p.id FROM directory_people p WHERE p.tenant_id = $1 AND p.directory_id = $2
       AND (p.id IN (SELECT person_id FROM directory_group_members WHERE group_id = ANY($3)) OR ($4 AND p.mapped_role IS NOT NULL))
     ORDER BY p.id FOR NO KEY UPDATE OF p`,
    [transaction.tenantId, directoryId, groups, everybody],
  );
  return rows.map((row) => row.id('id', directoryPersonId));
}

/** The first of them, as they are called. */
export async function showMoves(transaction: Asking, moves: readonly RoleMove[]): Promise<ShownMove[]> {
  const first = moves
    .toSorted((one, other) => (one.memberId < other.memberId ? -1 : 1))
    .slice(0, mostShownMoves);
  const rows = await transaction.rows(
    `SELECT m.id, u.email, u.name FROM members m JOIN users u ON u.id = m.user_id
     WHERE m.tenant_id = $1 AND m.id = ANY($2)`,
    [transaction.tenantId, first.map(({ memberId: id }) => id)],
  );
  const people = new Map(
    rows.map((row) => [row.id('id', memberId), { email: row.text('email'), name: row.optionalText('name') }]),
  );
  return first.flatMap((move) => {
    const { email, name } = people.get(move.memberId) ?? {};
    return email === undefined ? [] : [{ ...move, email, ...(name !== undefined && { name }) }];
  });
}
