import type { TenantTransaction } from '../transaction';
import type { PersonChange, Settled } from './settlement';

/** What a row says of its standing; `standingValues` has them in this order. */
export const standingColumns = 'standing, quarantined_for, held_by, user_id, member_id, brought';

export function standingValues({ standing, user, memberId, brought, ...waiting }: Settled): unknown[] {
  const { quarantinedFor = null, heldBy = null } = waiting;
  return [standing, quarantinedFor, heldBy, user?.id ?? null, memberId ?? null, brought];
}

/** When this write took the access, which the row then says; what an owner decided on is counted no more, nor who is back. */
export function endOfAccess(
  { waited, at }: PersonChange,
  { standing, counts }: Settled,
): { readonly forgotten: boolean; readonly endedAt: Date | null } {
  const forgotten = standing === 'admitted' || standing === 'quarantined' || waited !== undefined;
  return { forgotten, endedAt: counts === true && !forgotten ? at : null };
}

/** Into the row, unless it says all of it already. */
export async function writeStanding(
  transaction: TenantTransaction,
  change: PersonChange,
  settled: Settled,
): Promise<void> {
  if (isSettledSo(change, settled)) return;
  const { forgotten, endedAt } = endOfAccess(change, settled);
  await transaction.rows(
    `UPDATE directory_people SET (${standingColumns}) = ($3, $4, $5, $6, $7, $8),
       access_ended_at = CASE WHEN $9 THEN NULL ELSE coalesce($10, access_ended_at) END
     WHERE tenant_id = $1 AND id = $2`,
    [transaction.tenantId, change.id, ...standingValues(settled), forgotten, endedAt],
  );
}

function isSettledSo({ before }: PersonChange, settled: Settled): boolean {
  return (
    before !== undefined &&
    before.standing === settled.standing &&
    before.quarantinedFor === settled.quarantinedFor &&
    before.heldBy === settled.heldBy &&
    before.userId === settled.user?.id &&
    before.memberId === settled.memberId &&
    before.brought === settled.brought
  );
}
