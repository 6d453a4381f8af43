import type { MigrationInterface, QueryRunner } from 'typeorm';

// `verified_at` goes on to say whose the name is, and nothing else does: a lapse takes it away. So whatever asks for it, a
// server of the version before included, respects a lapse without knowing of it.
const columns = `
ALTER TABLE domains
  ADD accepted_token text,
  ADD proved_by text,
  ADD missing jsonb,
  ADD lapsed_at timestamptz(3),
  ADD next_check_at timestamptz(3);
`;

// What a server of the version before verifies has no time for its next look: the index of strays finds it.
const indices = `
CREATE INDEX domains_due ON domains (next_check_at) WHERE next_check_at IS NOT NULL;
CREATE INDEX domains_stray ON domains (id) WHERE next_check_at IS NULL AND verified_at IS NOT NULL;
`;

const policy =
  'CREATE POLICY owner_checks ON domains FOR UPDATE TO CURRENT_USER USING (true) WITH CHECK (true)';

const spreadOverADay = `
UPDATE domains SET accepted_token = token, proved_by = 'dns-txt',
  next_check_at = now() + (('x' || substr(md5(id), 1, 8))::bit(32)::bigint % 86400) * interval '1 second'
WHERE verified_at IS NOT NULL
`;

// A clock that was ahead may have put a look off for years: what is due later than any look can be is a stray, too. The limit
// stands in a CTE that is run once, whatever plan PostgreSQL chooses.
const claim = `
CREATE FUNCTION domains_claim_anywhere(most integer, moment timestamptz, leased_until timestamptz)
  RETURNS TABLE (domain jsonb, held_elsewhere boolean)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    WITH due AS MATERIALIZED (
        SELECT id FROM public.domains WHERE next_check_at <= moment
        ORDER BY next_check_at LIMIT most FOR UPDATE SKIP LOCKED),
      ahead AS MATERIALIZED (
        SELECT id FROM public.domains WHERE next_check_at > moment + interval '3 days'
        LIMIT most FOR UPDATE SKIP LOCKED),
      stray AS MATERIALIZED (
        SELECT id FROM public.domains WHERE next_check_at IS NULL AND verified_at IS NOT NULL
        LIMIT most FOR UPDATE SKIP LOCKED),
      claimed AS MATERIALIZED (
        SELECT id FROM due UNION ALL SELECT id FROM ahead UNION ALL SELECT id FROM stray LIMIT most)
    UPDATE public.domains d SET next_check_at = leased_until FROM claimed WHERE d.id = claimed.id
    RETURNING to_jsonb(d), d.lapsed_at IS NOT NULL AND EXISTS (
      SELECT FROM public.domains o WHERE o.name = d.name AND o.verified_at IS NOT NULL AND o.id <> d.id)
  $$;
`;

// Only what a look of which nobody is told can change; the lease says that it is still the look of who claimed it.
const keep = `
CREATE FUNCTION domains_keep_anywhere(looks jsonb) RETURNS void
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    UPDATE public.domains d SET last_check = l.last_check, missing = l.missing, next_check_at = l.next_check_at,
      accepted_token = coalesce(l.accepted_token, d.accepted_token), proved_by = coalesce(l.proved_by, d.proved_by)
    FROM jsonb_to_recordset(looks) AS l (id text, leased_until timestamptz, last_check jsonb, missing jsonb,
      next_check_at timestamptz, accepted_token text, proved_by text)
    WHERE d.id = l.id AND d.next_check_at = l.leased_until
  $$;
`;

const signatures = [
  'domains_claim_anywhere(integer, timestamptz, timestamptz)',
  'domains_keep_anywhere(jsonb)',
];

/** Proofs are looked for every day; what they are missed for is kept beside them. */
export class DomainLife1790000000044 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [columns, indices, policy, spreadOverADay, claim, keep]) await runner.query(sql);
    for (const signature of signatures) {
      await runner.query(`REVOKE EXECUTE ON FUNCTION ${signature} FROM PUBLIC`);
      await runner.query(`GRANT EXECUTE ON FUNCTION ${signature} TO gatehouse_app`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const signature of signatures) await runner.query(`DROP FUNCTION ${signature}`);
    await runner.query('DROP POLICY owner_checks ON domains');
    await runner.query('DROP INDEX domains_due, domains_stray');
    const added = ['accepted_token', 'proved_by', 'missing', 'lapsed_at', 'next_check_at'];
    await runner.query(`ALTER TABLE domains ${added.map((name) => `DROP ${name}`).join(', ')}`);
  }
}
