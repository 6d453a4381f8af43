import {
  directoryPersonId,
  exceedsRemovals,
  removalsAlwaysAllowed,
  removalWindowMs,
  type RemovalTally,
} from '@gatehouse/core';
import type { TenantTransaction } from '../transaction';
import type { PersonChange } from './settlement';

// What came before an owner approved what was held is behind us: the owner looked at it.
const recent = `SELECT count(*) FILTER (WHERE standing <> 'held')::integer AS ended,
    count(*) FILTER (WHERE standing = 'held')::integer AS held,
    (SELECT sum(admitted_people)::integer FROM directory_tallies WHERE tenant_id = $1 AND directory_id = $2) AS admitted
  FROM directory_people WHERE tenant_id = $1 AND directory_id = $2 AND access_ended_at > (
    SELECT greatest(max(h.decided_at), $3) FROM removal_holds h
    WHERE h.tenant_id = $1 AND h.directory_id = $2 AND h.reason = 'too-many' AND h.decision = 'approved')`;

const newcomers = `SELECT count(*)::integer AS newcomers FROM directory_people
  WHERE tenant_id = $1 AND directory_id = $2 AND id >= $3 AND deleted_at IS NULL AND standing IN ('admitted', 'held')`;

/** More removals of one directory are never under way at once: where as many would be allowed, nobody waits for another. */
const mostUnderWay = 50;

/**
 * Whether one more removal by this directory is too many for an hour (SCM-8). Where it may be, no other removal is counted until
 * the end of the transaction: two must not each be the last that is allowed.
 */
export async function exceedsGuard(
  transaction: TenantTransaction,
  { directory, at }: PersonChange,
): Promise<boolean> {
  const ids = [transaction.tenantId, directory.id];
  const begin = new Date(at.getTime() - removalWindowMs);
  const seen = await readTally(transaction, ids, begin);
  const many = { ...seen, held: seen.held + mostUnderWay };
  if (!exceedsRemovals(await withNewcomers(transaction, ids, many, begin))) return false;
  // In slot 0 nobody counts: who comes and goes meanwhile does not wait.
  const [, known] = await Promise.all([
    transaction.rows(
      'SELECT FROM directory_tallies WHERE tenant_id = $1 AND directory_id = $2 AND slot = 0 FOR NO KEY UPDATE',
      ids,
    ),
    readTally(transaction, ids, begin),
  ]);
  if (known.ended + known.held < removalsAlwaysAllowed) return false;
  return exceedsRemovals(await withNewcomers(transaction, ids, known, begin));
}

type CountedTally = Omit<RemovalTally, 'newcomers'>;

async function readTally(
  transaction: TenantTransaction,
  ids: readonly string[],
  begin: Date,
): Promise<CountedTally> {
  const row = await transaction.row(recent, [...ids, begin]);
  const count = (name: string): number => row?.integer(name) ?? 0;
  return { admitted: count('admitted'), ended: count('ended'), held: count('held') };
}

/** Counted last, and only where it may decide: after a first synchronisation they are all of the directory. */
async function withNewcomers(
  transaction: TenantTransaction,
  ids: readonly string[],
  tally: CountedTally,
  begin: Date,
): Promise<RemovalTally> {
  if (exceedsRemovals({ ...tally, newcomers: 0 })) return { ...tally, newcomers: 0 };
  const first = directoryPersonId.create(begin, { bytes: (count) => new Uint8Array(count) });
  const row = await transaction.row(newcomers, [...ids, first]);
  return { ...tally, newcomers: row?.integer('newcomers') ?? 0 };
}
