import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase, PostgresAuditLog, PostgresSignInTraceStore } from '@gatehouse/core-postgres';
import { createTestDatabase, type TestDatabase } from '@gatehouse/core-postgres/testing';
import { connectionId, SystemChance, tenantId, traceId, traceLifetimeMs } from '@gatehouse/core';
import { pino } from 'pino';
import { Work } from '../src/work';
import { workerConfig } from './worker-config';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 15_000; !(await condition()); await pause(50))
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
    const work = await Work.start(workerConfig(database.url), log);
    const logged = (text: string): boolean => lines.some((line) => line.includes(text));
    await until(() => logged('"type":"sign_in.refused"') && logged('"swept"'));
    await work.onApplicationShutdown();
    await expect(waiting()).resolves.toEqual([]);
    expect(lines.filter((line) => line.includes('"level":50'))).toEqual([]);
  }, 30_000);

  // On a database of its own, because the queue of the other has swept already and waits for its next turn.
  it('forgets traces of sign-ins after thirty days [LOG-11]', async () => {
    const chance = new SystemChance();
    const own = await createTestDatabase();
    const traces = new PostgresSignInTraceStore(own.app, chance);
    const tenant = tenantId.create(new Date(), chance);
    const record = async (at: Date) => {
      const id = traceId.create(at, chance);
      const of = { tenantId: tenant, connectionId: connectionId.create(at, chance), reference: 'R' };
      await traces.record({ id, ...of, at, outcome: 'signed-in', totalMs: 1, checks: [], attributes: [] });
      return id;
    };
    const old = await record(new Date(Date.now() - traceLifetimeMs));
    const young = await record(new Date(Date.now() - traceLifetimeMs + 3_600_000));
    const log = pino({ level: 'silent' });
    const work = await Work.start(workerConfig(own.url), log);
    try {
      await until(async () => (await traces.find(tenant, old)) === undefined);
      await expect(traces.find(tenant, young)).resolves.toMatchObject({ id: young });
    } finally {
      await work.onApplicationShutdown();
      await own.drop();
    }
  }, 30_000);
});
