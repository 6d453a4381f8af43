import type { MigrationInterface, QueryRunner } from 'typeorm';

const own = `tenant_id = current_setting('gatehouse.tenant', true)`;

// What is due of a connection changes daily and is read by the worker alone: beside the connection, not in it, so that
// neither its revision nor the row that sign-ins read is touched for it.
const tables = `
CREATE TABLE connection_upkeep (
  connection_id text PRIMARY KEY
    CONSTRAINT connection_upkeep_connection_fk REFERENCES connections (id) ON DELETE CASCADE,
  tenant_id text NOT NULL,
  certificates_due_at timestamptz(3) NOT NULL,
  metadata_due_at timestamptz(3) NOT NULL,
  metadata jsonb
);
CREATE INDEX connection_upkeep_certificates_due ON connection_upkeep (certificates_due_at);
CREATE INDEX connection_upkeep_metadata_due ON connection_upkeep (metadata_due_at);
CREATE TABLE certificate_notices (
  connection_id text NOT NULL
    CONSTRAINT certificate_notices_connection_fk REFERENCES connections (id) ON DELETE CASCADE,
  fingerprint text NOT NULL,
  urgency integer NOT NULL,
  tenant_id text NOT NULL,
  told_at timestamptz(3) NOT NULL,
  PRIMARY KEY (connection_id, fingerprint, urgency)
);
CREATE INDEX sign_in_traces_certificate ON sign_in_traces (tenant_id, connection_id, certificate_fingerprint, at)
  WHERE outcome = 'signed-in';
`;

const isolation = ['connection_upkeep', 'certificate_notices']
  .map(
    (table) => `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON ${table} TO gatehouse_app USING (${own}) WITH CHECK (${own});`,
  )
  .join('');

const rights = `
CREATE POLICY owner_hands_out ON connection_upkeep TO CURRENT_USER USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON connection_upkeep TO gatehouse_app;
GRANT SELECT, INSERT ON certificate_notices TO gatehouse_app;
`;

// A server of the version before writes connections too, and knows nothing of this. Spread over the day, because an
// organisation that imports a hundred connections must not have them all refreshed at once for ever.
const beginnings = `
INSERT INTO connection_upkeep (connection_id, tenant_id, certificates_due_at, metadata_due_at)
  SELECT id, tenant_id, now(), now() + random() * interval '1 day' FROM connections;
CREATE FUNCTION begin_connection_upkeep() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
  AS $$
    BEGIN
      INSERT INTO public.connection_upkeep (connection_id, tenant_id, certificates_due_at, metadata_due_at)
      VALUES (NEW.id, NEW.tenant_id, NEW.created_at, NEW.created_at + random() * interval '1 day');
      RETURN NULL;
    END
  $$;
CREATE TRIGGER connection_upkeep_begins AFTER INSERT ON connections
  FOR EACH ROW EXECUTE FUNCTION begin_connection_upkeep();
`;

const signatures = [
  'claim_certificate_checks_anywhere(integer, timestamptz, timestamptz)',
  'claim_metadata_refreshes_anywhere(integer, timestamptz, timestamptz, timestamptz)',
];

// Those that are off, deleted or without an address are put off unseen: by the next day that may have changed.
const claims = `
CREATE FUNCTION claim_certificate_checks_anywhere(most integer, moment timestamptz, lease_until timestamptz)
  RETURNS TABLE (tenant_id text, connection_id text)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    WITH due AS MATERIALIZED (
      SELECT u.connection_id FROM public.connection_upkeep u WHERE u.certificates_due_at <= moment
      ORDER BY u.certificates_due_at LIMIT most FOR UPDATE SKIP LOCKED)
    UPDATE public.connection_upkeep u SET certificates_due_at = lease_until FROM due
    WHERE u.connection_id = due.connection_id RETURNING u.tenant_id, u.connection_id
  $$;
CREATE FUNCTION claim_metadata_refreshes_anywhere(
  most integer, moment timestamptz, lease_until timestamptz, otherwise timestamptz)
  RETURNS TABLE (tenant_id text, connection_id text, wanted boolean)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    WITH due AS MATERIALIZED (
      SELECT u.connection_id FROM public.connection_upkeep u WHERE u.metadata_due_at <= moment
      ORDER BY u.metadata_due_at LIMIT most FOR UPDATE SKIP LOCKED),
    judged AS MATERIALIZED (
      SELECT c.id, c.enabled_at IS NOT NULL AND c.deleted_at IS NULL AND c.metadata_url IS NOT NULL AS wanted
      FROM due JOIN public.connections c ON c.id = due.connection_id)
    UPDATE public.connection_upkeep u SET metadata_due_at = CASE WHEN judged.wanted THEN lease_until ELSE otherwise END
    FROM judged WHERE u.connection_id = judged.id RETURNING u.tenant_id, u.connection_id, judged.wanted
  $$;
`;

/** What is due of the certificates and the metadata of connections (CRT-2, CRT-4), and how certificates were used (CRT-3). */
export class ConnectionUpkeep1790000000046 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [tables, isolation, rights, beginnings, claims]) await runner.query(sql);
    for (const signature of signatures) {
      await runner.query(`REVOKE EXECUTE ON FUNCTION ${signature} FROM PUBLIC`);
      await runner.query(`GRANT EXECUTE ON FUNCTION ${signature} TO gatehouse_app`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const signature of signatures) await runner.query(`DROP FUNCTION ${signature}`);
    await runner.query('DROP TRIGGER connection_upkeep_begins ON connections');
    await runner.query('DROP FUNCTION begin_connection_upkeep()');
    await runner.query('DROP INDEX sign_in_traces_certificate');
    await runner.query('DROP TABLE certificate_notices, connection_upkeep');
  }
}
