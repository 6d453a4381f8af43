import type { Happening } from '@gatehouse/core';
import type { TenantTransaction } from '../../transaction';
import { settlePerson } from '../settle-person';
import type { PersonChange, Settled } from '../settlement';
import { lookAtPerson } from '../standing-facts';
import { endOfAccess, standingColumns, standingValues, writeStanding } from '../write-standing';
import type { ResourceWrite } from './resource-scope';
import { writtenColumns, writtenValues, type LockedPerson, type PersonContent } from './person-row';

/** Writes a locked person, and settles what that means. `version`: where anything was written. */
export async function updatePerson(
  transaction: TenantTransaction,
  { directory, at, actor, chance, keyRing }: ResourceWrite,
  { person: before, version }: LockedPerson,
  content: PersonContent,
): Promise<{ readonly version?: number; readonly happenings: readonly Happening[] }> {
  const after = content.profile;
  const change = { directory, id: before.id, before, after, deleted: false, at, actor, chance, keyRing };
  const firstLook = lookAtPerson(transaction, change);
  // Neither waits for the other's answer.
  const [differs] = await Promise.all([saysSomethingNew(transaction, change, content), firstLook]);
  // Who is kept out is looked at again whenever the directory repeats itself.
  if (!differs && before.standing !== 'quarantined') return { happenings: [] };
  const write = (settled: Settled) =>
    differs ? updateRow(transaction, change, content, settled) : writeStanding(transaction, change, settled);
  const happenings = await settlePerson(transaction, change, { firstLook, write });
  return { ...(differs && { version: version + 1 }), happenings };
}

const comparing = `SELECT document <> $3::jsonb OR deleted_at IS NOT NULL AS differs FROM directory_people
  WHERE tenant_id = $1 AND id = $2`;

// A resource that stays as it is keeps its version and its time (RFC 7644 3.5.2).
async function saysSomethingNew(
  transaction: TenantTransaction,
  { id }: PersonChange,
  { document }: PersonContent,
): Promise<boolean> {
  const row = await transaction.row(comparing, [transaction.tenantId, id, JSON.stringify(document)]);
  return row?.flag('differs') ?? true;
}

const updating = `UPDATE directory_people
  SET (${writtenColumns}) = ($3, $4, $5, $6, $7, $8, $9, $10, $11), version = version + 1, updated_at = $12, deleted_at = NULL,
    (${standingColumns}) = ($13, $14, $15, $16, $17, $18),
    access_ended_at = CASE WHEN $19 THEN NULL ELSE coalesce($20, access_ended_at) END
  WHERE tenant_id = $1 AND id = $2`;

async function updateRow(
  transaction: TenantTransaction,
  change: PersonChange,
  content: PersonContent,
  settled: Settled,
): Promise<void> {
  const { forgotten, endedAt } = endOfAccess(change, settled);
  await transaction.rows(updating, [
    ...[transaction.tenantId, change.id, ...writtenValues(content), change.at],
    ...[...standingValues(settled), forgotten, endedAt],
  ]);
}
