import {
  connectionId,
  sessionId,
  userId,
  type ConnectionId,
  type Move,
  type SessionId,
  type UserId,
} from '@gatehouse/core';
import type { TenantTransaction } from '../transaction';

/** An open move, locked until the end of the transaction: nobody follows meanwhile. */
export interface LockedMove {
  readonly move: Pick<Move, 'id' | 'toConnectionId'>;
  readonly from: ConnectionId;
}

export async function lockOpenMove(
  transaction: TenantTransaction,
  move: Pick<Move, 'id' | 'toConnectionId'>,
): Promise<LockedMove | undefined> {
  const row = await transaction.row(
    `SELECT from_connection_id FROM moves
     WHERE tenant_id = $1 AND id = $2 AND to_connection_id = $3 AND state = 'open' FOR UPDATE`,
    [transaction.tenantId, move.id, move.toConnectionId],
  );
  return row && { move, from: row.id('from_connection_id', connectionId) };
}

export async function closeMove(
  transaction: TenantTransaction,
  { move }: LockedMove,
  state: Move['state'],
  endedAt: Date,
): Promise<void> {
  await transaction.rows('UPDATE moves SET state = $3, ended_at = $4 WHERE tenant_id = $1 AND id = $2', [
    ...[transaction.tenantId, move.id, state, endedAt],
  ]);
}

/** The old links of those who followed and whose new link still stands. */
export async function removeOldLinks(
  transaction: TenantTransaction,
  { move, from }: LockedMove,
): Promise<number> {
  const removed = await transaction.rows(
    `DELETE FROM links o USING moving_members r, members m, links n
     WHERE r.tenant_id = $1 AND r.move_id = $2 AND r.state = 'followed'
       AND m.tenant_id = $1 AND m.id = r.member_id
       AND n.tenant_id = $1 AND n.id = r.link_id AND n.user_id = m.user_id
       AND o.tenant_id = $1 AND o.connection_id = $3 AND o.user_id = m.user_id
     RETURNING o.id`,
    [transaction.tenantId, move.id, from],
  );
  return removed.length;
}

/** The links that the move made, of those whose old link still stands; answers with whose they were. */
export async function removeNewLinks(
  transaction: TenantTransaction,
  { move, from }: LockedMove,
): Promise<UserId[]> {
  const removed = await transaction.rows(
    `WITH gone AS (
       DELETE FROM links n USING moving_members r
       WHERE r.tenant_id = $1 AND r.move_id = $2 AND r.state = 'followed' AND n.tenant_id = $1 AND n.id = r.link_id
         AND EXISTS (SELECT FROM links o WHERE o.tenant_id = $1 AND o.connection_id = $3 AND o.user_id = n.user_id)
       RETURNING n.user_id, r.member_id)
     UPDATE moving_members r SET state = 'undone' FROM gone
     WHERE r.tenant_id = $1 AND r.move_id = $2 AND r.member_id = gone.member_id RETURNING gone.user_id`,
    [transaction.tenantId, move.id, from],
  );
  return removed.map((row) => row.id('user_id', userId));
}

export async function endSessionsOf(
  transaction: TenantTransaction,
  users: readonly UserId[],
  { move }: LockedMove,
  now: Date,
): Promise<SessionId[]> {
  const ended = await transaction.rows(
    `UPDATE sessions SET ended_at = $4
     WHERE tenant_id = $1 AND connection_id = $2 AND user_id = ANY($3) AND ended_at IS NULL AND expires_at > $4
     RETURNING id`,
    [transaction.tenantId, move.toConnectionId, users, now],
  );
  return ended.map((row) => row.id('id', sessionId));
}
