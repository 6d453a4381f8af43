import type { TenantTransaction } from '../transaction';
import type { PersonChange, Settled } from './settlement';

/** Into the row, unless it says all of it already. */
export async function writeStanding(
  transaction: TenantTransaction,
  change: PersonChange,
  settled: Settled,
): Promise<void> {
  if (isSettledSo(change, settled)) return;
  const { standing, quarantinedFor, heldBy, user, memberId, brought, counts } = settled;
  // What an owner decided on is counted no more, nor who is back.
  const forgotten = standing === 'admitted' || standing === 'quarantined' || change.waited !== undefined;
  await transaction.rows(
    `UPDATE directory_people SET standing = $3, quarantined_for = $4, held_by = $5, user_id = $6, member_id = $7,
       brought = $8, access_ended_at = CASE WHEN $9 THEN NULL ELSE coalesce($10, access_ended_at) END
     WHERE tenant_id = $1 AND id = $2`,
    [
      ...[transaction.tenantId, change.id, standing, quarantinedFor ?? null, heldBy ?? null],
      ...[user?.id ?? null, memberId ?? null, brought, forgotten, counts === true ? change.at : null],
    ],
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
