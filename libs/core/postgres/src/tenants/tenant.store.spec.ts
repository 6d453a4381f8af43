import { PostgresAuditLog, PostgresConnectionStore, PostgresTenantStore } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { aConnection, anExistingTenant, aTenant, because, chance, later, now } from '../testing/given';

let database: TestDatabase;
let tenants: PostgresTenantStore;
beforeAll(async () => {
  database = await createTestDatabase();
  tenants = new PostgresTenantStore(database.app, chance);
});
afterAll(() => database.drop());

describe('the store of tenants', () => {
  it('gives back what it was given, by ID, by slug and by external ID', async () => {
    const tenant = aTenant({ slug: 'acme', externalId: 'org_1', associateByEmail: true, suspendedAt: now });
    await expect(tenants.create(tenant, because(tenant.id))).resolves.toBe('created');
    await expect(tenants.find(tenant.id)).resolves.toEqual(tenant);
    await expect(tenants.findBySlug('acme')).resolves.toEqual(tenant);
    await expect(tenants.findByExternalId('org_1')).resolves.toEqual(tenant);
    await expect(tenants.findByExternalId('acme')).resolves.toBeUndefined();
    await expect(tenants.findBySlug('other')).resolves.toBeUndefined();
  });

  it('lets a slug be taken once, also by creations at the same time', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => {
        const tenant = aTenant({ slug: 'wanted' });
        return tenants.create(tenant, because(tenant.id));
      }),
    );
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
  });

  it('changes a tenant and forgets what is no longer set', async () => {
    const { suspendedAt: _ended, ...active } = aTenant({ suspendedAt: now });
    await tenants.create({ ...active, suspendedAt: now }, because(active.id));
    await tenants.update({ ...active, name: 'Acme II' }, because(active.id));
    await expect(tenants.find(active.id)).resolves.toEqual({ ...active, name: 'Acme II' });
    const absent = aTenant();
    await expect(tenants.update(absent, because(absent.id))).rejects.toMatchObject({ code: 'not_found' });
  });

  it('changes what is named and nothing else, with the fact of it [TEN-9] [AUD-1]', async () => {
    const tenant = await anExistingTenant(database.app, {
      name: 'Acme',
      externalId: 'crm_7',
      associateByEmail: true,
    });
    const fact = {
      ...because(tenant.id),
      at: later(1),
      before: { ssoEntitled: true },
      after: { ssoEntitled: false },
    };
    const expected = { ...tenant, ssoEntitled: false };
    await expect(tenants.change(tenant.id, { ssoEntitled: false }, fact)).resolves.toEqual(expected);
    await expect(tenants.find(tenant.id)).resolves.toEqual(expected);
    const [entry] = await new PostgresAuditLog(database.app, chance).list(tenant.id, { limit: 1 });
    expect(entry).toEqual({ ...fact, id: entry?.id });
  });

  it('loses neither of two changes at the same time [TEN-9]', async () => {
    const { id } = await anExistingTenant(database.app, { ssoEntitled: true, associateByEmail: false });
    await Promise.all([
      tenants.change(id, { associateByEmail: true }, because(id)),
      tenants.change(id, { ssoEntitled: false }, because(id)),
    ]);
    await expect(tenants.find(id)).resolves.toMatchObject({ associateByEmail: true, ssoEntitled: false });
  });

  it('gives a host to one tenant, also when many want it, and takes it away [TEN-8]', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => anExistingTenant(database.app)));
    const host = 'login.acme.example';
    const outcomes = await Promise.all(all.map(({ id }) => tenants.change(id, { host }, because(id))));
    expect(outcomes.filter((outcome) => outcome === 'host-taken')).toHaveLength(5);
    const owner = await tenants.findByHost(host);
    expect(owner).toEqual(outcomes.find((outcome) => outcome !== 'host-taken'));
    const id = owner?.id ?? 'ten_none';
    await expect(tenants.change(id, { host: null }, because(id))).resolves.not.toHaveProperty('host');
    await expect(tenants.findByHost(host)).resolves.toBeUndefined();
  });

  it('keeps a host from others while connections are there that were made under it [TEN-8]', async () => {
    const [acme, globex] = [await anExistingTenant(database.app), await anExistingTenant(database.app)];
    const host = 'sso.acme.example';
    await tenants.change(acme.id, { host }, because(acme.id));
    const connections = new PostgresConnectionStore(database.app, chance);
    await connections.add(acme.id, aConnection(acme.id, { host }), because(acme.id));
    await tenants.change(acme.id, { host: 'new.acme.example' }, because(acme.id));
    await expect(tenants.change(globex.id, { host }, because(globex.id))).resolves.toBe('host-taken');
    await expect(tenants.change(acme.id, { host }, because(acme.id))).resolves.toMatchObject({ host });
  });

  it('writes nothing of a change that could not be [TEN-8] [AUD-1]', async () => {
    const [acme, globex] = [await anExistingTenant(database.app), await anExistingTenant(database.app)];
    const host = 'taken.acme.example';
    await tenants.change(acme.id, { host }, because(acme.id));
    const wanted = { host, ssoEntitled: false };
    await expect(tenants.change(globex.id, wanted, because(globex.id))).resolves.toBe('host-taken');
    await expect(tenants.find(globex.id)).resolves.toEqual(globex);
    const audit = await new PostgresAuditLog(database.app, chance).list(globex.id, { limit: 5 });
    expect(audit.map(({ type }) => type)).toEqual(['tenant.created']);
  });

  it('lists page by page', async () => {
    const all = await tenants.list({ limit: 100 });
    const [first] = await tenants.list({ limit: 1 });
    const rest = await tenants.list({ after: String(first?.id), limit: 100 });
    expect([first, ...rest]).toEqual(all);
    expect(all.length).toBeGreaterThan(2);
  });
});
