import type { BoardFacts, BoardPage, TenantId } from '@gatehouse/core';
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

/** Those who are wanted are found before anything else of them is read. */
export function listingBoard(tenantId: TenantId, page: BoardPage & BoardFacts): Statement {
  const { filter, after, limit, now, domains } = page;
  return {
    sql: `WITH found AS MATERIALIZED (
        SELECT m.id, ${standing} AS standing, ${reason} AS reason, k.linked_at, to_jsonb(r) AS request
        FROM members m ${requestsOf(filter)} JOIN link_requests r ON ${request}
        LEFT JOIN ${theirLink}
        WHERE m.tenant_id = $1 AND m.id > $4 AND ($5::text IS NULL OR ${standing} = $5)
        ORDER BY m.id LIMIT $6)
      SELECT ${personColumns}, f.standing, f.reason, f.linked_at, f.request
      FROM found f JOIN members m ON m.tenant_id = $1 AND m.id = f.id JOIN users u ON u.id = m.user_id
      ORDER BY m.id`,
    values: [tenantId, now, domains, after ?? '', filter ?? null, limit],
  };
}

// Few bounce: they are found by their own index, not among a hundred thousand who did not.
function requestsOf(filter: BoardPage['filter']): string {
  if (filter !== 'bounced') return 'LEFT';
  return `JOIN link_requests b ON b.tenant_id = $1 AND b.member_id = m.id AND b.bounced_at IS NOT NULL
    AND b.revoked_at IS NULL`;
}
