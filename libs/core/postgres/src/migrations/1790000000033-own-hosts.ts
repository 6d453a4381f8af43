import type { MigrationInterface, QueryRunner } from 'typeorm';

// What identity providers were told does not change with the tenant's host, so each connection keeps the one it was made under.
const column = `
ALTER TABLE connections ADD COLUMN own_host text;
CREATE INDEX connections_own_host ON connections (own_host) WHERE own_host IS NOT NULL;
CREATE FUNCTION connection_host_tenants(wanted text) RETURNS SETOF text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$ SELECT DISTINCT tenant_id FROM public.connections WHERE own_host = wanted $$;
REVOKE EXECUTE ON FUNCTION connection_host_tenants(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION connection_host_tenants(text) TO gatehouse_app;
`;

/** Connections under a host of their tenant's own (TEN-8). */
export class OwnHosts1790000000033 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(column);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION connection_host_tenants(text)');
    await runner.query('ALTER TABLE connections DROP COLUMN own_host');
  }
}
