import { describeDatabase, migrate, migrationsArePending } from './index';
import { createTestDatabase, type TestDatabase } from './testing';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

describe('the migrated schema', () => {
  it('is what the entities describe', async () => {
    const owner = await describeDatabase({ url: database.ownerUrl }).initialize();
    try {
      const { upQueries } = await owner.driver.createSchemaBuilder().log();
      expect(upQueries.map(({ query }) => query)).toEqual([]);
    } finally {
      await owner.destroy();
    }
  });

  it('lets migrations run several times at once and again later [OPS-5]', async () => {
    const fresh = new URL(database.ownerUrl);
    fresh.pathname += '_parallel';
    const options = { ownerUrl: fresh.href, appPassword: new URL(database.url).password };
    await Promise.all(Array.from({ length: 4 }, () => migrate(options)));
    await migrate(options);
    await expect(migrationsArePending(fresh.href)).resolves.toBe(false);
    const owner = await describeDatabase({ url: database.ownerUrl }).initialize();
    await owner.query(`DROP DATABASE ${fresh.pathname.slice(1)} WITH (FORCE)`);
    await owner.destroy();
  });

  it('is reported as pending by a database that has none [OPS-5]', async () => {
    const { hostname, port, username, password } = new URL(database.ownerUrl);
    await expect(
      migrationsArePending(`postgres://${username}:${password}@${hostname}:${port}/postgres`),
    ).resolves.toBe(true);
  });
});
