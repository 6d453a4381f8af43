import { PostgresTenantStore } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { aTenant, because, chance, now } from '../testing/given';

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

  it('lists page by page', async () => {
    const all = await tenants.list({ limit: 100 });
    const [first] = await tenants.list({ limit: 1 });
    const rest = await tenants.list({ after: String(first?.id), limit: 100 });
    expect([first, ...rest]).toEqual(all);
    expect(all.length).toBeGreaterThan(2);
  });
});
