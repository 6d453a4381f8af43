import type { MigrationInterface, QueryRunner } from 'typeorm';

// A version's row outlives neither its connection nor anything else: the application may only add and close it.
const tables = `
ALTER TABLE connections ADD version integer, ADD pending_version integer,
  ADD is_primary boolean NOT NULL DEFAULT false, ADD deleted_at timestamptz(3);
CREATE UNIQUE INDEX connections_primary ON connections (tenant_id) WHERE is_primary;
CREATE INDEX connections_deleted ON connections (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX links_connection_user ON links (connection_id, user_id);
ALTER TABLE login_flows ADD version integer;
CREATE TABLE connection_versions (
  connection_id text NOT NULL CONSTRAINT connection_versions_connection_fk REFERENCES connections (id) ON DELETE CASCADE,
  number integer NOT NULL,
  tenant_id text NOT NULL,
  state text NOT NULL,
  configuration jsonb NOT NULL,
  difference jsonb NOT NULL,
  author jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  last_test jsonb,
  passed_test jsonb,
  promoted_at timestamptz(3),
  PRIMARY KEY (connection_id, number)
);
CREATE UNIQUE INDEX connection_versions_pending ON connection_versions (connection_id) WHERE state = 'pending';
CREATE UNIQUE INDEX connection_versions_serving ON connection_versions (connection_id) WHERE state = 'serving';
ALTER TABLE connection_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE connection_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON connection_versions TO gatehouse_app
  USING (tenant_id = current_setting('gatehouse.tenant', true))
  WITH CHECK (tenant_id = current_setting('gatehouse.tenant', true));
GRANT SELECT, INSERT, UPDATE ON connection_versions TO gatehouse_app;
`;

// What every connection has and serves already is its version 1.
const firstVersions = `
ALTER TABLE connections NO FORCE ROW LEVEL SECURITY;
ALTER TABLE connection_versions NO FORCE ROW LEVEL SECURITY;
INSERT INTO connection_versions
  (connection_id, number, tenant_id, state, configuration, difference, author, created_at, passed_test, promoted_at)
  SELECT id, 1, tenant_id, 'serving',
    jsonb_strip_nulls(jsonb_build_object('idp', idp, 'metadataUrl', metadata_url, 'settings', jsonb_build_object(
      'signaturePolicy', settings->'signaturePolicy',
      'requireEncryptedAssertions', settings->'requireEncryptedAssertions',
      'attributes', settings->'attributes'))),
    '[]', '{"kind": "system"}', created_at, test, enabled_at
  FROM connections WHERE idp IS NOT NULL;
UPDATE connections SET version = 1 WHERE idp IS NOT NULL;
UPDATE connections SET is_primary = true WHERE id IN
  (SELECT DISTINCT ON (tenant_id) id FROM connections WHERE enabled_at IS NOT NULL ORDER BY tenant_id, enabled_at, id);
ALTER TABLE connections FORCE ROW LEVEL SECURITY;
ALTER TABLE connection_versions FORCE ROW LEVEL SECURITY;
`;

function connectionAnywhere(condition: string): string {
  return `CREATE OR REPLACE FUNCTION connection_anywhere(wanted text) RETURNS SETOF public.connections
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ SELECT * FROM public.connections WHERE id = wanted ${condition} $$`;
}

// A sign-in that is half-way when its connection is deleted may still write its session: it must never count.
function liveSession(condition: string): string {
  return `CREATE OR REPLACE FUNCTION live_session_anywhere(wanted text, moment timestamptz)
  RETURNS TABLE (session jsonb, tenant jsonb, member jsonb, person jsonb)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT to_jsonb(s), to_jsonb(t), to_jsonb(m), to_jsonb(u)
    FROM public.sessions s
    JOIN public.tenants t ON t.id = s.tenant_id AND t.suspended_at IS NULL
    JOIN public.members m ON m.id = s.member_id AND m.tenant_id = s.tenant_id AND m.suspended_at IS NULL
    JOIN public.users u ON u.id = m.user_id AND u.id = s.user_id
    WHERE s.id = wanted AND s.ended_at IS NULL AND s.expires_at > moment ${condition}
  $$`;
}

const ofDeleted = `AND NOT EXISTS
      (SELECT FROM public.connections c WHERE c.id = s.connection_id AND c.deleted_at IS NOT NULL)`;

const deletedAnywhere = `
CREATE FUNCTION connections_deleted_anywhere(until timestamptz, most integer) RETURNS TABLE (tenant_id text, id text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ SELECT tenant_id, id FROM public.connections WHERE deleted_at <= until ORDER BY deleted_at LIMIT most $$;
REVOKE EXECUTE ON FUNCTION connections_deleted_anywhere(timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION connections_deleted_anywhere(timestamptz, integer) TO gatehouse_app;
`;

/** Versions of a connection's trust, one primary a tenant, and deletion that can be taken back (CON-10, CON-15, CON-16). */
export class ConnectionVersions1790000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [tables, firstVersions]) await runner.query(sql);
    await runner.query(connectionAnywhere('AND deleted_at IS NULL'));
    await runner.query(liveSession(ofDeleted));
    await runner.query(deletedAnywhere);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION connections_deleted_anywhere(timestamptz, integer)');
    await runner.query(liveSession(''));
    await runner.query(connectionAnywhere(''));
    await runner.query('DROP TABLE connection_versions');
    await runner.query('ALTER TABLE login_flows DROP version');
    await runner.query('DROP INDEX links_connection_user');
    await runner.query(
      'ALTER TABLE connections DROP version, DROP pending_version, DROP is_primary, DROP deleted_at',
    );
  }
}
