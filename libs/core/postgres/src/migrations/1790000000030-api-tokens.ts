import type { MigrationInterface, QueryRunner } from 'typeorm';

// No foreign key to the member: the record of a token outlives whoever it belonged to.
const table = `
CREATE TABLE api_tokens (
  id text PRIMARY KEY,
  tenant_id text NOT NULL CONSTRAINT api_tokens_tenant_fk REFERENCES tenants (id),
  member_id text NOT NULL,
  name text NOT NULL,
  scopes jsonb NOT NULL,
  hash text NOT NULL CONSTRAINT api_tokens_hash UNIQUE,
  created_at timestamptz(3) NOT NULL,
  created_by jsonb NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  last_used_at timestamptz(3),
  revoked_at timestamptz(3)
);
CREATE INDEX api_tokens_tenant_member ON api_tokens (tenant_id, member_id);
CREATE INDEX api_tokens_expiry ON api_tokens (expires_at);
`;

const own = `tenant_id = current_setting('gatehouse.tenant', true)`;

const isolation = `
ALTER TABLE api_tokens ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_tokens FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON api_tokens TO gatehouse_app USING (${own}) WITH CHECK (${own});
GRANT SELECT, INSERT, UPDATE ON api_tokens TO gatehouse_app;
CREATE POLICY owner_looks_up ON api_tokens FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_sweeps ON api_tokens FOR DELETE TO CURRENT_USER USING (true);
`;

// A secret names no tenant. The hash stays inside: nothing that is read of a token leads back to it.
const functions = `
CREATE FUNCTION api_token_anywhere(wanted text)
  RETURNS TABLE (token jsonb, tenant jsonb, member jsonb, person jsonb)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT to_jsonb(a) - 'hash', to_jsonb(t), to_jsonb(m), to_jsonb(u)
    FROM public.api_tokens a
    JOIN public.tenants t ON t.id = a.tenant_id
    JOIN public.members m ON m.id = a.member_id AND m.tenant_id = a.tenant_id
    JOIN public.users u ON u.id = m.user_id
    WHERE a.hash = wanted
  $$;
CREATE FUNCTION sweep_api_tokens(moment timestamptz, most integer) RETURNS integer
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    WITH swept AS (
      DELETE FROM public.api_tokens WHERE id IN
        (SELECT id FROM public.api_tokens WHERE expires_at <= moment ORDER BY expires_at LIMIT most)
      RETURNING 1)
    SELECT count(*)::integer FROM swept
  $$;
`;

const signatures = ['api_token_anywhere(text)', 'sweep_api_tokens(timestamptz, integer)'];

/** Members' keys for programs (SES-4). */
export class ApiTokens1790000000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [table, isolation, functions]) await runner.query(sql);
    for (const signature of signatures) {
      await runner.query(`REVOKE EXECUTE ON FUNCTION ${signature} FROM PUBLIC`);
      await runner.query(`GRANT EXECUTE ON FUNCTION ${signature} TO gatehouse_app`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const signature of signatures) await runner.query(`DROP FUNCTION ${signature}`);
    await runner.query('DROP TABLE api_tokens');
  }
}
