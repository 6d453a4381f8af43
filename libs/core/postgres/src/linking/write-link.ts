import type { Link } from '@gatehouse/core';
import type { TenantTransaction } from '../transaction';

/** False when the identity is linked already. */
export async function insertLink(transaction: TenantTransaction, link: Link): Promise<boolean> {
  const { id, tenantId, connectionId, userId, issuer, subject, createdAt } = link;
  const inserted = await transaction.row(
    `INSERT INTO links (id, tenant_id, connection_id, user_id, issuer, subject, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (connection_id, issuer, subject) DO NOTHING RETURNING id`,
    [id, tenantId, connectionId, userId, issuer, subject, createdAt],
  );
  return inserted !== undefined;
}
