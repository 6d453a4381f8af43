import type { MigrationInterface, QueryRunner } from 'typeorm';

// Whose account a round links; absent in every other round, and in those of a server of before.
const rounds = `
ALTER TABLE login_flows ADD COLUMN member_id text, ADD COLUMN link_request_id text;
`;

const table = `
CREATE TABLE pending_links (
  id text PRIMARY KEY,
  tenant_id text NOT NULL CONSTRAINT pending_links_tenant_fk REFERENCES tenants (id),
  connection_id text NOT NULL CONSTRAINT pending_links_connection_fk REFERENCES connections (id) ON DELETE CASCADE,
  flow_id text NOT NULL CONSTRAINT pending_links_flow UNIQUE,
  cause text NOT NULL,
  user_id text NOT NULL CONSTRAINT pending_links_user_fk REFERENCES users (id),
  email text NOT NULL,
  issuer text NOT NULL,
  subject text NOT NULL,
  identity_email text,
  same_address boolean NOT NULL,
  trust text NOT NULL,
  joining jsonb,
  link_request_id text,
  interaction_id text,
  browser_key_hash text NOT NULL,
  code_hash text,
  codes integer NOT NULL,
  tries integer NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  linked_at timestamptz(3)
);
CREATE INDEX pending_links_connection ON pending_links (connection_id);
CREATE INDEX pending_links_expiry ON pending_links (expires_at);
ALTER TABLE pending_links ENABLE ROW LEVEL SECURITY;
ALTER TABLE pending_links FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON pending_links TO gatehouse_app
  USING (tenant_id = current_setting('gatehouse.tenant', true))
  WITH CHECK (tenant_id = current_setting('gatehouse.tenant', true));
GRANT SELECT, INSERT, UPDATE ON pending_links TO gatehouse_app;
`;

// The address of the page names no tenant; what it shows is only for the browser whose key the row has.
const acrossTenants = `
CREATE POLICY owner_looks_up ON pending_links FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_sweeps ON pending_links FOR DELETE TO CURRENT_USER USING (true);
CREATE FUNCTION pending_link_anywhere(wanted text) RETURNS text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ SELECT tenant_id FROM public.pending_links WHERE id = wanted $$;
CREATE FUNCTION sweep_pending_links_anywhere(moment timestamptz, most integer) RETURNS integer
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    WITH chosen AS MATERIALIZED (
      SELECT id FROM public.pending_links WHERE expires_at <= moment ORDER BY expires_at LIMIT most),
    swept AS (DELETE FROM public.pending_links p USING chosen WHERE p.id = chosen.id RETURNING 1)
    SELECT count(*)::integer FROM swept
  $$;
`;

const signatures = ['pending_link_anywhere(text)', 'sweep_pending_links_anywhere(timestamptz, integer)'];

/** Identities that wait for a person to show that an account is theirs (LNK-5). */
export class PendingLinks1790000000042 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(rounds);
    await runner.query(table);
    await runner.query(acrossTenants);
    for (const signature of signatures) {
      await runner.query(`REVOKE EXECUTE ON FUNCTION ${signature} FROM PUBLIC`);
      await runner.query(`GRANT EXECUTE ON FUNCTION ${signature} TO gatehouse_app`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const signature of signatures) await runner.query(`DROP FUNCTION ${signature}`);
    await runner.query('DROP TABLE pending_links');
    await runner.query('ALTER TABLE login_flows DROP COLUMN member_id, DROP COLUMN link_request_id');
  }
}
