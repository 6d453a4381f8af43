import { PostgresDomainStore } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { aDomain, aFind, anExistingTenant, because, chance, later } from '../testing/given';
import type { DomainCheck, Tenant } from '@gatehouse/core';

let database: TestDatabase;
let domains: PostgresDomainStore;
let acme: Tenant;
beforeAll(async () => {
  database = await createTestDatabase();
  domains = new PostgresDomainStore(database.app, chance);
  acme = await anExistingTenant(database.app);
});
afterAll(() => database.drop());

describe('the store of domains', () => {
  it('gives back what it was given, with its last check and a new token', async () => {
    const domain = aDomain(acme.id);
    await expect(domains.add(acme.id, domain, because(acme.id))).resolves.toBe('added');
    await expect(domains.find(acme.id, domain.id)).resolves.toEqual(domain);
    const lastCheck: DomainCheck = {
      ...{ at: later(1), by: 'meta-tag', outcome: 'different', found: ['other'] },
      ...{ code: 'domain_proof_different', faults: 2 },
    };
    await domains.noteCheck(acme.id, domain.id, lastCheck, because(acme.id));
    await domains.renewToken(acme.id, domain.id, 'new', later(99), because(acme.id));
    await expect(domains.find(acme.id, domain.id)).resolves.toEqual({
      ...domain,
      lastCheck,
      token: 'new',
      tokenExpiresAt: later(99),
    });
    await domains.remove(acme.id, domain.id, 0, because(acme.id));
    await expect(domains.list(acme.id)).resolves.toEqual([]);
    await expect(domains.remove(acme.id, domain.id, 0, because(acme.id))).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('takes a name once from one tenant', async () => {
    const name = 'once.example';
    await domains.add(acme.id, aDomain(acme.id, { name }), because(acme.id));
    await expect(domains.add(acme.id, aDomain(acme.id, { name }), because(acme.id))).resolves.toBe('exists');
  });

  it('lets one of twenty tenants verify a name that all verify at once; claims block nobody [DOM-5]', async () => {
    const claims = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const tenant = await anExistingTenant(database.app);
        const domain = aDomain(tenant.id, { name: 'wanted.example' });
        await expect(domains.add(tenant.id, domain, because(tenant.id))).resolves.toBe('added');
        return domain;
      }),
    );
    await expect(domains.verifiedAnywhere('wanted.example')).resolves.toBeUndefined();
    const outcomes = await Promise.all(
      claims.map(async ({ tenantId, id }) => ({
        tenantId,
        outcome: await domains.markVerified(tenantId, id, aFind(), because(tenantId, 'domain.verified')),
      })),
    );
    const winners = outcomes.filter(({ outcome }) => outcome === 'verified');
    expect(winners).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'claimed')).toHaveLength(19);
    await expect(domains.verifiedAnywhere('wanted.example')).resolves.toBe(winners[0]?.tenantId);
    const verified = await Promise.all(
      claims.map(({ tenantId }) => domains.isVerified(tenantId, 'wanted.example')),
    );
    expect(verified.filter(Boolean)).toHaveLength(1);
  });

  it('frees a name for others when its owner removes it [DOM-5]', async () => {
    const [first, second] = [
      aDomain(acme.id, { name: 'freed.example' }),
      aDomain((await anExistingTenant(database.app)).id, { name: 'freed.example' }),
    ];
    for (const each of [first, second]) await domains.add(each.tenantId, each, because(each.tenantId));
    await domains.markVerified(first.tenantId, first.id, aFind(), because(first.tenantId));
    await expect(
      domains.markVerified(second.tenantId, second.id, aFind(), because(second.tenantId)),
    ).resolves.toBe('claimed');
    await domains.remove(first.tenantId, first.id, 0, because(first.tenantId));
    await expect(
      domains.markVerified(second.tenantId, second.id, aFind(), because(second.tenantId)),
    ).resolves.toBe('verified');
  });
});
