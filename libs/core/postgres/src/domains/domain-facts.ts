import type { DomainFacts } from '@gatehouse/core';
import { isLinked } from '../enforcement/standing.row';
import type { TenantTransaction } from '../transaction';

// Of the members `m` of the tenant $1, those with an address in the domain $2.
const ofDomain = `m.tenant_id = $1 AND split_part(m.email_key, '@', -1) = $2`;

const facts = `SELECT t.name AS organisation, t.associate_by_email, t.policy ->> 'sso' = 'required' AS required,
    people.members, people.linked, coalesce(c.signs_in, false) AS signs_in, coalesce(c.admits, false) AS admits
  FROM tenants t
  CROSS JOIN LATERAL (SELECT count(*)::integer AS members, (count(*) FILTER (WHERE ${isLinked}))::integer AS linked
    FROM members m WHERE ${ofDomain}) people
  CROSS JOIN LATERAL (SELECT count(*) > 0 AS signs_in, bool_or((c.settings ->> 'jit')::boolean) AS admits
    FROM connections c WHERE c.tenant_id = $1 AND c.enabled_at IS NOT NULL AND c.deleted_at IS NULL) c
  WHERE t.id = $1`;

/** Whom and what a domain of the tenant is for, as this transaction sees it. */
export async function factsOf(
  transaction: TenantTransaction,
  name: string,
): Promise<DomainFacts & { readonly organisation: string }> {
  const row = await transaction.row(facts, [transaction.tenantId, name]);
  if (!row) throw new Error('A tenant answers with one row.');
  return {
    organisation: row.text('organisation'),
    members: row.integer('members'),
    linked: row.integer('linked'),
    required: row.flag('required'),
    signsIn: row.flag('signs_in'),
    admitsNewcomers: row.flag('admits'),
    associatesByEmail: row.flag('associate_by_email'),
  };
}
