import {
  exemptionStates,
  memberSsoChoices,
  roles,
  ssoReaches,
  type MemberClass,
  type MemberStanding,
} from '@gatehouse/core';
import { readPerson } from '../members/member.row';
import type { Row } from '../row';

/** Whether an identity of a connection that is switched on is linked to the member `m`. */
export const isLinked = `EXISTS (SELECT FROM links l JOIN connections c ON c.tenant_id = l.tenant_id AND c.id = l.connection_id
    WHERE l.tenant_id = m.tenant_id AND l.user_id = m.user_id AND c.enabled_at IS NOT NULL AND c.deleted_at IS NULL)`;

// LNK-9: the first sign-in links who has the same address, within the domains that the tenant has verified.
const linksByEmail = `t.associate_by_email AND EXISTS (SELECT FROM domains d
    WHERE d.tenant_id = m.tenant_id AND d.verified_at IS NOT NULL AND d.name = split_part(u.email_key, '@', 2))`;

const exemption = `CASE WHEN m.exemption IS NULL THEN 'none' WHEN m.exemption ->> 'until' IS NULL THEN 'lasting'
    WHEN (m.exemption ->> 'until')::timestamptz > $2 THEN 'running' ELSE 'over' END`;

const facts = {
  role: 'm.role',
  sso: 'm.sso',
  suspended: 'm.suspended_at IS NOT NULL',
  exemption,
  reach: `CASE WHEN ${isLinked} THEN 'linked' WHEN ${linksByEmail} THEN 'by-email' ELSE 'none' END`,
};

const columns = Object.entries(facts).map(([name, expression]) => `${expression} AS ${name}`);
const names = Object.keys(facts).join(', ');

/** Every member of the tenant $1 with all that a policy looks at, as of the time $2. */
const standings = `SELECT m.id, m.user_id, m.exemption AS exempted, ${columns.join(', ')}
  FROM members m JOIN tenants t ON t.id = m.tenant_id JOIN users u ON u.id = m.user_id WHERE m.tenant_id = $1`;

// One snapshot for both: a fingerprint of other members than those counted would let a change slip through.
export const census = `WITH standing AS MATERIALIZED (${standings}),
  classed AS MATERIALIZED (SELECT *, concat_ws(' ', ${names}) AS class FROM standing)
  SELECT
    (SELECT encode(sha256(convert_to(coalesce(
       string_agg(concat_ws(' ', id, class, exempted), E'\\n' ORDER BY id COLLATE "C"), ''), 'UTF8')), 'hex')
     FROM classed) AS fingerprint,
    (SELECT coalesce(jsonb_agg(c), '[]') FROM (
       SELECT class, ${names}, count(*)::integer AS members FROM classed GROUP BY class, ${names} ORDER BY class) c
    ) AS classes`;

/** Of the classes $3, by ID behind $4. */
export const membersOfClasses = `SELECT to_jsonb(m) AS member, to_jsonb(u) AS person, s.reach
  FROM (${standings} AND m.id > $4) s
  JOIN members m ON m.tenant_id = $1 AND m.id = s.id
  JOIN users u ON u.id = s.user_id
  WHERE concat_ws(' ', ${names.replace(/\w+/g, 's.$&')}) = ANY ($3)
  ORDER BY s.id LIMIT $5`;

/** One member: of the ID $3, or of the address $4. */
export const oneStanding = `SELECT to_jsonb(m) AS member, to_jsonb(u) AS person, s.reach
  FROM (${standings} AND (m.id = $3 OR u.email_key = $4)) s
  JOIN members m ON m.tenant_id = $1 AND m.id = s.id
  JOIN users u ON u.id = s.user_id`;

export function readClass(row: Row): MemberClass {
  return {
    key: row.text('class'),
    role: row.oneOf('role', roles),
    sso: row.oneOf('sso', memberSsoChoices),
    suspended: row.flag('suspended'),
    exemption: row.oneOf('exemption', exemptionStates),
    reach: row.oneOf('reach', ssoReaches),
    members: row.integer('members'),
  };
}

export function readStanding(row: Row): MemberStanding {
  return { person: readPerson(row), reach: row.oneOf('reach', ssoReaches) };
}
