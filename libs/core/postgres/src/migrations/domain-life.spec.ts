import { describeDatabase, PostgresDomainCheckStore, PostgresDomainStore } from '../index';
import { KeyRing } from '@gatehouse/core';
import { createTestDatabase, type TestDatabase } from '../testing';
import { aDomain, anExistingTenant, because, chance, now } from '../testing/given';
import { inTenant } from '../transaction';
import { DomainLife1790000000044 } from './1790000000044-domain-life';

const day = 24 * 3_600_000;
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Takes the schema back to the version before, and forward again. */
async function upgrade(meanwhile: () => Promise<void>): Promise<void> {
  const owner = await describeDatabase({ url: database.ownerUrl }).initialize();
  const runner = owner.createQueryRunner();
  const migration = new DomainLife1790000000044();
  await migration.down(runner);
  await meanwhile();
  await migration.up(runner);
  await runner.release();
  await owner.destroy();
}

describe('an upgrade to domains that are looked after', () => {
  it('spreads the looks at what is verified over a day, and leaves claims alone; their values go on to prove [DOM-3] [DOM-8] [OPS-5]', async () => {
    const { id: tenant } = await anExistingTenant(database.app);
    const verified = Array.from({ length: 60 }, () => aDomain(tenant));
    const claim = aDomain(tenant);
    await upgrade(() =>
      inTenant(database.app, tenant, async (transaction) => {
        for (const { id, name, token, tokenExpiresAt, createdAt } of [...verified, claim])
          await transaction.rows(
            `INSERT INTO domains (id, tenant_id, name, token, token_expires_at, created_at, verified_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)`,
            [id, tenant, name, token, tokenExpiresAt, createdAt, id === claim.id ? null : now],
          );
      }),
    );
    const store = new PostgresDomainStore(database.app, chance);
    const all = await store.list(tenant);
    expect(all.find(({ id }) => id === claim.id)).toEqual(claim);
    const looked = all.filter(({ id }) => id !== claim.id);
    expect(looked).toHaveLength(60);
    expect(
      looked.every(({ acceptedToken, provedBy }) => acceptedToken === 'token' && provedBy === 'dns-txt'),
    ).toBe(true);
    const times = looked.map(({ nextCheckAt }) => nextCheckAt?.getTime() ?? Number.NaN);
    const spread = Math.max(...times) - Math.min(...times);
    expect(spread).toBeGreaterThan(day / 2);
    expect(spread).toBeLessThan(day);
    const checks = new PostgresDomainCheckStore(
      database.app,
      chance,
      new KeyRing([{ name: 'k', key: chance.bytes(32) }], chance),
    );
    const tomorrow = new Date(Date.now() + day);
    await expect(
      checks.claimAnywhere(100, tomorrow, new Date(tomorrow.getTime() + day)),
    ).resolves.toHaveLength(60);
  });

  it('lets a server of the version before go on: what it verifies is looked after as well [DOM-8] [OPS-5]', async () => {
    const { id: tenant } = await anExistingTenant(database.app);
    const domain = aDomain(tenant);
    const store = new PostgresDomainStore(database.app, chance);
    await store.add(tenant, domain, because(tenant, 'domain.added'));
    await inTenant(database.app, tenant, (transaction) =>
      transaction.rows('UPDATE domains SET verified_at = coalesce(verified_at, $2) WHERE id = $1', [
        domain.id,
        now,
      ]),
    );
    await store.renewToken(tenant, domain.id, 'next', now, because(tenant, 'domain.token_renewed'));
    await expect(store.find(tenant, domain.id)).resolves.toMatchObject({
      token: 'next',
      acceptedToken: 'token',
    });
  });
});
