import type { TenantTransaction } from '../transaction';

/** How many members have single sign-on as their own setting. */
export async function countOnSso(transaction: TenantTransaction): Promise<number> {
  const row = await transaction.row(
    `SELECT count(*)::integer AS members FROM members WHERE tenant_id = $1 AND sso = 'sso'`,
    [transaction.tenantId],
  );
  return row?.integer('members') ?? 0;
}
