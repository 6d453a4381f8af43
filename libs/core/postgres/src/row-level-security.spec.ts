import { PostgresDomainStore, PostgresMemberStore, PostgresTenantStore } from './index';
import { createTestDatabase, type TestDatabase } from './testing';
import {
  aConnection,
  aDomain,
  anExistingConnection,
  anExistingTenant,
  aPerson,
  because,
  chance,
} from './testing/given';
import { inTenant, rowsOf } from './transaction';
import type { Connection, Domain, NewPerson, Tenant } from '@gatehouse/core';

let database: TestDatabase;
let acme: Tenant;
let globex: Tenant;
let domain: Domain;
let person: NewPerson;
let connection: Connection;

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await anExistingTenant(database.app);
  globex = await anExistingTenant(database.app);
  domain = aDomain(acme.id);
  person = aPerson(acme.id, { role: 'owner' });
  await new PostgresDomainStore(database.app, chance).add(acme.id, domain, because(acme.id, 'domain.added'));
  await new PostgresMemberStore(database.app, chance).add(acme.id, person, because(acme.id, 'member.added'));
  connection = await anExistingConnection(database.app, acme.id);
});
afterAll(() => database.drop());

const rightsOfTenants = {
  api_tokens: 'INSERT SELECT UPDATE',
  arrivals: 'INSERT SELECT UPDATE',
  audit_entries: 'INSERT SELECT',
  break_glass_proofs: 'INSERT SELECT UPDATE',
  certificate_notices: 'INSERT SELECT',
  connection_upkeep: 'INSERT SELECT UPDATE',
  connection_versions: 'INSERT SELECT UPDATE',
  connections: 'DELETE INSERT SELECT UPDATE',
  directories: 'DELETE INSERT SELECT UPDATE',
  directory_group_members: 'DELETE INSERT SELECT',
  directory_groups: 'DELETE INSERT SELECT UPDATE',
  directory_people: 'INSERT SELECT UPDATE',
  directory_requests: 'INSERT SELECT',
  directory_tallies: 'INSERT SELECT UPDATE',
  directory_tokens: 'INSERT SELECT UPDATE',
  domains: 'DELETE INSERT SELECT UPDATE',
  invitations: 'INSERT SELECT UPDATE',
  link_requests: 'INSERT SELECT UPDATE',
  links: 'DELETE INSERT SELECT',
  login_flows: 'INSERT SELECT UPDATE',
  logout_notices: 'INSERT SELECT',
  logouts: 'DELETE INSERT SELECT',
  members: 'DELETE INSERT SELECT UPDATE',
  moves: 'INSERT SELECT UPDATE',
  moving_members: 'INSERT SELECT UPDATE',
  outbox: 'INSERT SELECT',
  pending_links: 'INSERT SELECT UPDATE',
  removal_holds: 'INSERT SELECT UPDATE',
  removed_identities: 'DELETE INSERT SELECT',
  removed_members: 'DELETE INSERT SELECT',
  role_mappings: 'DELETE INSERT SELECT UPDATE',
  sessions: 'INSERT SELECT UPDATE',
  sign_in_traces: 'INSERT SELECT',
  tasks: 'INSERT',
  used_assertions: 'INSERT SELECT',
};

const rightsOfDeployment = {
  applications: 'INSERT SELECT',
  deployment_audit_entries: 'INSERT SELECT',
  gatehouse_migrations: 'SELECT',
  mails: 'DELETE INSERT SELECT UPDATE',
  oidc_models: 'DELETE INSERT SELECT UPDATE',
  local_sign_ins: 'DELETE INSERT SELECT UPDATE',
  passkey_challenges: 'DELETE INSERT SELECT UPDATE',
  password_resets: 'DELETE INSERT SELECT UPDATE',
  passkeys: 'DELETE INSERT SELECT UPDATE',
  passwords: 'DELETE INSERT SELECT UPDATE',
  rate_limits: 'DELETE INSERT SELECT UPDATE',
  recovery_codes: 'DELETE INSERT SELECT UPDATE',
  saml_keys: 'DELETE INSERT SELECT UPDATE',
  sign_in_tries: 'DELETE INSERT SELECT UPDATE',
  signing_keys: 'INSERT SELECT',
  tenants: 'INSERT SELECT UPDATE',
  totp_secrets: 'DELETE INSERT SELECT UPDATE',
  users: 'INSERT SELECT',
};

const filled = ['members', 'domains', 'connections', 'audit_entries', 'outbox'];

describe('row-level security', () => {
  it.each(filled)('shows the rows of %s to their tenant only [SEC-3]', async (table) => {
    const sql = `SELECT tenant_id FROM ${table} WHERE tenant_id = '${acme.id}'`;
    const seenBy = (tenant: Tenant) =>
      inTenant(database.app, tenant.id, (transaction) => transaction.rows(sql));
    expect((await seenBy(acme)).length).toBeGreaterThan(0);
    await expect(seenBy(globex)).resolves.toEqual([]);
    await expect(rowsOf(database.app, sql)).resolves.toEqual([]);
  });

  it('covers every table that has a tenant, and is forced on the owner as well [SEC-3]', async () => {
    const tables = await rowsOf(
      database.app,
      `SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced FROM pg_class c
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace`,
    );
    expect(tables.length).toBeGreaterThanOrEqual(9);
    expect(tables.filter((table) => !table.flag('forced')).map((table) => table.text('name'))).toEqual([]);
  });

  it('confines the application to its tenant in each of them, by the same condition [SEC-3]', async () => {
    const own = `(tenant_id = current_setting('gatehouse.tenant'::text, true))`;
    const policies = await rowsOf(
      database.app,
      `SELECT tablename AS name, policyname AS policy, qual AS reads, with_check AS writes FROM pg_policies
       WHERE roles && '{gatehouse_app,public}' AND tablename <> 'tenants' ORDER BY tablename`,
    );
    // A task may be the deployment's own, and is read by functions of the owner alone.
    const ofTask = `(NOT (tenant_id IS DISTINCT FROM NULLIF(current_setting('gatehouse.tenant'::text, true), ''::text)))`;
    const expected = (name: string) =>
      name === 'tasks' ? { reads: null, writes: ofTask } : { reads: own, writes: own };
    expect(policies.map((each) => each.record())).toEqual(
      Object.keys(rightsOfTenants).map((name) => ({ name, policy: 'own_tenant', ...expected(name) })),
    );
  });

  it('grants the application no more than its stores use: what is a record is never changed [SEC-3] [AUD-1]', async () => {
    const granted = await rowsOf(
      database.app,
      `SELECT c.relname AS name, string_agg(g.privilege_type, ' ' ORDER BY g.privilege_type) AS rights
       FROM pg_class c, aclexplode(c.relacl) g, pg_roles r
       WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND r.oid = g.grantee AND r.rolname = 'gatehouse_app'
       GROUP BY c.relname ORDER BY c.relname`,
    );
    const rights = Object.fromEntries(granted.map((row) => [row.text('name'), row.text('rights')]));
    expect(rights).toEqual({ ...rightsOfTenants, ...rightsOfDeployment });
  });

  it('lets no tenant change, remove or add rows of another [SEC-3]', async () => {
    const asGlobex = (sql: string) =>
      inTenant(database.app, globex.id, (transaction) => transaction.rows(sql));
    await expect(
      asGlobex(`UPDATE domains SET token = 'mine' WHERE id = '${domain.id}' RETURNING id`),
    ).resolves.toEqual([]);
    await expect(
      asGlobex(`DELETE FROM connections WHERE id = '${connection.id}' RETURNING id`),
    ).resolves.toEqual([]);
    await expect(
      asGlobex(`UPDATE tenants SET name = 'mine' WHERE id = '${acme.id}' RETURNING id`),
    ).resolves.toEqual([]);
    const smuggle = asGlobex(
      `UPDATE domains SET tenant_id = '${globex.id}' WHERE id = '${domain.id}' RETURNING id`,
    );
    await expect(smuggle).resolves.toEqual([]);
    const foreign = new PostgresDomainStore(database.app, chance).add(
      globex.id,
      aDomain(acme.id),
      because(globex.id),
    );
    await expect(foreign).rejects.toThrow('row-level security');
  });

  it('refuses to note what happened to another tenant [SEC-3] [AUD-1]', async () => {
    const store = new PostgresDomainStore(database.app, chance);
    await expect(store.add(globex.id, aDomain(globex.id), because(acme.id))).rejects.toThrow(
      'row-level security',
    );
    await expect(store.list(globex.id)).resolves.toEqual([]);
  });

  it('leaves nothing of the tenant behind on a pooled connection [SEC-3]', async () => {
    await Promise.all(
      Array.from({ length: 40 }, () =>
        new PostgresMemberStore(database.app, chance).find(acme.id, person.member.id),
      ),
    );
    const settings = await Promise.all(
      Array.from({ length: 20 }, () =>
        rowsOf(database.app, `SELECT current_setting('gatehouse.tenant', true) AS tenant`),
      ),
    );
    expect(new Set(settings.flat().map((row) => row.optionalText('tenant') ?? ''))).toEqual(new Set(['']));
  });

  it('gives the application no way to change or remove what the audit log holds [AUD-1]', async () => {
    for (const sql of [
      'UPDATE audit_entries SET subject = subject',
      'DELETE FROM audit_entries',
      'TRUNCATE audit_entries',
      'DELETE FROM outbox',
    ])
      await expect(inTenant(database.app, acme.id, (transaction) => transaction.rows(sql))).rejects.toThrow(
        'permission denied',
      );
  });

  it('lets only the role of the application call the functions that cross tenants [SEC-3]', async () => {
    const rows = await rowsOf(
      database.app,
      `SELECT p.proname AS name, coalesce(p.proconfig::text, '') AS config, has_function_privilege('pg_read_all_data', p.oid, 'EXECUTE') AS open
       FROM pg_proc p WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace`,
    );
    expect(rows).toHaveLength(55);
    expect(rows.filter((row) => row.flag('open') || !row.text('config').includes('search_path='))).toEqual(
      [],
    );
  });

  it('cannot be switched off by the role of the application [SEC-3]', async () => {
    await expect(rowsOf(database.app, 'ALTER TABLE domains DISABLE ROW LEVEL SECURITY')).rejects.toThrow(
      'must be owner',
    );
    const [role] = await rowsOf(
      database.app,
      'SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user',
    );
    expect([role?.flag('rolsuper'), role?.flag('rolbypassrls')]).toEqual([false, false]);
  });

  it('takes no tenant that is not an ID [SEC-3]', async () => {
    const tenants = new PostgresTenantStore(database.app, chance);
    const bent = { ...acme, id: `ten_'; DROP TABLE domains; --` } as const;
    await expect(tenants.update(bent, because(acme.id))).rejects.toThrow('identifier');
    await expect(inTenant(database.app, aConnection(bent.id).tenantId, async () => 1)).rejects.toThrow(
      'identifier',
    );
  });
});
