import { emailKey, mostCounted, type MemberFilter, type MemberQuery, type TenantId } from '@gatehouse/core';
import type { Statement } from '../transaction';
import { personColumns } from './member.row';

type Counted = Pick<MemberQuery, 'filter' | 'now'>;

// Each condition falls away where nothing is asked for, before PostgreSQL plans: what is not asked for costs nothing.
const conditions = `m.tenant_id = $1
  AND ($2::text IS NULL OR m.role = $2)
  AND ($3::text IS NULL OR m.sso = $3)
  AND ($4::boolean IS NULL OR CASE WHEN $4 THEN m.suspended_at IS NOT NULL ELSE m.suspended_at IS NULL END)
  AND ($5::boolean IS NULL
    OR ($5 AND m.exemption IS NOT NULL AND (m.exemption ->> 'until' IS NULL OR (m.exemption ->> 'until')::timestamptz > $6))
    OR (NOT $5 AND (m.exemption IS NULL OR (m.exemption ->> 'until')::timestamptz <= $6)))
  AND ($7::text IS NULL
    OR (m.email_key >= $7 AND m.email_key < $8)
    OR (m.name_key >= $7 AND m.name_key < $8))`;

// A link through a connection that was deleted leads nobody in, and comes back if that does.
const anyLink = `EXISTS (SELECT FROM links l JOIN connections c ON c.id = l.connection_id AND c.deleted_at IS NULL
  WHERE l.tenant_id = $1 AND c.tenant_id = $1 AND l.user_id = m.user_id)`;

/** What to select for `readListedMember`, of the members that `ids` names. */
const shown = `SELECT ${personColumns},
  (SELECT jsonb_agg(jsonb_build_object('connection_id', l.connection_id, 'created_at', l.created_at) ORDER BY l.id)
   FROM links l JOIN connections c ON c.id = l.connection_id AND c.tenant_id = $1 AND c.deleted_at IS NULL
   WHERE l.tenant_id = $1 AND l.user_id = m.user_id) AS links,
  (SELECT jsonb_build_object('at', a.at, 'via', a.data ->> 'via') FROM audit_entries a
   WHERE a.tenant_id = $1 AND a.subject = m.id AND a.type = 'sign_in.succeeded' ORDER BY a.id DESC LIMIT 1) AS last_sign_in,
  (SELECT jsonb_build_object('directory_id', g.directory_id, 'group_id', g.id, 'name', g.display_name)
   FROM directory_groups g WHERE g.tenant_id = $1 AND g.id = m.role_mapped_by) AS role_from
  FROM members m JOIN users u ON u.id = m.user_id`;

/** One page. The members are found before anything else of them is read. */
export function listing(tenantId: TenantId, query: MemberQuery): Statement {
  const { sort, after, limit } = query;
  const order = sort === 'email' ? 'm.email_key, m.id' : 'm.id';
  const behind = sort === 'email' ? '(m.email_key, m.id) > ($9, $10)' : '$9::text IS NOT NULL AND m.id > $10';
  return {
    sql: `${shown} WHERE m.tenant_id = $1 AND m.id IN (
        SELECT m.id FROM members m WHERE ${conditions}${linkCondition(query.filter)}
          AND ($10::text IS NULL OR (${behind}))
        ORDER BY ${order} LIMIT $11)
      ORDER BY ${order}`,
    values: [...values(tenantId, query), after?.email ?? '', after?.id ?? null, limit],
  };
}

/** In the order of an index of the tenant's, so that no other tenant's rows are read on the way to the last one counted. */
export function counting(tenantId: TenantId, query: Counted): Statement {
  return {
    sql: `SELECT count(*)::integer AS counted FROM (
        SELECT FROM members m WHERE ${conditions}${linkCondition(query.filter)} 
        ORDER BY m.id LIMIT $9) found`,
    values: [...values(tenantId, query), mostCounted + 1],
  };
}

export function finding(tenantId: TenantId, id: string): Statement {
  return { sql: `${shown} WHERE m.tenant_id = $1 AND m.id = $2`, values: [tenantId, id] };
}

// Part of the text: as a condition that may fall away it could not be joined.
function linkCondition({ linked }: MemberFilter): string {
  if (linked === undefined) return '';
  return linked ? ` AND ${anyLink}` : ` AND NOT ${anyLink}`;
}

function values(tenantId: TenantId, { filter, now }: Counted): unknown[] {
  const { role, sso, suspended, exempt, beginning } = filter;
  return [
    ...[tenantId, role ?? null, sso ?? null, suspended ?? null, exempt ?? null, now],
    ...rangeOf(beginning),
  ];
}

// A range instead of LIKE: nothing in what was typed is a wildcard. U+10FFFF is no character, and follows all of them.
function rangeOf(beginning: string | undefined): [string | null, string | null] {
  if (beginning === undefined) return [null, null];
  const key = emailKey(beginning);
  return [key, `${key}\u{10FFFF}`];
}
