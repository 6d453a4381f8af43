// Verified domains for `npm run bench:domains`: ten to a tenant, their looks spread over the day, their values over 14 days.
import { domainId, SystemChance, tenantId } from '@gatehouse/core';

const chance = new SystemChance();
const hour = 3_600_000;
const day = 24 * hour;
const batch = 5_000;

const addTenants = `INSERT INTO tenants (id, slug, name, associate_by_email, created_at)
  SELECT id, 't' || number, 'Tenant ' || number, false, $2 FROM unnest($1::text[]) WITH ORDINALITY AS t (id, number)`;

const addDomains = `INSERT INTO domains (id, tenant_id, name, token, accepted_token, proved_by, token_expires_at, verified_at,
    next_check_at, created_at)
  SELECT id, tenant_id, 'd' || number || '.bench.example', 'token-' || number, 'token-' || number, 'dns-txt',
    $4::timestamptz + random() * interval '14 days', $4, $4::timestamptz + random() * interval '1 day', $4
  FROM unnest($1::text[], $2::text[], $3::integer[]) AS d (id, tenant_id, number)`;

/**
 * @param {import('pg').Client} superuser
 * @param {number} count
 * @param {Date} now
 */
export async function seedDomains(superuser, count, now) {
  const tenants = Array.from({ length: Math.ceil(count / 10) }, () => tenantId.create(now, chance));
  await superuser.query(addTenants, [tenants, now]);
  for (let from = 0; from < count; from += batch) {
    const numbers = Array.from({ length: Math.min(batch, count - from) }, (_, index) => from + index);
    const ids = numbers.map(() => domainId.create(now, chance));
    const owners = numbers.map((number) => tenants[Math.floor(number / 10)]);
    await superuser.query(addDomains, [ids, owners, numbers, now]);
  }
  // As after some days of running: the statistics are there, and what was written lies on disk.
  await superuser.query('VACUUM (ANALYZE) domains');
  await superuser.query('CHECKPOINT');
}

export const dayMs = day;
