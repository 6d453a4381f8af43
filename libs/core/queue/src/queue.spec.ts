import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { JobHandlers } from '@gatehouse/core';
import { Client } from 'pg';
import { openQueue, startWorkers, type BullJobQueue, type QueueConfig, type RunningWorkers } from './index';

const name = `test_${randomBytes(6).toString('hex')}`;
const server = process.env['GATEHOUSE_TEST_POSTGRES_URL'] ?? '';
const faults: string[] = [];
const config: QueueConfig = {
  databaseUrl: Object.assign(new URL(server), { pathname: `/${name}` }).href,
  onError: ({ message }) => void faults.push(message),
};

async function onServer(sql: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(sql);
  await client.end();
}

async function until(condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 10_000; !condition(); await pause(20))
    if (Date.now() > deadline) throw new Error('It did not come about in time.');
}

const done: { name: string; at: number }[] = [];
let sweepsThatFail = 0;
const handlers: JobHandlers = {
  'relay-outbox': async () => void done.push({ name: 'relay-outbox', at: Date.now() }),
  'send-mails': async () => undefined,
  'tell-applications': async () => undefined,
  'end-refused-sessions': async () => undefined,
  'sweep-expired': async () => {
    done.push({ name: 'sweep-expired', at: Date.now() });
    if (done.filter((each) => each.name === 'sweep-expired').length <= sweepsThatFail)
      throw new Error('Not today.');
  },
};

let queue: BullJobQueue;
let workers: RunningWorkers;

beforeAll(async () => {
  await onServer(`CREATE DATABASE ${name}`);
  // Started together and on an empty database, as servers and workers of a new deployment are.
  [queue, workers] = await Promise.all([openQueue(config), startWorkers(config, handlers)]);
});
beforeEach(() => {
  done.length = 0;
  faults.length = 0;
  sweepsThatFail = 0;
});
afterAll(async () => {
  await workers.close();
  await queue.close();
  await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
});

describe('the queue on PostgreSQL', () => {
  it('hands a job to a worker once', async () => {
    await queue.add('relay-outbox', {});
    await until(() => done.length === 1);
    await pause(200);
    expect(done.map((each) => each.name)).toEqual(['relay-outbox']);
  });

  it('tries a job that failed again after a pause, and says so', async () => {
    sweepsThatFail = 1;
    await queue.add('sweep-expired', {});
    await until(() => done.length === 2);
    const [first, second] = done.map((each) => each.at);
    expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(900);
    expect(faults).toEqual(['The job sweep-expired failed: Not today.']);
  });

  it('does not add a job again for the same cause while the first one waits', async () => {
    await queue.add('relay-outbox', {}, { delayMs: 300, dedupe: 'relay' });
    await queue.add('relay-outbox', {}, { delayMs: 300, dedupe: 'relay' });
    await until(() => done.length > 0);
    await pause(300);
    expect(done).toHaveLength(1);
  });

  it('repeats what is scheduled, however many workers schedule it', async () => {
    await queue.repeat('relay-outbox', {}, 400);
    await queue.repeat('relay-outbox', {}, 400);
    await until(() => done.length === 2);
    await queue.keepOnly([]);
    const [first, second] = done.map((each) => each.at);
    expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(200);
  });

  it('refuses to start within its deadline when the database is away', async () => {
    const away = { ...config, databaseUrl: 'postgres://nobody@127.0.0.1:9/none', deadlineMs: 400 };
    await expect(startWorkers(away, handlers)).rejects.toThrow('cannot be reached');
  });
});
