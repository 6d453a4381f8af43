import { sessionId, type ConnectionId, type Member, type MemberId, type SessionId } from '@gatehouse/core';
import { readMember } from '../members/member.row';
import type { TenantTransaction } from '../transaction';

/** Whose links are taken: all, or those through one connection. */
export interface Taken {
  readonly member: Pick<Member, 'id' | 'userId'>;
  readonly connectionId: ConnectionId | undefined;
  readonly at: Date;
}

/** The member, whom nobody links or changes until the end of the transaction. */
export async function holdMember(transaction: TenantTransaction, id: MemberId): Promise<Member | undefined> {
  const sql = 'SELECT * FROM members WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE';
  const row = await transaction.row(sql, [transaction.tenantId, id]);
  return row && readMember(row);
}

/** Answers with how many there were. */
export async function takeLinks(
  transaction: TenantTransaction,
  { member, connectionId }: Taken,
): Promise<number> {
  const taken = await transaction.rows(
    `DELETE FROM links WHERE tenant_id = $1 AND user_id = $2 AND ($3::text IS NULL OR connection_id = $3) RETURNING id`,
    [transaction.tenantId, member.userId, connectionId ?? null],
  );
  return taken.length;
}

/** The next link is the person's own doing: no letter of before leads to one, and nothing that the tenant switched on does. */
export async function forgetWhatLinks(
  transaction: TenantTransaction,
  { member, connectionId, at }: Taken,
): Promise<void> {
  await transaction.rows('UPDATE members SET unlinked_at = $3 WHERE tenant_id = $1 AND id = $2', [
    ...[transaction.tenantId, member.id, at],
  ]);
  await transaction.rows(
    `UPDATE link_requests SET revoked_at = $4
     WHERE tenant_id = $1 AND user_id = $2 AND ($3::text IS NULL OR connection_id = $3) AND revoked_at IS NULL`,
    [transaction.tenantId, member.userId, connectionId ?? null, at],
  );
}

export async function endSsoSessions(
  transaction: TenantTransaction,
  { member, connectionId, at }: Taken,
): Promise<SessionId[]> {
  const ended = await transaction.rows(
    `UPDATE sessions SET ended_at = $4
     WHERE tenant_id = $1 AND user_id = $2 AND via = 'saml' AND ($3::text IS NULL OR connection_id = $3)
       AND ended_at IS NULL AND expires_at > $4 RETURNING id`,
    [transaction.tenantId, member.userId, connectionId ?? null, at],
  );
  return ended.map((row) => row.id('id', sessionId));
}
