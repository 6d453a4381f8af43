import { sessionId, type Happening, type Member, type SessionId } from '@gatehouse/core';
import { revokingTokensOf } from '../api-tokens/revoke-tokens';
import type { TenantTransaction } from '../transaction';

/** Ends the membership and what hangs on it; answers with the sessions that ended. */
export async function removeMember(
  transaction: TenantTransaction,
  member: Member,
  because: Happening,
): Promise<SessionId[]> {
  await keepOut(transaction, member, because);
  await revokeInvitations(transaction, member, because.at);
  // Its links go with it, by their foreign key; and before its tokens, so that nobody makes another meanwhile.
  await transaction.rows('DELETE FROM members WHERE tenant_id = $1 AND id = $2', [
    ...[transaction.tenantId, member.id],
  ]);
  const { sql, values } = revokingTokensOf(transaction.tenantId, member.id, because.at);
  await transaction.rows(sql, values);
  return endSessionsOf(transaction, member, because.at);
}

/** What stays of the member, with the identities as they are linked until now. */
async function keepOut(
  transaction: TenantTransaction,
  { id, userId, role }: Member,
  { at, actor }: Happening,
): Promise<void> {
  const { tenantId } = transaction;
  await transaction.rows(
    `INSERT INTO removed_members (id, tenant_id, user_id, email, email_key, role, removed_at, removed_by)
     SELECT $2, $1, u.id, u.email, u.email_key, $4, $5, $6 FROM users u WHERE u.id = $3`,
    [tenantId, id, userId, role, at, JSON.stringify(actor)],
  );
  await transaction.rows(
    `INSERT INTO removed_identities (member_id, connection_id, issuer, subject, tenant_id)
     SELECT $2, connection_id, issuer, subject, tenant_id FROM links WHERE tenant_id = $1 AND user_id = $3`,
    [tenantId, id, userId],
  );
}

// An invitation from before is no word of readmission.
async function revokeInvitations(
  transaction: TenantTransaction,
  { userId }: Member,
  at: Date,
): Promise<void> {
  await transaction.rows(
    `UPDATE invitations SET state = 'revoked', ended_at = $3
     WHERE tenant_id = $1 AND state = 'open' AND email_key = (SELECT email_key FROM users WHERE id = $2)`,
    [transaction.tenantId, userId, at],
  );
}

/** Every live session of one member of this tenant, and of no other. */
export async function endSessionsOf(
  transaction: TenantTransaction,
  { id, userId }: Pick<Member, 'id' | 'userId'>,
  at: Date,
): Promise<SessionId[]> {
  const ended = await transaction.rows(
    `UPDATE sessions SET ended_at = $4
     WHERE tenant_id = $1 AND user_id = $2 AND member_id = $3 AND ended_at IS NULL AND expires_at > $4 RETURNING id`,
    [transaction.tenantId, userId, id, at],
  );
  return ended.map((row) => row.id('id', sessionId));
}
