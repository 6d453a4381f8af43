import type { Happening } from '@gatehouse/core';
import type { TenantTransaction } from '../../transaction';
import { settlePerson } from '../settle-person';
import { lookAtPerson } from '../standing-facts';
import type { ResourceWrite } from './access';
import { writtenColumns, writtenValues, type LockedPerson, type PersonContent } from './person-row';

// A resource that stays as it is keeps its version and its time (RFC 7644 3.5.2).
const updating = `UPDATE directory_people
  SET (${writtenColumns}) = ($3, $4, $5, $6, $7, $8, $9, $10, $11), version = version + 1, updated_at = $12, deleted_at = NULL
  WHERE tenant_id = $1 AND id = $2 AND (document <> $10::jsonb OR deleted_at IS NOT NULL) RETURNING version`;

/** Writes a locked person, and settles what that means. `version`: where anything was written. */
export async function updatePerson(
  transaction: TenantTransaction,
  { directory, at, actor, chance, keyRing }: ResourceWrite,
  { person: before }: LockedPerson,
  content: PersonContent,
): Promise<{ readonly version?: number; readonly happenings: readonly Happening[] }> {
  const values = [directory.tenantId, before.id, ...writtenValues(content), at];
  const after = content.profile;
  const change = { directory, id: before.id, before, after, deleted: false, at, actor, chance, keyRing };
  // Neither waits for the other's answer.
  const [written, situation] = await Promise.all([
    transaction.row(updating, values),
    lookAtPerson(transaction, change),
  ]);
  const version = written?.integer('version');
  // Who is kept out is looked at again whenever the directory repeats itself.
  if (version === undefined && before.standing !== 'quarantined') return { happenings: [] };
  const happenings = await settlePerson(transaction, change, Promise.resolve(situation));
  return { ...(version !== undefined && { version }), happenings };
}
