import type { DirectoryId, Member, NotChanged, Role, SeenMember } from '@gatehouse/core';
import type { TenantTransaction } from '../transaction';
import { readMember } from './member.row';

/** Whether the member will act as an owner afterwards, as one who is one already does. */
type Afterwards = 'owner-stays' | 'owner-goes';

/** The member as it is, whom nobody else changes until the end of the transaction; or why it is not to be changed. */
export async function lockSeen(
  transaction: TenantTransaction,
  seen: SeenMember,
  afterwards: Afterwards,
): Promise<Member | NotChanged> {
  // Who is no owner changes nothing about who the owners are: such members need not wait for one another.
  if (seen.role === 'owner') await lockOwners(transaction);
  const row = await transaction.row('SELECT * FROM members WHERE tenant_id = $1 AND id = $2 FOR UPDATE', [
    transaction.tenantId,
    seen.id,
  ]);
  if (!row) return 'absent';
  const member = readMember(row);
  if (member.role !== seen.role) return 'meanwhile';
  const goes = member.role === 'owner' && afterwards === 'owner-goes';
  return goes && !(await anotherOwner(transaction, seen)) ? 'last-owner' : member;
}

/**
 * An owner keeps a way in without single sign-on, so that who becomes one is no longer set to it (ENF-4). What a person gives is
 * no group's any more (SCM-4).
 */
export async function writeRole(
  transaction: TenantTransaction,
  { id }: SeenMember,
  role: Role,
): Promise<void> {
  await transaction.rows(
    `UPDATE members SET role = $3, role_mapped_by = NULL, sso = CASE WHEN $3 = 'owner' AND sso = 'sso' THEN 'inherit' ELSE sso END
     WHERE tenant_id = $1 AND id = $2`,
    [transaction.tenantId, id, role],
  );
}

/** `by`: the directory that ordered it, and may take it back. What a person orders is the person's from then on. */
export async function writeSuspension(
  transaction: TenantTransaction,
  { id }: SeenMember,
  since: Date | null,
  by: DirectoryId | null = null,
): Promise<void> {
  await transaction.rows(
    'UPDATE members SET suspended_at = $3, suspended_by = $4 WHERE tenant_id = $1 AND id = $2',
    [transaction.tenantId, id, since, by],
  );
}

// The tenant's row stands for its set of owners: two demotions of different owners must not each see the other.
async function lockOwners(transaction: TenantTransaction): Promise<void> {
  await transaction.rows('SELECT id FROM tenants WHERE id = $1 FOR NO KEY UPDATE', [transaction.tenantId]);
}

async function anotherOwner(transaction: TenantTransaction, { id }: SeenMember): Promise<boolean> {
  const other = await transaction.row(
    `SELECT id FROM members WHERE tenant_id = $1 AND id <> $2 AND role = 'owner' AND suspended_at IS NULL LIMIT 1`,
    [transaction.tenantId, id],
  );
  return other !== undefined;
}
