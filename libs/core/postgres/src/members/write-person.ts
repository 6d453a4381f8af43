import { emailKey, type Member, type User } from '@gatehouse/core';
import type { TenantTransaction } from '../transaction';
import { readUser } from './member.row';

/** False when a user with this e-mail exists; waits for a transaction that is just creating one. */
export async function insertUser(transaction: TenantTransaction, user: User): Promise<boolean> {
  const inserted = await transaction.row(
    `INSERT INTO users (id, email, email_key, name, name_key, created_at)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (email_key) DO NOTHING RETURNING id`,
    [user.id, user.email, emailKey(user.email), user.name, user.name?.toLowerCase(), user.createdAt],
  );
  return inserted !== undefined;
}

export async function userByEmail(transaction: TenantTransaction, email: string): Promise<User> {
  const row = await transaction.row('SELECT * FROM users WHERE email_key = $1', [emailKey(email)]);
  if (!row) throw new Error('A user that was just written is gone.');
  return readUser(row);
}

/** False when this user is a member of the tenant already. */
export async function insertMember(transaction: TenantTransaction, member: Member): Promise<boolean> {
  const inserted = await transaction.row(
    `INSERT INTO members (id, tenant_id, user_id, role, suspended_at, created_at, sso, exemption)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant_id, user_id) DO NOTHING RETURNING id`,
    [
      ...[member.id, member.tenantId, member.userId, member.role, member.suspendedAt, member.createdAt],
      ...[member.sso, member.exemption],
    ],
  );
  return inserted !== undefined;
}
