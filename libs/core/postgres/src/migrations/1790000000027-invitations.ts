import type { MigrationInterface, QueryRunner } from 'typeorm';

const table = `
CREATE TABLE invitations (
  id text PRIMARY KEY,
  tenant_id text NOT NULL CONSTRAINT invitations_tenant_fk REFERENCES tenants (id),
  email text NOT NULL,
  email_key text NOT NULL,
  name text,
  role text NOT NULL,
  sso text,
  exemption jsonb,
  language text NOT NULL,
  inviter text,
  invited_by jsonb NOT NULL,
  token_hash text NOT NULL CONSTRAINT invitations_token UNIQUE,
  state text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  sent_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  opened_at timestamptz(3),
  browser_key_hash text,
  ended_at timestamptz(3)
);
CREATE UNIQUE INDEX invitations_open ON invitations (tenant_id, email_key) WHERE state = 'open';
CREATE INDEX invitations_tenant_id ON invitations (tenant_id, id);
CREATE INDEX invitations_expiry ON invitations (expires_at);
ALTER TABLE invitations ENABLE ROW LEVEL SECURITY;
ALTER TABLE invitations FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON invitations TO gatehouse_app
  USING (tenant_id = current_setting('gatehouse.tenant', true))
  WITH CHECK (tenant_id = current_setting('gatehouse.tenant', true));
GRANT SELECT, INSERT, UPDATE ON invitations TO gatehouse_app;
`;

// A link names no tenant: the row behind its token does, and nothing that came with the request (threat: CVE-2026-1529).
const acrossTenants = `
CREATE POLICY owner_looks_up ON invitations FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_sweeps ON invitations FOR DELETE TO CURRENT_USER USING (true);
CREATE FUNCTION invitation_by_token_anywhere(wanted text) RETURNS text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ SELECT tenant_id FROM public.invitations WHERE token_hash = wanted $$;
CREATE FUNCTION sweep_invitations_anywhere(moment timestamptz, most integer) RETURNS integer
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    WITH swept AS (
      DELETE FROM public.invitations WHERE id IN
        (SELECT id FROM public.invitations WHERE expires_at <= moment ORDER BY expires_at LIMIT most)
      RETURNING 1)
    SELECT count(*)::integer FROM swept
  $$;
`;

const signatures = ['invitation_by_token_anywhere(text)', 'sweep_invitations_anywhere(timestamptz, integer)'];

/** Inviting people by mail (TEN-5). */
export class Invitations1790000000027 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(table);
    await runner.query(acrossTenants);
    for (const signature of signatures) {
      await runner.query(`REVOKE EXECUTE ON FUNCTION ${signature} FROM PUBLIC`);
      await runner.query(`GRANT EXECUTE ON FUNCTION ${signature} TO gatehouse_app`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const signature of signatures) await runner.query(`DROP FUNCTION ${signature}`);
    await runner.query('DROP TABLE invitations');
  }
}
