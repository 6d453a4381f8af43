import type { Link, LinkRequestId } from '@gatehouse/core';
import type { TenantTransaction } from '../transaction';

/**
 * Takes the request out of the world once. Its member and its connection are held first, in the order in which a removal
 * takes them: neither is removed, suspended or switched off until the end of the transaction.
 */
export async function useRequest(
  transaction: TenantTransaction,
  id: LinkRequestId,
  { userId, connectionId, issuer, createdAt: now }: Link,
): Promise<boolean> {
  const { tenantId } = transaction;
  const held = await transaction.row(
    `SELECT id FROM members WHERE tenant_id = $1 AND user_id = $2 AND suspended_at IS NULL AND role <> 'owner'
       AND EXISTS (SELECT FROM tenants WHERE id = $1 AND suspended_at IS NULL) FOR NO KEY UPDATE`,
    [tenantId, userId],
  );
  if (!held || !(await holdConnection(transaction, { connectionId, issuer }))) return false;
  const used = await transaction.row(
    `UPDATE link_requests SET used_at = $3, opened_at = coalesce(opened_at, $3)
     WHERE tenant_id = $1 AND id = $2 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $3
       AND user_id = $4 AND member_id = $5 AND connection_id = $6 AND issuer = $7
       AND email = (SELECT u.email FROM users u WHERE u.id = $4) RETURNING id`,
    [tenantId, id, now, userId, held.text('id'), connectionId, issuer],
  );
  return used !== undefined;
}

/** The connection, which nobody switches off, removes or turns to another identity provider until the end of the transaction. */
export async function holdConnection(
  transaction: TenantTransaction,
  { connectionId, issuer }: Pick<Link, 'connectionId' | 'issuer'>,
): Promise<boolean> {
  const row = await transaction.row(
    `SELECT id FROM connections WHERE tenant_id = $1 AND id = $2 AND enabled_at IS NOT NULL AND deleted_at IS NULL
       AND idp ->> 'entityId' = $3 FOR SHARE`,
    [transaction.tenantId, connectionId, issuer],
  );
  return row !== undefined;
}
