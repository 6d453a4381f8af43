import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@gatehouse/core-postgres/testing';
import {
  freePort,
  noRedisReason,
  startCluster,
  startSentinel,
  startSingle,
  until,
  type RedisSetting,
} from '@gatehouse/core-queue/testing';

const describeOnRedis = noRedisReason === undefined ? describe : describe.skip;
if (noRedisReason !== undefined) process.stderr.write(`Workers are not tried on Redis: ${noRedisReason}\n`);

const hook = join(__dirname, '../../../libs/core/queue/test/run-typescript.cjs');
const main = join(__dirname, '../src/main.ts');
let database: TestDatabase;
const ends: (() => Promise<unknown>)[] = [];

/** A worker as it is deployed: a process of its own, that knows its environment only. */
function aWorker(environment: Record<string, string> = {}) {
  const worker = spawn(process.execPath, ['--conditions=@gatehouse/source', '-r', hook, main], {
    env: {
      ...{ DATABASE_URL: database.url, PUBLIC_URL: 'http://localhost:3000', LOG_LEVEL: 'info' },
      SECRET_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
      ...environment,
    },
  });
  let said = '';
  for (const stream of [worker.stdout, worker.stderr])
    stream.setEncoding('utf8').on('data', (text) => (said += String(text)));
  const exit = once(worker, 'exit').then(([code]) => Number(code));
  ends.push(async () => {
    worker.kill('SIGKILL');
    await exit;
  });
  const isReady = () => until(() => said.includes('"msg":"ready"'), 40_000);
  return { exit, isReady, said: () => said, stop: () => worker.kill('SIGTERM') };
}

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});
afterAll(() => database.drop());

describe('a worker that starts', () => {
  it('makes what its queues need, also when several do so at once, and ends in good order when told [WRK-2]', async () => {
    const workers = [aWorker(), aWorker(), aWorker()];
    for (const worker of workers) await worker.isReady();
    for (const worker of workers) worker.stop();
    for (const worker of workers) await worker.exit;
    for (const worker of workers) expect(worker.said()).not.toContain('"level":50');
  }, 90_000);

  it('gives up without a database, or without its Redis: says which, without a password, and does not linger [OPS-2] [OPS-3]', async () => {
    const at = `127.0.0.1:${await freePort()}`;
    const noDatabase = aWorker({ DATABASE_URL: `postgres://app:secret-word@${at}/gatehouse` });
    const noRedis = aWorker({ QUEUE_URL: `redis://me:secret-word@${at}` });
    await expect(Promise.all([noDatabase.exit, noRedis.exit])).resolves.toEqual([1, 1]);
    expect(noDatabase.said()).toContain(`The database cannot be reached: connect ECONNREFUSED ${at}`);
    expect(noRedis.said()).toContain(`The queue cannot be reached, Redis at ${at}: connect ECONNREFUSED`);
    for (const worker of [noDatabase, noRedis]) expect(worker.said()).not.toContain('secret-word');
  }, 90_000);
});

function queueUrl({ address }: RedisSetting): string {
  const list = (nodes: readonly { host: string; port: number }[]) =>
    nodes.map(({ host, port }) => `${host}:${port}`).join(',');
  if (address.kind === 'single') return `redis://${list([address.node])}`;
  return address.kind === 'cluster'
    ? `redis+cluster://${list(address.nodes)}`
    : `redis+sentinel://${list(address.sentinels)}/${address.master}`;
}

describeOnRedis('a worker whose QUEUE_URL names', () => {
  it.each([
    ['a Redis', startSingle],
    ['the Sentinels of a Redis', startSentinel],
    ['a Redis Cluster', startCluster],
  ])(
    '%s works there [OPS-2]',
    async (_, start) => {
      const setting = await start();
      ends.push(() => Promise.all(setting.servers.map((server) => server.stop())));
      const worker = aWorker({ QUEUE_URL: queueUrl(setting) });
      await worker.isReady();
      await until(() => worker.said().includes('forgot what has expired'));
      expect(worker.said()).toContain(
        setting.address.kind === 'cluster' ? 'the Redis Cluster at' : '"queues":"Redis',
      );
    },
    90_000,
  );
});
