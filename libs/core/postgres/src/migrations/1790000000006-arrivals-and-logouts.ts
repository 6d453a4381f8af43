import type { MigrationInterface, QueryRunner } from 'typeorm';

const columns = `
ALTER TABLE applications ADD initiate_login_uri text;
GRANT UPDATE (initiate_login_uri) ON applications TO gatehouse_app;
ALTER TABLE sessions ADD name_id jsonb, ADD name_id_value text;
CREATE INDEX sessions_name_id ON sessions (connection_id, name_id_value);
`;

const tables = `
CREATE TABLE arrivals (
  id text PRIMARY KEY,
  tenant_id text NOT NULL CONSTRAINT arrivals_tenant_fk REFERENCES tenants (id),
  connection_id text NOT NULL,
  application_id text,
  arrived_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  ticket_hash text CONSTRAINT arrivals_ticket UNIQUE,
  session_id text,
  browser_key_hash text,
  taken_at timestamptz(3)
);
CREATE INDEX arrivals_browser ON arrivals (browser_key_hash, connection_id);
CREATE INDEX arrivals_expiry ON arrivals (expires_at);
CREATE TABLE logouts (
  id text PRIMARY KEY,
  tenant_id text NOT NULL CONSTRAINT logouts_tenant_fk REFERENCES tenants (id),
  connection_id text NOT NULL,
  session_id text NOT NULL,
  request_id text NOT NULL,
  return_url text NOT NULL,
  started_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  CONSTRAINT logouts_request UNIQUE (connection_id, request_id)
);
CREATE INDEX logouts_expiry ON logouts (expires_at);
`;

const rights = { arrivals: 'SELECT, INSERT, UPDATE', logouts: 'SELECT, INSERT, DELETE' };

function confine(table: string): string {
  const own = `tenant_id = current_setting('gatehouse.tenant', true)`;
  return `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY own_tenant ON ${table} TO gatehouse_app USING (${own}) WITH CHECK (${own});
    CREATE POLICY owner_looks_up ON ${table} FOR SELECT TO CURRENT_USER USING (true);
    CREATE POLICY owner_sweeps ON ${table} FOR DELETE TO CURRENT_USER USING (true);`;
}

const lookUp = `
CREATE FUNCTION arrival_by_ticket(wanted text) RETURNS text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ SELECT tenant_id FROM public.arrivals WHERE ticket_hash = wanted $$;
REVOKE EXECUTE ON FUNCTION arrival_by_ticket(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION arrival_by_ticket(text) TO gatehouse_app;
`;

function sweep(more: string): string {
  return `CREATE OR REPLACE FUNCTION sweep_expired(moment timestamptz) RETURNS TABLE (flows integer, assertions integer)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    WITH f AS (DELETE FROM public.login_flows WHERE expires_at <= moment RETURNING 1),
         ${more}
         a AS (DELETE FROM public.used_assertions WHERE expires_at <= moment RETURNING 1)
    SELECT (SELECT count(*) FROM f)::integer, (SELECT count(*) FROM a)::integer
  $$`;
}

// Written to by this version alone, so the counts that the version before reads stay as they are.
const sweepsMore = `r AS (DELETE FROM public.arrivals WHERE expires_at <= moment),
         l AS (DELETE FROM public.logouts WHERE expires_at <= moment),`;

/** Sign-ins that begin at the identity provider, and single logout both ways. */
export class ArrivalsAndLogouts1790000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(columns);
    await runner.query(tables);
    for (const [table, allowed] of Object.entries(rights)) {
      await runner.query(confine(table));
      await runner.query(`GRANT ${allowed} ON ${table} TO gatehouse_app`);
    }
    await runner.query(lookUp);
    await runner.query(sweep(sweepsMore));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(sweep(''));
    await runner.query('DROP FUNCTION arrival_by_ticket(text)');
    await runner.query('DROP TABLE arrivals, logouts');
    await runner.query('DROP INDEX sessions_name_id');
    await runner.query('ALTER TABLE sessions DROP name_id, DROP name_id_value');
    await runner.query('ALTER TABLE applications DROP initiate_login_uri');
  }
}
