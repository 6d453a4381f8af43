import type { BoardFacts, BoardPage, BoardStanding, TenantId } from '@gatehouse/core';
import { personColumns } from '../members/member.row';
import type { Statement } from '../transaction';

// In the order of `requestStanding`; whoever is linked is linked, however it came about.
const standing = `CASE
  WHEN k.linked_at IS NOT NULL THEN 'linked'
  WHEN r.id IS NULL OR r.used_at IS NOT NULL THEN 'none'
  WHEN r.bounced_at IS NOT NULL AND r.opened_at IS NULL THEN 'bounced'
  WHEN r.expires_at <= $2 THEN 'expired'
  WHEN r.opened_at IS NOT NULL THEN 'opened'
  WHEN r.sent_at IS NOT NULL THEN 'sent'
  ELSE 'waiting' END`;

const reason = `CASE
  WHEN k.linked_at IS NOT NULL THEN CASE WHEN r.used_at IS NULL THEN 'already-linked' END
  WHEN r.id IS NOT NULL AND r.used_at IS NULL THEN NULL
  WHEN m.role = 'owner' THEN 'owner'
  WHEN m.suspended_at IS NOT NULL THEN 'suspended'
  WHEN m.sso = 'password' THEN 'password-only'
  WHEN split_part(m.email_key, '@', -1) <> ALL ($3) THEN 'other-domain'
  WHEN m.unlinked_at IS NOT NULL THEN 'unlinked'
  ELSE 'not-asked-yet' END`;

const request = 'r.tenant_id = $1 AND r.user_id = m.user_id AND r.revoked_at IS NULL';

// Once for all of the tenant where all are counted.
const allLinks = `(SELECT l.user_id, min(l.created_at) AS linked_at FROM links l
    JOIN connections c ON c.tenant_id = $1 AND c.id = l.connection_id AND c.deleted_at IS NULL
    WHERE l.tenant_id = $1 GROUP BY l.user_id) k ON k.user_id = m.user_id`;

// Member by member where a page is read.
const theirLink = `LATERAL (SELECT min(l.created_at) AS linked_at FROM links l
    JOIN connections c ON c.tenant_id = $1 AND c.id = l.connection_id AND c.deleted_at IS NULL
    WHERE l.tenant_id = $1 AND l.user_id = m.user_id) k ON true`;

export function countingBoard(tenantId: TenantId, { now, domains }: BoardFacts): Statement {
  return {
    sql: `SELECT standing, reason, count(*)::integer AS members FROM (
        SELECT ${standing} AS standing, ${reason} AS reason FROM members m
        LEFT JOIN link_requests r ON ${request}
        LEFT JOIN ${allLinks}
        WHERE m.tenant_id = $1) board
      GROUP BY standing, reason`,
    values: [tenantId, now, domains],
  };
}

const theirLinks = `FROM links l JOIN connections c ON c.tenant_id = $1 AND c.id = l.connection_id
  AND c.deleted_at IS NULL WHERE l.tenant_id = $1 AND l.user_id = m.user_id`;
const itsRequest = `LEFT JOIN link_requests r ON ${request}`;
const itsUnanswered =
  'JOIN link_requests r ON r.tenant_id = $1 AND r.member_id = m.id AND r.revoked_at IS NULL AND r.used_at IS NULL';

interface Having {
  readonly join: string;
  readonly where: string;
}

const unanswered = (where: string): Having => ({
  join: itsUnanswered,
  where: `NOT EXISTS (SELECT ${theirLinks}) AND ${where}`,
});
const any = (where: string): Having => ({ join: itsRequest, where });

// What each standing asks of the rows, as the expression above says it: said so, it is looked for by an index, and PostgreSQL
// knows how many there will be.
const having: Readonly<Record<BoardStanding, Having>> = {
  waiting: unanswered(
    'r.sent_at IS NULL AND r.bounced_at IS NULL AND r.opened_at IS NULL AND r.expires_at > $2',
  ),
  sent: unanswered(
    'r.sent_at IS NOT NULL AND r.bounced_at IS NULL AND r.opened_at IS NULL AND r.expires_at > $2',
  ),
  opened: unanswered('r.opened_at IS NOT NULL AND r.expires_at > $2'),
  expired: unanswered('r.expires_at <= $2 AND (r.bounced_at IS NULL OR r.opened_at IS NOT NULL)'),
  bounced: unanswered('r.bounced_at IS NOT NULL AND r.opened_at IS NULL'),
  // Asked member by member: joined, all links of the tenant would be read before the first page is shown.
  linked: any(`(SELECT true ${theirLinks} LIMIT 1) IS NOT NULL`),
  none: any(`NOT EXISTS (SELECT ${theirLinks}) AND (r.id IS NULL OR r.used_at IS NOT NULL)`),
};

/** Those who are wanted are found before anything else of them is read. */
export function listingBoard(tenantId: TenantId, page: BoardPage & BoardFacts): Statement {
  const { filter, after, limit, now, domains } = page;
  const { join, where } = filter ? having[filter] : any('true');
  return {
    sql: `WITH found AS MATERIALIZED (
        SELECT m.id FROM members m ${join} WHERE m.tenant_id = $1 AND m.id > $4 AND ${where} ORDER BY m.id LIMIT $5)
      SELECT ${personColumns}, ${standing} AS standing, ${reason} AS reason, k.linked_at, to_jsonb(r) AS request
      FROM found f JOIN members m ON m.tenant_id = $1 AND m.id = f.id JOIN users u ON u.id = m.user_id
      ${itsRequest} LEFT JOIN ${theirLink}
      ORDER BY m.id`,
    values: [tenantId, now, domains, after ?? '', limit],
  };
}
