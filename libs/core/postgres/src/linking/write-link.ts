import type { Link } from '@gatehouse/core';
import type { TenantTransaction } from '../transaction';

/** False when the identity is linked already, or its user is no member (any more): whoever is being removed keeps no link. */
export async function insertLink(transaction: TenantTransaction, link: Link): Promise<boolean> {
  const { id, tenantId, connectionId, userId, issuer, subject, createdAt } = link;
  const inserted = await transaction.row(
    `INSERT INTO links (id, tenant_id, connection_id, user_id, issuer, subject, created_at)
     SELECT $1, m.tenant_id, $3, m.user_id, $5, $6, $7::timestamptz
     FROM members m WHERE m.tenant_id = $2 AND m.user_id = $4 FOR KEY SHARE
     ON CONFLICT (connection_id, issuer, subject) DO NOTHING RETURNING id`,
    [id, tenantId, connectionId, userId, issuer, subject, createdAt],
  );
  return inserted !== undefined;
}
