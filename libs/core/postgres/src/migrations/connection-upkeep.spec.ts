import { describeDatabase, PostgresCertificateNoticeStore, PostgresMetadataStore } from '../index';
import { KeyRing, type Connection } from '@gatehouse/core';
import { createTestDatabase, type TestDatabase } from '../testing';
import { anExistingConnection, anExistingTenant, chance } from '../testing/given';
import { ConnectionUpkeep1790000000046 } from './1790000000046-connection-upkeep';

const ring = new KeyRing([{ name: 'k1', key: chance.bytes(32) }], chance);
const day = 24 * 60 * 60 * 1000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Takes the schema back to the version before, and forward again. */
async function upgrade(meanwhile: () => Promise<void>): Promise<void> {
  const owner = await describeDatabase({ url: database.ownerUrl }).initialize();
  const runner = owner.createQueryRunner();
  const migration = new ConnectionUpkeep1790000000046();
  await migration.down(runner);
  await meanwhile();
  await migration.up(runner);
  await runner.release();
  await owner.destroy();
}

describe('an upgrade to certificates that are looked after', () => {
  it('has those of every connection looked at soon, and their metadata loaded within the day [CRT-2] [CRT-4] [OPS-5]', async () => {
    const tenant = await anExistingTenant(database.app);
    const before: Connection[] = [];
    await upgrade(async () => {
      for (let index = 0; index < 10; index++)
        before.push(await anExistingConnection(database.app, tenant.id));
    });
    const after = await anExistingConnection(database.app, tenant.id);
    const now = new Date();
    const notices = new PostgresCertificateNoticeStore(database.app, chance, ring);
    const due = await notices.claimAnywhere(100, now, now);
    const known = [...before, after].map(({ id }) => id);
    expect(due.map(({ connectionId }) => connectionId).toSorted()).toEqual(known.toSorted());
    const metadata = new PostgresMetadataStore(database.app, chance, ring);
    const dueIn = await Promise.all(
      before.map(async ({ id }) => (await metadata.find(tenant.id, id)).dueAt.getTime() - now.getTime()),
    );
    expect(Math.min(...dueIn)).toBeGreaterThan(-60_000);
    expect(Math.max(...dueIn)).toBeLessThanOrEqual(day);
    expect(new Set(dueIn).size).toBeGreaterThan(5);
  });
});
