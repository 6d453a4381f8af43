import type { MigrationInterface, QueryRunner } from 'typeorm';

const table = `CREATE TABLE sign_in_traces (
    tenant_id text NOT NULL,
    id text NOT NULL,
    connection_id text NOT NULL,
    purpose text,
    reference text NOT NULL,
    at timestamptz(3) NOT NULL,
    outcome text NOT NULL,
    code text,
    total_ms double precision NOT NULL,
    checks jsonb NOT NULL,
    certificate_fingerprint text,
    subject text,
    email text,
    in_response_to text,
    attributes jsonb NOT NULL,
    response text,
    address text,
    user_agent text,
    PRIMARY KEY (tenant_id, id)
  );
  CREATE INDEX sign_in_traces_reference ON sign_in_traces (tenant_id, reference);
  CREATE INDEX sign_in_traces_email ON sign_in_traces (tenant_id, email);
  CREATE INDEX sign_in_traces_at ON sign_in_traces (at);`;

// The application adds and reads the rows of one tenant; only the owner's sweep takes any away.
const isolation = `ALTER TABLE sign_in_traces ENABLE ROW LEVEL SECURITY;
  ALTER TABLE sign_in_traces FORCE ROW LEVEL SECURITY;
  CREATE POLICY own_tenant ON sign_in_traces TO gatehouse_app
    USING (tenant_id = current_setting('gatehouse.tenant', true))
    WITH CHECK (tenant_id = current_setting('gatehouse.tenant', true));
  CREATE POLICY owner_looks_up ON sign_in_traces FOR SELECT TO CURRENT_USER USING (true);
  CREATE POLICY owner_sweeps ON sign_in_traces FOR DELETE TO CURRENT_USER USING (true);
  GRANT SELECT, INSERT ON sign_in_traces TO gatehouse_app;`;

// In batches: a month of a busy deployment must not be one long transaction.
const sweep = `CREATE FUNCTION sweep_sign_in_traces(moment timestamptz, most integer) RETURNS integer
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
      WITH swept AS (
        DELETE FROM public.sign_in_traces WHERE (tenant_id, id) IN
          (SELECT tenant_id, id FROM public.sign_in_traces WHERE at <= moment ORDER BY at LIMIT most)
        RETURNING 1)
      SELECT count(*)::integer FROM swept
    $$;
  REVOKE EXECUTE ON FUNCTION sweep_sign_in_traces(timestamptz, integer) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION sweep_sign_in_traces(timestamptz, integer) TO gatehouse_app;`;

/** What became of each answer of an identity provider (LOG-11), and the rounds of one browser (LOG-10). */
export class SignInTraces1790000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [table, isolation, sweep]) await runner.query(sql);
    await runner.query('CREATE INDEX login_flows_browser ON login_flows (browser_key_hash, started_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX login_flows_browser');
    await runner.query('DROP FUNCTION sweep_sign_in_traces(timestamptz, integer)');
    await runner.query('DROP TABLE sign_in_traces');
  }
}
