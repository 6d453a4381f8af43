import { KeyRing, taskRules, type HandedTask, type Tenant } from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { openDatabase } from '../database';
import { createTestDatabase, type TestDatabase } from '../testing';
import { anExistingTenant, chance, later, now } from '../testing/given';
import { inTenant } from '../transaction';
import { PostgresTaskStore } from './task.store';

const keyRing = new KeyRing([{ name: 'one', key: chance.bytes(32) }], chance);
const terms = { leaseMs: 600_000, most: 100, mostOfEach: 50 };

let database: TestDatabase;
let owner: DataSource;
let store: PostgresTaskStore;
let big: Tenant;
let small: Tenant;
let other: Tenant;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = await openDatabase({ url: database.ownerUrl, poolSize: 2 });
  store = new PostgresTaskStore(database.app, keyRing, chance);
  big = await anExistingTenant(database.app);
  [small, other] = [await anExistingTenant(database.app), await anExistingTenant(database.app)];
});
beforeEach(async () => {
  await owner.query('TRUNCATE tasks');
  await owner.query('TRUNCATE task_turns');
});
afterAll(async () => {
  await owner.destroy();
  await database.drop();
});

const writing = `INSERT INTO tasks (id, kind, payload, created_at, due_at)
  SELECT 'task_' || substr(md5(random()::text || n), 1, 26), 'send-mail', '', $2::timestamptz, $2::timestamptz
  FROM generate_series(1, $1::integer) n`;

/** So many letters of a tenant, due since then. */
async function waiting(tenant: Tenant | undefined, count: number, since = now): Promise<void> {
  if (!tenant) await owner.query(writing, [count, since]);
  else await inTenant(database.app, tenant.id, (transaction) => transaction.rows(writing, [count, since]));
}

function claim(given: Partial<typeof terms> = {}): Promise<HandedTask[]> {
  return store.claimAnywhere('send-mail', { ...terms, ...given }, later(1));
}

function countOf(handed: readonly HandedTask[], tenant: Tenant | undefined): number {
  return handed.filter(({ tenantId }) => tenantId === tenant?.id).length;
}

/** How many rows a claim reads, of the table and of its indices, and how often it reads the table through. */
async function rowsTouched(): Promise<{ handed: number; read: number; scans: number }> {
  const runner = owner.createQueryRunner();
  await runner.startTransaction();
  const before = await counters(runner);
  const { leaseMs, most, mostOfEach } = terms;
  const claimed: unknown[] = await runner.query(
    'SELECT * FROM tasks_claim($1, $2, make_interval(secs => $3), $4, $5, 5000)',
    ['send-mail', later(1), leaseMs / 1000, most, mostOfEach],
  );
  const after = await counters(runner);
  await runner.rollbackTransaction();
  await runner.release();
  return { handed: claimed.length, read: after.read - before.read, scans: after.scans - before.scans };
}

async function counters(runner: { query(sql: string): Promise<{ read: number; scans: number }[]> }) {
  const [row] = await runner.query(`SELECT t.seq_scan::integer AS scans,
      (t.seq_tup_read + coalesce(t.idx_tup_fetch, 0) + sum(pg_stat_get_xact_tuples_returned(i.indexrelid)))::integer AS read
    FROM pg_stat_xact_user_tables t JOIN pg_index i ON i.indrelid = t.relid
    WHERE t.relname = 'tasks' GROUP BY 1, t.seq_tup_read, t.idx_tup_fetch`);
  return row ?? { read: 0, scans: 0 };
}

describe('turns', () => {
  it("give another tenant's single task a place beside 100,000 of one tenant [WRK-1]", async () => {
    await waiting(big, 100_000);
    await waiting(small, 1, later(1));
    const handed = await claim();
    expect([countOf(handed, big), countOf(handed, small)]).toEqual([50, 1]);
  }, 60_000);

  it('read what they hand out, and not what waits behind it [WRK-1]', async () => {
    await waiting(small, 100);
    await waiting(other, 100);
    const few = await rowsTouched();
    await waiting(big, 100_000);
    const many = await rowsTouched();
    expect([few.handed, many.handed]).toEqual([100, 100]);
    expect(many.scans).toBe(0);
    expect(many.read).toBeLessThan(2 * few.read);
  }, 60_000);

  it('let a tenant that comes late in, while another has all it may [WRK-1]', async () => {
    await waiting(big, 500);
    expect(countOf(await claim(), big)).toBe(50);
    await waiting(small, 3);
    const handed = await claim();
    expect([countOf(handed, big), countOf(handed, small)]).toEqual([0, 3]);
  });

  it('take the first of each before the second of any, where few places are free [WRK-1]', async () => {
    for (const tenant of [big, small, other]) await waiting(tenant, 10);
    const handed = await claim({ most: 4 });
    const counts = [big, small, other].map((tenant) => countOf(handed, tenant));
    expect(counts.toSorted()).toEqual([1, 1, 2]);
  });

  it("treat what is the deployment's own as one more tenant [WRK-1]", async () => {
    await waiting(big, 100);
    await waiting(undefined, 100);
    const handed = await claim({ most: 10 });
    expect([countOf(handed, big), countOf(handed, undefined)]).toEqual([5, 5]);
  });

  it('go around: who was last comes last, and each comes once [WRK-1]', async () => {
    for (const tenant of [big, small, other]) await waiting(tenant, 4);
    const order: (string | undefined)[] = [];
    for (let turn = 0; turn < 6; turn++) {
      const [handed] = await claim({ most: 1 });
      order.push(handed?.tenantId);
      if (handed) await store.done(handed.id);
    }
    expect(new Set(order.slice(0, 3)).size).toBe(3);
    expect(order.slice(3)).toEqual(order.slice(0, 3));
  });

  it('pass over tenants of which nothing is due yet [WRK-1]', async () => {
    await waiting(big, 5, later(60));
    await waiting(small, 2);
    expect((await claim()).map(({ tenantId }) => tenantId)).toEqual([small.id, small.id]);
  });

  it('never hand out more than there are places, however many claim at once [WRK-1] [WRK-2]', async () => {
    for (const tenant of [big, small, other]) await waiting(tenant, 100);
    const claims = await Promise.all(Array.from({ length: 6 }, () => claim()));
    const ids = claims.flat().map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([100, 100]);
  });

  it('are rules of the kind of work: no tenant may take all places of any kind', () => {
    for (const { most, mostOfEach } of Object.values(taskRules))
      expect(mostOfEach * 2).toBeLessThanOrEqual(most);
  });
});
