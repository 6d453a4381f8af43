import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase, PostgresAuditLog } from '@gatehouse/core-postgres';
import { createTestDatabase, type TestDatabase } from '@gatehouse/core-postgres/testing';
import { SystemChance, tenantId } from '@gatehouse/core';
import { pino } from 'pino';
import { Work } from '../src/work';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function until(condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 15_000; !condition(); await pause(50))
    if (Date.now() > deadline) throw new Error('It did not come about in time.');
}

/** Asked as the owner: without a tenant, the application's role sees no row at all. */
async function waiting(): Promise<unknown> {
  const owner = await openDatabase({ url: database.ownerUrl, poolSize: 1 });
  const rows: unknown = await owner.query('SELECT id FROM outbox');
  await owner.destroy();
  return rows;
}

describe('the worker, as the role of the application', () => {
  it('announces what the stores recorded, and sweeps, until it is told to stop [WRK-3]', async () => {
    const chance = new SystemChance();
    const at = new Date();
    const tenant = tenantId.create(at, chance);
    await new PostgresAuditLog(database.app, chance).record({
      ...{ type: 'sign_in.refused', tenantId: tenant, at, actor: { kind: 'person' }, subject: 'conn_1' },
    });
    await expect(waiting()).resolves.toHaveLength(1);
    const lines: string[] = [];
    const log = pino({ level: 'info' }, { write: (line) => void lines.push(line) });
    const work = await Work.start({ databaseUrl: database.url, logLevel: 'info' }, log);
    const logged = (text: string): boolean => lines.some((line) => line.includes(text));
    await until(() => logged('"type":"sign_in.refused"') && logged('"swept"'));
    await work.onApplicationShutdown();
    await expect(waiting()).resolves.toEqual([]);
    expect(lines.filter((line) => line.includes('"level":50'))).toEqual([]);
  }, 30_000);
});
