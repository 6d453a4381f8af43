import { emailKey, type Link, type MemberId, type Move, type MovingMember } from '@gatehouse/core';
import type { TenantTransaction } from '../transaction';

/** Closes the open move of the target where it has expired: it must not stand in the way of a new one. */
export async function closeExpired(
  transaction: TenantTransaction,
  { toConnectionId, approvedAt }: Move,
): Promise<void> {
  await transaction.rows(
    `UPDATE moves SET state = 'expired', ended_at = expires_at
     WHERE tenant_id = $1 AND to_connection_id = $2 AND state = 'open' AND expires_at <= $3`,
    [transaction.tenantId, toConnectionId, approvedAt],
  );
}

/** False while another move is open for the same target. */
export async function insertMove(transaction: TenantTransaction, move: Move): Promise<boolean> {
  const { id, tenantId, toConnectionId, fromConnectionId, issuer, state } = move;
  const inserted = await transaction.row(
    `INSERT INTO moves (id, tenant_id, to_connection_id, from_connection_id, issuer, state, approved_by, approved_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (to_connection_id) WHERE state = 'open' DO NOTHING RETURNING id`,
    [
      ...[id, tenantId, toConnectionId, fromConnectionId, issuer, state],
      ...[JSON.stringify(move.approvedBy), move.approvedAt, move.expiresAt],
    ],
  );
  return inserted !== undefined;
}

/** The whole list in one statement: a tenant may have many thousands of members. */
export async function insertMovingMembers(
  transaction: TenantTransaction,
  members: readonly MovingMember[],
): Promise<void> {
  const rows = members.map((each) => ({
    ...{ move_id: each.moveId, member_id: each.memberId, tenant_id: each.tenantId },
    ...{ email: each.email, email_key: emailKey(each.email) },
    ...{ old_link_id: each.oldLinkId, old_subject: each.oldSubject, expected_subject: each.expectedSubject },
    ...{ listed: each.listed, state: each.state, reason: each.reason },
  }));
  await transaction.rows(
    `INSERT INTO moving_members
       (move_id, member_id, tenant_id, email, email_key, old_link_id, old_subject, expected_subject, listed, state, reason)
     SELECT move_id, member_id, tenant_id, email, email_key, old_link_id, old_subject, expected_subject, listed, state, reason
     FROM jsonb_populate_recordset(NULL::moving_members, $1)`,
    [JSON.stringify(rows)],
  );
}

/** Marks a pending row as followed by this link. False when it is pending no more, or its move over. */
export async function markFollowed(
  transaction: TenantTransaction,
  { moveId, memberId }: Pick<MovingMember, 'moveId' | 'memberId'>,
  link: Link,
): Promise<boolean> {
  const values = [transaction.tenantId, moveId];
  // Waits for a finish or cancel that is under way, and makes a later one wait.
  const open = await transaction.row(
    `SELECT id FROM moves WHERE tenant_id = $1 AND id = $2 AND to_connection_id = $3
       AND state = 'open' AND expires_at > $4 FOR SHARE`,
    [...values, link.connectionId, link.createdAt],
  );
  if (!open || !(await holdFollower(transaction, memberId))) return false;
  const marked = await transaction.row(
    `UPDATE moving_members SET state = 'followed', link_id = $4, followed_at = $5
     WHERE tenant_id = $1 AND move_id = $2 AND member_id = $3 AND state = 'pending' RETURNING member_id`,
    [...values, memberId, link.id, link.createdAt],
  );
  return marked !== undefined;
}

/** Nobody who was unlinked or suspended a moment ago, and nobody unlinks or removes whom a link is just written for (LNK-10). */
async function holdFollower(transaction: TenantTransaction, memberId: MemberId): Promise<boolean> {
  const held = await transaction.row(
    `SELECT id FROM members
     WHERE tenant_id = $1 AND id = $2 AND unlinked_at IS NULL AND suspended_at IS NULL FOR NO KEY UPDATE`,
    [transaction.tenantId, memberId],
  );
  return held !== undefined;
}
