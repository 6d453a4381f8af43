import { emailKey, type User } from '@gatehouse/core';
import type { TenantTransaction } from '../transaction';

/** Whether somebody removed this person from the tenant, and nobody let the person in again since (TEN-11). */
export async function wasRemoved(
  transaction: TenantTransaction,
  { id, email }: Pick<User, 'id' | 'email'>,
): Promise<boolean> {
  const row = await transaction.row(
    'SELECT id FROM removed_members WHERE tenant_id = $1 AND (user_id = $2 OR email_key = $3) LIMIT 1',
    [transaction.tenantId, id, emailKey(email)],
  );
  return row !== undefined;
}
