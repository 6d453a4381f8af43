import { emailKey, type Member, type User } from '@gatehouse/core';
import type { Statement, TenantTransaction } from '../transaction';
import { readUser } from './member.row';

/** False when a user with this e-mail exists; waits for a transaction that is just creating one. */
export async function insertUser(transaction: TenantTransaction, user: User): Promise<boolean> {
  const { sql, values } = insertingUser(user);
  return (await transaction.row(sql, values)) !== undefined;
}

/** The statement that `insertUser` runs. */
export function insertingUser(user: User): Statement {
  return {
    sql: `INSERT INTO users (id, email, email_key, name, name_key, created_at)
      VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (email_key) DO NOTHING RETURNING id`,
    values: [user.id, user.email, emailKey(user.email), user.name, user.name?.toLowerCase(), user.createdAt],
  };
}

export async function userByEmail(transaction: TenantTransaction, email: string): Promise<User> {
  const row = await transaction.row('SELECT * FROM users WHERE email_key = $1', [emailKey(email)]);
  if (!row) throw new Error('A user that was just written is gone.');
  return readUser(row);
}

/** False when this user is a member of the tenant already. */
export async function insertMember(transaction: TenantTransaction, member: Member): Promise<boolean> {
  const { sql, values } = insertingMember(member);
  return (await transaction.row(sql, values)) !== undefined;
}

/** The statement that `insertMember` runs; it does nothing where there is no such user. */
export function insertingMember(member: Member): Statement {
  return {
    sql: `INSERT INTO members (id, tenant_id, user_id, role, suspended_at, created_at, sso, exemption)
      SELECT $1, $2, u.id, $4, $5, $6, $7, $8 FROM users u WHERE u.id = $3
      ON CONFLICT (tenant_id, user_id) DO NOTHING RETURNING id`,
    values: [
      ...[member.id, member.tenantId, member.userId, member.role, member.suspendedAt, member.createdAt],
      ...[member.sso, member.exemption],
    ],
  };
}
