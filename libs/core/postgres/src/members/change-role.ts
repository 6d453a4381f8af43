import type { MemberId, Role } from '@gatehouse/core';
import type { TenantTransaction } from '../transaction';
import { readMember } from './member.row';

/** Within the transaction: changes the role unless nobody who can act as owner would be left. */
export async function changeRole(
  transaction: TenantTransaction,
  id: MemberId,
  role: Role,
): Promise<'changed' | 'last-owner' | 'absent'> {
  await lockOwners(transaction);
  const row = await transaction.row('SELECT * FROM members WHERE tenant_id = $1 AND id = $2', [
    transaction.tenantId,
    id,
  ]);
  if (!row) return 'absent';
  if (readMember(row).role === 'owner' && role !== 'owner' && !(await anotherOwner(transaction, id)))
    return 'last-owner';
  await transaction.rows('UPDATE members SET role = $3 WHERE tenant_id = $1 AND id = $2', [
    transaction.tenantId,
    id,
    role,
  ]);
  return 'changed';
}

// The tenant's row stands for its set of owners: two demotions of different owners must not each see the other.
async function lockOwners(transaction: TenantTransaction): Promise<void> {
  await transaction.rows('SELECT id FROM tenants WHERE id = $1 FOR NO KEY UPDATE', [transaction.tenantId]);
}

async function anotherOwner(transaction: TenantTransaction, id: MemberId): Promise<boolean> {
  const other = await transaction.row(
    `SELECT id FROM members WHERE tenant_id = $1 AND id <> $2 AND role = 'owner' AND suspended_at IS NULL LIMIT 1`,
    [transaction.tenantId, id],
  );
  return other !== undefined;
}
