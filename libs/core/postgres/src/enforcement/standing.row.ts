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
    WHERE d.tenant_id = m.tenant_id AND d.verified_at IS NOT NULL AND d.name = split_part(m.email_key, '@', -1))`;

const exemption = `CASE WHEN m.exemption IS NULL THEN 'none' WHEN m.exemption ->> 'until' IS NULL THEN 'lasting'
    WHEN (m.exemption ->> 'until')::timestamptz > $2 THEN 'running' ELSE 'over' END`;

function reachIf(linked: string): string {
  return `CASE WHEN ${linked} THEN 'linked' WHEN ${linksByEmail} THEN 'by-email' ELSE 'none' END`;
}

/** All that a policy looks at of a member `m` of the tenant `t`, as of the time $2; in this order they name a class. */
function factsOf(reach: string): readonly (readonly [string, string])[] {
  return [
    ['role', 'm.role'],
    ['sso', 'm.sso'],
    ['suspended', 'm.suspended_at IS NOT NULL'],
    ['exemption', exemption],
    ['reach', reach],
  ];
}

const each = factsOf(reachIf(isLinked));
const expressions = each.map(([, expression]) => expression).join(', ');
const names = each.map(([name]) => name).join(', ');
const ofAll = factsOf(reachIf('linked.user_id IS NOT NULL'));

// Of all members at once, who is linked is found by one join. One snapshot for both: a fingerprint of other members than
// those counted would let a change slip through.
export const census = `WITH linked AS MATERIALIZED (
    SELECT DISTINCT l.user_id FROM connections c JOIN links l ON l.tenant_id = c.tenant_id AND l.connection_id = c.id
    WHERE c.tenant_id = $1 AND c.enabled_at IS NOT NULL AND c.deleted_at IS NULL),
  standing AS (
    SELECT m.id, m.exemption AS exempted, ${ofAll.map(([name, expression]) => `${expression} AS ${name}`).join(', ')}
    FROM members m JOIN tenants t ON t.id = m.tenant_id LEFT JOIN linked ON linked.user_id = m.user_id
    WHERE m.tenant_id = $1),
  classed AS MATERIALIZED (SELECT id, exempted, ${names}, concat_ws(' ', ${names}) AS class FROM standing)
  SELECT
    (SELECT encode(sha256(convert_to(coalesce(
       string_agg(concat_ws(' ', id, class, exempted), E'\\n' ORDER BY id COLLATE "C"), ''), 'UTF8')), 'hex')
     FROM classed) AS fingerprint,
    (SELECT coalesce(jsonb_agg(c), '[]') FROM (
       SELECT class, ${names}, count(*)::integer AS members FROM classed GROUP BY class, ${names} ORDER BY class) c
    ) AS classes`;

// Within one tenant by the order of an index, so that a page of many is read no further than it goes.
const standing = `SELECT to_jsonb(m) AS member, to_jsonb(u) AS person, ${reachIf(isLinked)} AS reach
  FROM members m JOIN tenants t ON t.id = m.tenant_id JOIN users u ON u.id = m.user_id WHERE m.tenant_id = $1`;

/** Of the classes $3, by ID behind $4. */
export const membersOfClasses = `WITH page AS MATERIALIZED (
    SELECT m.id FROM members m JOIN tenants t ON t.id = m.tenant_id
    WHERE m.tenant_id = $1 AND m.id > $4 AND concat_ws(' ', ${expressions}) = ANY ($3)
    ORDER BY m.id LIMIT $5)
  ${standing} AND m.id IN (SELECT id FROM page) ORDER BY m.id`;

/** One member: of the ID $2, or of the address $3. */
export const oneStanding = `${standing} AND (m.id = $2 OR m.email_key = $3)`;

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
