import {
  deadLetterKeptMs,
  KeyRing,
  mailId,
  taskId,
  type DeploymentHappening,
  type Task,
  type Tenant,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { PostgresDeploymentAuditLog } from '../audit/deployment-audit-log';
import { openDatabase } from '../database';
import { queueing } from '../mail/queue-mail';
import { PostgresSweeper } from '../sweeper';
import { createTestDatabase, type TestDatabase } from '../testing';
import { aConnection, anExistingTenant, chance, later, now } from '../testing/given';
import { allInTenant } from '../transaction';
import { PostgresDeadLetters } from './dead-letters';
import { PostgresTaskStore } from './task.store';

const keyRing = new KeyRing([{ name: 'one', key: chance.bytes(32) }], chance);
const terms = { leaseMs: 600_000, most: 1000, mostOfEach: 1000 };

let database: TestDatabase;
let owner: DataSource;
let store: PostgresTaskStore;
let letters: PostgresDeadLetters;
let audit: PostgresDeploymentAuditLog;
let acme: Tenant;
let globex: Tenant;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = await openDatabase({ url: database.ownerUrl, poolSize: 2 });
  store = new PostgresTaskStore(database.app, keyRing, chance);
  letters = new PostgresDeadLetters(database.app, chance);
  audit = new PostgresDeploymentAuditLog(database.app, chance);
  [acme, globex] = [await anExistingTenant(database.app), await anExistingTenant(database.app)];
});
beforeEach(async () => void (await owner.query('DELETE FROM tasks')));
afterAll(async () => {
  await owner.destroy();
  await database.drop();
});

async function aTask(tenant = acme, createdAt = now): Promise<Task> {
  const { tenantId, id: connectionId } = aConnection(tenant.id);
  const id = taskId.create(createdAt, chance);
  const task: Task = { id, kind: 'refresh-metadata', createdAt, payload: { tenantId, connectionId } };
  await store.add(tenant.id, task);
  return task;
}

async function aLetter(tenant = acme, createdAt = now): Promise<Task['id']> {
  const id = mailId.create(createdAt, chance);
  const to = 'jane@acme.example';
  const mail = { id, to, language: 'de', message: { kind: 'password-changed' }, createdAt } as const;
  await allInTenant(database.app, tenant.id, [queueing(mail, keyRing)]);
  return id;
}

/** All that wait go to the dead letters. */
async function allDie(at = now): Promise<void> {
  for (const kind of ['refresh-metadata', 'send-mail'] as const)
    for (const handed of await store.claimAnywhere(kind, terms, later(60)))
      await store.gaveUp(handed, '550 no such mailbox', { ...gaveUp(handed.id), at });
}

const gaveUp = (subject: string): DeploymentHappening => ({
  ...{ type: 'task.given_up', at: now, actor: { kind: 'system' }, subject },
});
const replayed = (subject: string, at = now): DeploymentHappening => ({
  ...{ type: 'task.replayed', at, actor: { kind: 'operator' }, subject },
});

describe('how it stands with tasks', () => {
  it('is told for each kind: waiting, under way, retrying and dead, and since when [WRK-1]', async () => {
    await expect(letters.statesAnywhere(now)).resolves.toEqual([]);
    await aTask(acme, later(-9));
    await allDie();
    for (const minute of [-3, -2, -1, 0]) await aTask(acme, later(minute));
    await aLetter(globex, later(-5));
    const [one] = await store.claimAnywhere('refresh-metadata', { ...terms, most: 1 }, now);
    if (one) await store.failed(one, '503 away', later(5));
    await store.claimAnywhere('refresh-metadata', { ...terms, most: 1 }, now);
    await expect(letters.statesAnywhere(now)).resolves.toEqual([
      {
        ...{ kind: 'refresh-metadata', waiting: 2, underWay: 1, retrying: 1, dead: 1 },
        ...{ oldestAt: later(-3), lastError: '503 away' },
      },
      { kind: 'send-mail', waiting: 1, underWay: 0, retrying: 0, dead: 0, oldestAt: later(-5) },
    ]);
  });

  it('counts what a dead worker has in hand as waiting again', async () => {
    await aTask();
    await store.claimAnywhere('refresh-metadata', terms, now);
    await expect(letters.statesAnywhere(later(9))).resolves.toMatchObject([{ underWay: 1, waiting: 0 }]);
    await expect(letters.statesAnywhere(later(10))).resolves.toMatchObject([{ underWay: 0, waiting: 1 }]);
  });
});

describe('dead letters', () => {
  it('are listed newest first, page by page, whatever their IDs begin with [WRK-1]', async () => {
    const [first, second] = [await aLetter(acme, later(-3)), await aTask(globex, later(-2))];
    const third = await aLetter(acme, later(-1));
    await allDie();
    await aTask();
    const page = await letters.listAnywhere({}, { limit: 2 });
    expect(page.map(({ id }) => id)).toEqual([third, second.id]);
    const rest = await letters.listAnywhere({}, { limit: 2, after: second.id });
    expect(rest).toEqual([
      {
        ...{ id: first, kind: 'send-mail', tenantId: acme.id, createdAt: later(-3), deadAt: now },
        ...{ attempts: 1, reason: '550 no such mailbox' },
      },
    ]);
  });

  it('are found by kind and by tenant [WRK-1]', async () => {
    const [ours, letter] = [await aTask(acme), await aLetter(acme)];
    const theirs = await aTask(globex);
    await allDie();
    const ids = async (filter: Parameters<typeof letters.listAnywhere>[0]) =>
      (await letters.listAnywhere(filter, { limit: 9 })).map(({ id }) => id).toSorted();
    await expect(ids({ kind: 'send-mail' })).resolves.toEqual([letter]);
    await expect(ids({ tenantId: globex.id })).resolves.toEqual([theirs.id]);
    await expect(ids({ tenantId: acme.id, kind: 'refresh-metadata' })).resolves.toEqual([ours.id]);
  });

  it('are tried anew when they are replayed, once, with the time and the tries of a new one [WRK-1] [AUD-1]', async () => {
    const { id } = await aTask(acme, later(-60));
    await allDie();
    const because = replayed(id, later(90));
    await expect(letters.replayAnywhere(id, because)).resolves.toBe(true);
    await expect(letters.replayAnywhere(id, because)).resolves.toBe(false);
    const [handed] = await store.claimAnywhere('refresh-metadata', terms, later(90));
    const opened = handed && (await store.open(handed, terms.leaseMs, later(90)));
    expect(opened).toMatchObject({ id, attempt: 2, tries: 1, since: later(90) });
    const entries = await audit.list('task', { limit: 50 });
    expect(entries.filter(({ subject, type }) => subject === id && type === 'task.replayed')).toHaveLength(1);
  });

  it('are replayed all at once, or those of a kind, and the audit log tells how many [WRK-1] [AUD-1]', async () => {
    for (let index = 0; index < 3; index++) await aTask(index === 0 ? acme : globex);
    await aLetter();
    await allDie();
    await expect(letters.replayAllAnywhere('refresh-metadata', replayed('refresh-metadata'))).resolves.toBe(
      3,
    );
    await expect(letters.replayAllAnywhere(undefined, replayed('every kind'))).resolves.toBe(1);
    await expect(letters.replayAllAnywhere(undefined, replayed('every kind'))).resolves.toBe(0);
    await expect(letters.listAnywhere({}, { limit: 9 })).resolves.toEqual([]);
    const entries = await audit.list('task', { limit: 50 });
    const counts = entries.flatMap(({ subject, data }) => (data ? [[subject, data['replayed']]] : []));
    expect(counts.toSorted()).toEqual([
      ['every kind', 1],
      ['refresh-metadata', 3],
    ]);
  });

  it('are forgotten after thirty days, and not before [WRK-1]', async () => {
    const [old, young] = [await aTask(), await aTask()];
    const handed = await store.claimAnywhere('refresh-metadata', terms, now);
    for (const each of handed)
      await store.gaveUp(each, 'no use', { ...gaveUp(each.id), at: each.id === old.id ? now : later(1) });
    const month = new Date(now.getTime() + deadLetterKeptMs);
    await expect(new PostgresSweeper(database.app, 1).sweep(month)).resolves.toMatchObject({ deadTasks: 1 });
    const left = await letters.listAnywhere({}, { limit: 9 });
    expect(left.map(({ id }) => id)).toEqual([young.id]);
  });
});
