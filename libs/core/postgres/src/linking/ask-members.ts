import type { AskableQuery, AskedConnection, FreshRequest, TenantId } from '@gatehouse/core';
import { personColumns } from '../members/member.row';
import type { Row } from '../row';
import type { Statement, TenantTransaction } from '../transaction';

// A request is spent when somebody is to be asked anew, when it ran out before the connection was switched on again, or
// when the link in its mail leads nowhere, because its connection is off or another identity provider's.
const spent = (again: string, now: string, enabledAt: string) => `(
  coalesce(r.created_at < ${again}::timestamptz, false)
  OR (r.used_at IS NULL AND r.expires_at <= ${now} AND r.expires_at <= ${enabledAt})
  OR NOT EXISTS (SELECT FROM connections rc WHERE rc.tenant_id = $1 AND rc.id = r.connection_id
    AND rc.enabled_at IS NOT NULL AND rc.deleted_at IS NULL AND rc.idp ->> 'entityId' = r.issuer))`;

/** The language in which one member is written to. */
export const languageOfMember = `SELECT u.language
  FROM members m JOIN users u ON u.id = m.user_id WHERE m.tenant_id = $1 AND m.id = $2`;

// A link through a connection that was deleted leads nobody in, and comes back if that does.
const linked = `EXISTS (SELECT FROM links l JOIN connections c ON c.id = l.connection_id AND c.deleted_at IS NULL
  WHERE l.tenant_id = $1 AND c.tenant_id = $1 AND l.user_id = m.user_id)`;

/** One page of those who are to be asked. Whom somebody unlinked is asked only on purpose. */
export function findingAskable(tenantId: TenantId, query: AskableQuery): Statement {
  const { enabledAt, now, again, domains, after, limit } = query;
  return {
    sql: `SELECT ${personColumns}, u.language
      FROM members m JOIN users u ON u.id = m.user_id
      LEFT JOIN link_requests r ON r.tenant_id = $1 AND r.user_id = m.user_id AND r.revoked_at IS NULL
      WHERE m.tenant_id = $1 AND m.id > $2 AND m.role <> 'owner' AND m.suspended_at IS NULL AND m.sso <> 'password'
        AND split_part(m.email_key, '@', -1) = ANY ($3) AND NOT ${linked}
        AND (m.unlinked_at IS NULL OR $4::timestamptz IS NOT NULL)
        AND (r.id IS NULL OR ${spent('$4', '$5', '$6')})
      ORDER BY m.id LIMIT $7`,
    values: [tenantId, after ?? '', domains, again ?? null, now, enabledAt, limit],
  };
}

/** Nobody of them leaves or is suspended until the end of the transaction; always in the same order, as removal goes. */
export async function holdMembers(
  transaction: TenantTransaction,
  fresh: readonly FreshRequest[],
): Promise<void> {
  await transaction.rows(
    'SELECT id FROM members WHERE tenant_id = $1 AND id = ANY ($2) ORDER BY id FOR NO KEY UPDATE',
    [transaction.tenantId, fresh.map(({ request }) => request.memberId)],
  );
}

export async function revokeSpent(
  transaction: TenantTransaction,
  fresh: readonly FreshRequest[],
  { again, now, enabledAt }: AskedConnection,
): Promise<void> {
  await transaction.rows(
    `UPDATE link_requests r SET revoked_at = $3
     WHERE r.tenant_id = $1 AND r.user_id = ANY ($2) AND r.revoked_at IS NULL AND ${spent('$4', '$3', '$5')}`,
    [
      ...[transaction.tenantId, fresh.map(({ request }) => request.userId)],
      ...[now, again ?? null, enabledAt],
    ],
  );
}

/** Leaves out who was asked, linked or suspended meanwhile, and writes nothing at all where the connection is not what it was. */
export async function insertRequests(
  transaction: TenantTransaction,
  fresh: readonly FreshRequest[],
): Promise<Row[]> {
  return transaction.rows(
    `INSERT INTO link_requests
       (id, tenant_id, user_id, member_id, connection_id, issuer, email, language, token_hash, created_at, expires_at)
     SELECT f.id, m.tenant_id, m.user_id, m.id, c.id, f.issuer, f.email, f.language, f.token_hash, f.created_at, f.expires_at
     FROM jsonb_populate_recordset(NULL::link_requests, $2) f
     JOIN members m ON m.tenant_id = $1 AND m.id = f.member_id AND m.user_id = f.user_id
       AND m.suspended_at IS NULL AND m.role <> 'owner' AND m.sso <> 'password'
     JOIN connections c ON c.tenant_id = $1 AND c.id = f.connection_id AND c.enabled_at IS NOT NULL
       AND c.deleted_at IS NULL AND c.idp ->> 'entityId' = f.issuer
     WHERE NOT EXISTS (SELECT FROM links l
       WHERE l.tenant_id = $1 AND l.user_id = m.user_id AND l.connection_id = f.connection_id)
     ON CONFLICT (tenant_id, user_id) WHERE revoked_at IS NULL DO NOTHING RETURNING id`,
    [transaction.tenantId, JSON.stringify(fresh.map(({ request }) => asRow(request)))],
  );
}

function asRow(request: FreshRequest['request']) {
  const { id, userId, memberId, connectionId, issuer, email, language } = request;
  return {
    ...{ id, user_id: userId, member_id: memberId, connection_id: connectionId, issuer, email, language },
    ...{ token_hash: request.tokenHash, created_at: request.createdAt, expires_at: request.expiresAt },
  };
}
