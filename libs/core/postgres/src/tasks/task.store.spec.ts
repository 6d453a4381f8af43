import {
  KeyRing,
  taskId,
  taskRules,
  type DeploymentHappening,
  type HandedTask,
  type Task,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { PostgresDeploymentAuditLog } from '../audit/deployment-audit-log';
import { openDatabase } from '../database';
import { createTestDatabase, type TestDatabase } from '../testing';
import { aConnection, anExistingTenant, chance, later, now } from '../testing/given';
import { inTenant, rowsOf } from '../transaction';
import { queueTask } from './queue-task';
import { PostgresTaskStore } from './task.store';
import type { Tenant } from '@gatehouse/core';

const keyRing = new KeyRing([{ name: 'one', key: chance.bytes(32) }], chance);
const leaseMs = 10 * 60_000;
const terms = { leaseMs, most: 100, mostOfEach: 100 };

let database: TestDatabase;
let owner: DataSource;
let store: PostgresTaskStore;
let acme: Tenant;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = await openDatabase({ url: database.ownerUrl, poolSize: 2 });
  store = new PostgresTaskStore(database.app, keyRing, chance);
  acme = await anExistingTenant(database.app);
});
beforeEach(async () => {
  await owner.query('DELETE FROM tasks');
  await owner.query('DELETE FROM task_turns');
});
afterAll(async () => {
  await owner.destroy();
  await database.drop();
});

function aTask(given: Partial<Task<'refresh-metadata'>> = {}): Task<'refresh-metadata'> {
  const { tenantId, id: connectionId } = aConnection(acme.id);
  return {
    ...{ id: taskId.create(now, chance), kind: 'refresh-metadata', createdAt: now },
    ...{ payload: { tenantId, connectionId }, ...given },
  };
}

async function added(given: Partial<Task<'refresh-metadata'>> = {}): Promise<Task<'refresh-metadata'>> {
  const task = aTask(given);
  await store.add(acme.id, task);
  return task;
}

function claim(at = now, most = 100): Promise<HandedTask[]> {
  return store.claimAnywhere('refresh-metadata', { ...terms, most }, at);
}

/** The one that is due, in a worker's hand. */
async function inHand(at = now): Promise<HandedTask> {
  const [handed] = await claim(at);
  if (!handed || !(await store.open(handed, leaseMs, at))) throw new Error('Nothing is due.');
  return handed;
}

const gaveUp = (subject: string): DeploymentHappening => ({
  ...{ type: 'task.given_up', at: now, actor: { kind: 'system' }, subject },
});

describe('adding a task', () => {
  it('happens in the name of its tenant, once for each ID [WRK-3]', async () => {
    const task = await added();
    await store.add(acme.id, { ...task, createdAt: later(5) });
    const handed = await claim(later(9));
    expect(handed).toEqual([{ id: task.id, kind: task.kind, attempt: 1, tenantId: acme.id }]);
  });

  it('happens with its cause, or not at all [WRK-3]', async () => {
    const undone = inTenant(database.app, acme.id, async (transaction) => {
      await queueTask(transaction, aTask(), keyRing);
      throw new Error('The cause failed.');
    });
    await expect(undone).rejects.toThrow('The cause failed.');
    await expect(claim()).resolves.toEqual([]);
  });

  it('waits for its time, and for somebody who asks for its kind', async () => {
    await added({ dueAt: later(5) });
    await expect(claim(later(4.9))).resolves.toEqual([]);
    await expect(store.claimAnywhere('ask-members-to-link', terms, later(5))).resolves.toEqual([]);
    await expect(claim(later(5))).resolves.toHaveLength(1);
  });

  it('leaves the application no way to read, change or remove what waits [SEC-3]', async () => {
    await added();
    for (const sql of ['SELECT id FROM tasks', 'UPDATE tasks SET attempts = 0', 'DELETE FROM tasks'])
      await expect(rowsOf(database.app, sql)).rejects.toThrow('permission denied');
    const smuggle = `INSERT INTO tasks (id, kind, tenant_id, payload, created_at, due_at) VALUES ('x', 'x', $1, '', now(), now())`;
    await expect(rowsOf(database.app, smuggle, [acme.id])).rejects.toThrow('row-level security');
  });
});

describe('handing tasks out', () => {
  it('gives each to one of many workers [WRK-2]', async () => {
    for (let index = 0; index < 20; index++) await added();
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim()));
    const ids = claims.flat().map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([20, 20]);
  });

  it('lets one worker open an attempt, once [WRK-2]', async () => {
    const task = await added();
    const [handed] = await claim();
    if (!handed) throw new Error('Nothing is due.');
    const both = await Promise.all([1, 2].map(() => store.open(handed, leaseMs, now)));
    const [opened, ...more] = both.filter((each) => each !== undefined);
    expect(more).toEqual([]);
    expect(opened).toMatchObject({
      id: task.id,
      tenantId: acme.id,
      attempt: 1,
      tries: 1,
      lost: 0,
      since: now,
    });
    expect(opened?.read()).toEqual({ ...task, tenantId: acme.id, attempts: 1 });
  });

  it('hands a task out again when its worker died, and has nothing to do for who comes late [WRK-2]', async () => {
    const { id } = await added();
    const [late] = await claim();
    if (!late) throw new Error('Nothing is due.');
    await expect(claim(later(9.9))).resolves.toEqual([]);
    await expect(claim(later(10))).resolves.toMatchObject([{ id, attempt: 2 }]);
    await expect(store.open(late, leaseMs, later(10))).resolves.toBeUndefined();
    await store.failed(late, 'too late', later(99));
    await expect(store.gaveUp(late, 'too late', gaveUp(id))).resolves.toBe(false);
    await expect(claim(later(20))).resolves.toMatchObject([{ id, attempt: 3 }]);
  });

  it('counts a lease from the moment that the worker begins', async () => {
    await added();
    const [handed] = await claim();
    if (!handed) throw new Error('Nothing is due.');
    await store.open(handed, leaseMs, later(9));
    await expect(claim(later(18))).resolves.toEqual([]);
    await expect(claim(later(19))).resolves.toMatchObject([{ attempt: 2 }]);
  });

  it('counts workers that never came back from it, in a row, and not what the queue lost', async () => {
    await added();
    await inHand();
    await claim(later(10));
    const handed = await claim(later(20));
    const [opened] = await Promise.all(handed.map((each) => store.open(each, leaseMs, later(20))));
    expect(opened).toMatchObject({ attempt: 3, lost: 1 });
    for (const each of handed) await store.failed(each, 'once', later(20));
    const [next] = await claim(later(20));
    await expect(next && store.open(next, leaseMs, later(20))).resolves.toMatchObject({
      attempt: 4,
      lost: 0,
    });
  });

  it('takes back what the queue refused as if nothing had been [WRK-3]', async () => {
    const { id } = await added();
    const handed = await claim();
    await store.takeBack(handed, now);
    const [again] = await claim();
    expect(again).toMatchObject({ id, attempt: 2 });
    await expect(again && store.open(again, leaseMs, now)).resolves.toMatchObject({ tries: 1 });
    await store.takeBack([...handed, ...(again ? [again] : [])], now);
    await expect(claim(later(9))).resolves.toEqual([]);
  });

  it('leaves at most so many with the queue [WRK-1]', async () => {
    for (let index = 0; index < 9; index++) await added();
    await expect(claim(now, 4)).resolves.toHaveLength(4);
    await expect(claim(now, 6)).resolves.toHaveLength(2);
    await expect(claim(now, 6)).resolves.toEqual([]);
    await expect(claim(later(10), 6)).resolves.toHaveLength(6);
  });
});

describe('when all of a kind fails', () => {
  it('one at a time is tried, until one is done [WRK-1]', async () => {
    for (let index = 0; index < 40; index++) await added();
    const handed = await claim(now, 15);
    for (const each of handed.slice(0, 10)) await store.failed(each, 'connect ECONNREFUSED', later(90));
    await expect(claim(now, 15)).resolves.toEqual([]);
    for (const each of handed.slice(10)) await store.failed(each, 'connect ECONNREFUSED', later(90));
    const [probe, ...more] = await claim(now, 15);
    expect([more, await claim(now, 15)]).toEqual([[], []]);
    if (probe) await store.done(probe.id);
    await expect(claim(now, 15)).resolves.toHaveLength(15);
  });
});

describe('the end of an attempt', () => {
  it('forgets the task when it is done, whoever did it [WRK-1]', async () => {
    const { id } = await added();
    await claim();
    await claim(later(10));
    await store.done(id);
    await expect(owner.query('SELECT id FROM tasks')).resolves.toEqual([]);
  });

  it('keeps what failed until the moment that was named [WRK-1]', async () => {
    const { id } = await added();
    await store.failed(await inHand(), '451 try later', later(15));
    await expect(claim(later(14))).resolves.toEqual([]);
    await expect(claim(later(15))).resolves.toMatchObject([{ id, attempt: 2 }]);
    await expect(owner.query('SELECT last_error FROM tasks')).resolves.toEqual([
      { last_error: '451 try later' },
    ]);
  });

  it('records once that a task was given up, and hands it out no more [AUD-1] [WRK-1]', async () => {
    const { id } = await added();
    const handed = await inHand();
    const because = gaveUp(id);
    await expect(store.gaveUp(handed, 'no use', because)).resolves.toBe(true);
    await expect(store.gaveUp(handed, 'no use', because)).resolves.toBe(false);
    await expect(claim(later(99_999))).resolves.toEqual([]);
    const entries = await new PostgresDeploymentAuditLog(database.app, chance).list('task', { limit: 5 });
    expect(entries).toEqual([{ ...because, id: entries[0]?.id }]);
  });

  it('comes with rules whose leases and rows are those of the store', async () => {
    await added();
    await store.claimAnywhere('refresh-metadata', taskRules['refresh-metadata'], now);
    const after = new Date(now.getTime() + taskRules['refresh-metadata'].leaseMs);
    await expect(claim(after)).resolves.toHaveLength(1);
  });
});
