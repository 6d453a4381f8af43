import type { FlowId, SessionId, TenantId } from '@gatehouse/core';
import type { Row } from '../row';
import type { Statement } from '../transaction';

/** Leaves the result of a flow that was answered, under the hash of a ticket; once. */
export function leaving(
  tenantId: TenantId,
  id: FlowId,
  { ticketHash, sessionId }: { readonly ticketHash: string; readonly sessionId?: SessionId },
): Statement {
  return {
    sql: `UPDATE login_flows SET ticket_hash = $3, session_id = $4
          WHERE tenant_id = $1 AND id = $2 AND answered_at IS NOT NULL AND ticket_hash IS NULL RETURNING id`,
    values: [tenantId, id, ticketHash, sessionId],
  };
}

export function requireLeft(id: FlowId, rows: readonly Row[] = []): void {
  if (rows.length === 0) throw new Error(`The flow ${id} was not taken, or has a result already.`);
}
