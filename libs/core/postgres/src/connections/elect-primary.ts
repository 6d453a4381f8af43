import { connectionId, type ConnectionId } from '@gatehouse/core';
import type { TenantTransaction } from '../transaction';

/** The tenant's row stands for the set of its connections: two switches at once must not each elect one. */
export async function lockConnections(transaction: TenantTransaction): Promise<{ entitled: boolean }> {
  const lock = 'SELECT sso_entitled FROM tenants WHERE id = $1 FOR NO KEY UPDATE';
  const tenant = await transaction.row(lock, [transaction.tenantId]);
  return { entitled: tenant?.flag('sso_entitled') ?? false };
}

/** Leaves the primary connection alone while it is on; else elects the one that was enabled first, if any is on. */
export async function electPrimary(transaction: TenantTransaction): Promise<ConnectionId | undefined> {
  const { tenantId } = transaction;
  await transaction.rows(
    `UPDATE connections SET is_primary = false
     WHERE tenant_id = $1 AND is_primary AND (enabled_at IS NULL OR deleted_at IS NOT NULL)`,
    [tenantId],
  );
  await transaction.rows(
    `UPDATE connections SET is_primary = true
     WHERE tenant_id = $1 AND NOT EXISTS (SELECT FROM connections WHERE tenant_id = $1 AND is_primary)
       AND id = (SELECT id FROM connections WHERE tenant_id = $1 AND enabled_at IS NOT NULL AND deleted_at IS NULL
                 ORDER BY enabled_at, id LIMIT 1)`,
    [tenantId],
  );
  const row = await transaction.row('SELECT id FROM connections WHERE tenant_id = $1 AND is_primary', [
    tenantId,
  ]);
  return row?.id('id', connectionId);
}
