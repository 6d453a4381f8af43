import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the application's role may do with the rows of the tenant that its transaction names. */
const tenantTables = {
  members: 'SELECT, INSERT, UPDATE, DELETE',
  domains: 'SELECT, INSERT, UPDATE, DELETE',
  connections: 'SELECT, INSERT, UPDATE, DELETE',
  links: 'SELECT, INSERT, DELETE',
  login_flows: 'SELECT, INSERT, UPDATE',
  used_assertions: 'SELECT, INSERT',
  sessions: 'SELECT, INSERT, UPDATE',
  audit_entries: 'SELECT, INSERT',
  outbox: 'SELECT, INSERT',
};

/** Tables without a tenant. */
const deploymentTables = {
  tenants: 'SELECT, INSERT, UPDATE',
  users: 'SELECT, INSERT',
  applications: 'SELECT, INSERT',
  oidc_models: 'SELECT, INSERT, UPDATE, DELETE',
  signing_keys: 'SELECT, INSERT',
};

function protect(table: string): string {
  return `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;`;
}

function confine(table: string): string {
  const own = `tenant_id = current_setting('gatehouse.tenant', true)`;
  return `${protect(table)} CREATE POLICY own_tenant ON ${table} TO gatehouse_app USING (${own}) WITH CHECK (${own});`;
}

// The register of tenants is read by slug before any tenant is known; it is written for one's own row only.
const register = `${protect('tenants')}
  CREATE POLICY everyone_reads ON tenants FOR SELECT TO gatehouse_app USING (true);
  CREATE POLICY own_row_created ON tenants FOR INSERT TO gatehouse_app
    WITH CHECK (id = current_setting('gatehouse.tenant', true));
  CREATE POLICY own_row_changed ON tenants FOR UPDATE TO gatehouse_app
    USING (id = current_setting('gatehouse.tenant', true));`;

// The queue keeps its tables in a schema that the application's role makes itself.
const schemas = `DO $$ BEGIN
    EXECUTE format('GRANT CREATE, CONNECT ON DATABASE %I TO gatehouse_app', current_database());
  END $$;
  GRANT USAGE ON SCHEMA public TO gatehouse_app;
  GRANT SELECT ON gatehouse_migrations TO gatehouse_app;`;

export class TenantIsolation1790000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(tenantTables)) await runner.query(confine(table));
    await runner.query(register);
    await runner.query(schemas);
    for (const [table, rights] of Object.entries({ ...tenantTables, ...deploymentTables }))
      await runner.query(`GRANT ${rights} ON ${table} TO gatehouse_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(tenantTables)) await runner.query(`DROP POLICY own_tenant ON ${table}`);
    for (const policy of ['everyone_reads', 'own_row_created', 'own_row_changed'])
      await runner.query(`DROP POLICY ${policy} ON tenants`);
    for (const table of [...Object.keys(tenantTables), 'tenants'])
      await runner.query(
        `ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY; ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`,
      );
    for (const table of Object.keys({ ...tenantTables, ...deploymentTables }))
      await runner.query(`REVOKE ALL ON ${table} FROM gatehouse_app`);
    await runner.query('REVOKE ALL ON gatehouse_migrations FROM gatehouse_app');
  }
}
