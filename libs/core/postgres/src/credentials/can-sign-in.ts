import type { UserId } from '@gatehouse/core';
import type { TenantTransaction } from '../transaction';

/** Whether the user `u` set anything up to sign in with. */
export const anything = `EXISTS (SELECT FROM passwords p WHERE p.user_id = u.id)
  OR EXISTS (SELECT FROM passkeys k WHERE k.user_id = u.id)
  OR EXISTS (SELECT FROM totp_secrets s WHERE s.user_id = u.id AND s.confirmed_at IS NOT NULL)`;

export async function canSignIn(transaction: TenantTransaction, user: UserId): Promise<boolean> {
  const row = await transaction.row(`SELECT ${anything} AS able FROM users u WHERE u.id = $1`, [user]);
  return row?.flag('able') ?? false;
}

/** For what knows an address only; nobody can sign in by one that is unknown. */
export const addressCanSignIn = `SELECT ${anything} AS able FROM users u WHERE u.email_key = $1`;
