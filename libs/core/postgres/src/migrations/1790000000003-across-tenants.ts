import type { MigrationInterface, QueryRunner } from 'typeorm';

// The owner is confined too (FORCE): these policies are all that its functions below can see or touch across tenants.
const ownerPolicies = `
CREATE POLICY owner_looks_up ON tenants FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_looks_up ON members FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_looks_up ON domains FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_looks_up ON connections FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_looks_up ON sessions FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_looks_up ON login_flows FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_looks_up ON used_assertions FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_sweeps ON login_flows FOR DELETE TO CURRENT_USER USING (true);
CREATE POLICY owner_sweeps ON used_assertions FOR DELETE TO CURRENT_USER USING (true);
CREATE POLICY owner_relays ON outbox TO CURRENT_USER USING (true) WITH CHECK (true);
`;

const lookUps = `
CREATE FUNCTION domain_verified_by(wanted text) RETURNS text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ SELECT tenant_id FROM public.domains WHERE name = wanted AND verified_at IS NOT NULL $$;
CREATE FUNCTION connection_anywhere(wanted text) RETURNS SETOF public.connections
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ SELECT * FROM public.connections WHERE id = wanted $$;
CREATE FUNCTION login_flow_by_ticket(wanted text) RETURNS text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ SELECT tenant_id FROM public.login_flows WHERE ticket_hash = wanted $$;
CREATE FUNCTION email_is_known(wanted text) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ SELECT EXISTS (SELECT FROM public.users WHERE email_key = wanted) $$;
CREATE FUNCTION live_session_anywhere(wanted text, moment timestamptz)
  RETURNS TABLE (session jsonb, tenant jsonb, member jsonb, person jsonb)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT to_jsonb(s), to_jsonb(t), to_jsonb(m), to_jsonb(u)
    FROM public.sessions s
    JOIN public.tenants t ON t.id = s.tenant_id AND t.suspended_at IS NULL
    JOIN public.members m ON m.id = s.member_id AND m.tenant_id = s.tenant_id AND m.suspended_at IS NULL
    JOIN public.users u ON u.id = m.user_id AND u.id = s.user_id
    WHERE s.id = wanted AND s.ended_at IS NULL AND s.expires_at > moment
  $$;
`;

// A claim puts the row off by a lease: where a worker dies holding it, it falls due again by itself.
const work = `
CREATE FUNCTION outbox_claim(most integer, moment timestamptz, lease interval) RETURNS SETOF public.outbox
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    UPDATE public.outbox SET due_at = moment + lease, attempts = attempts + 1
    WHERE id IN (SELECT id FROM public.outbox WHERE due_at <= moment ORDER BY due_at, id LIMIT most FOR UPDATE SKIP LOCKED)
    RETURNING *
  $$;
CREATE FUNCTION outbox_delivered(delivered text[]) RETURNS void
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ DELETE FROM public.outbox WHERE id = ANY (delivered) $$;
CREATE FUNCTION outbox_failed(wanted text, error text, again_at timestamptz) RETURNS void
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ UPDATE public.outbox SET last_error = error, due_at = again_at WHERE id = wanted $$;
CREATE FUNCTION sweep_expired(moment timestamptz) RETURNS TABLE (flows integer, assertions integer)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    WITH f AS (DELETE FROM public.login_flows WHERE expires_at <= moment RETURNING 1),
         a AS (DELETE FROM public.used_assertions WHERE expires_at <= moment RETURNING 1)
    SELECT (SELECT count(*) FROM f)::integer, (SELECT count(*) FROM a)::integer
  $$;
`;

const signatures = [
  'domain_verified_by(text)',
  'connection_anywhere(text)',
  'login_flow_by_ticket(text)',
  'email_is_known(text)',
  'live_session_anywhere(text, timestamptz)',
  'outbox_claim(integer, timestamptz, interval)',
  'outbox_delivered(text[])',
  'outbox_failed(text, text, timestamptz)',
  'sweep_expired(timestamptz)',
];

const confined = [
  'tenants',
  'members',
  'domains',
  'connections',
  'sessions',
  'login_flows',
  'used_assertions',
];

export class AcrossTenants1790000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [ownerPolicies, lookUps, work]) await runner.query(sql);
    for (const signature of signatures) {
      await runner.query(`REVOKE EXECUTE ON FUNCTION ${signature} FROM PUBLIC`);
      await runner.query(`GRANT EXECUTE ON FUNCTION ${signature} TO gatehouse_app`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const signature of signatures) await runner.query(`DROP FUNCTION ${signature}`);
    for (const table of confined) await runner.query(`DROP POLICY owner_looks_up ON ${table}`);
    for (const table of ['login_flows', 'used_assertions'])
      await runner.query(`DROP POLICY owner_sweeps ON ${table}`);
    await runner.query('DROP POLICY owner_relays ON outbox');
  }
}
