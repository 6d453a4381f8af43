import type { ConnectionId } from '@gatehouse/core';
import type { TenantTransaction } from '../transaction';

/** False where it was seen before. A parallel post waits here until the first has committed, then finds its row. */
export async function rememberAssertion(
  transaction: TenantTransaction,
  connectionId: ConnectionId,
  { id, rememberUntil }: { readonly id: string; readonly rememberUntil: Date },
): Promise<boolean> {
  const remembered = await transaction.row(
    `INSERT INTO used_assertions (tenant_id, connection_id, assertion_id, expires_at)
     VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING assertion_id`,
    [transaction.tenantId, connectionId, id, rememberUntil],
  );
  return remembered !== undefined;
}
