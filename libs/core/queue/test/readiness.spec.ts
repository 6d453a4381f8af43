import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { MIGRATION_ADVISORY_LOCK_KEY } from 'bullmq';
import { Client } from 'pg';
import { openQueue, startWorkers, type QueueConfig } from '../src/index';
import { until } from '../src/testing';
import { aTask, everyJob } from './doubles';
import { places, type Place } from './places';

const [[, startPostgres] = []] = places;
const onError = () => undefined;
const idle = { jobs: everyJob(async () => undefined), runTask: async () => undefined };
let place: Place | undefined;

async function aDatabase(): Promise<QueueConfig> {
  place ??= await startPostgres?.();
  if (!place) throw new Error('There is no PostgreSQL.');
  return { ...(await place.fresh()), onError };
}
afterAll(() => place?.close());

async function asked({ databaseUrl }: QueueConfig): Promise<Client> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  return client;
}

describe('the queue on PostgreSQL', () => {
  it('is prepared by one at a time, and nobody waits for that for ever', async () => {
    const config = await aDatabase();
    const other = await asked(config);
    await other.query(
      `BEGIN; SELECT pg_advisory_xact_lock(${MIGRATION_ADVISORY_LOCK_KEY}, hashtext('queue'))`,
    );
    const refusal = startWorkers({ ...config, deadlineMs: 500 }, idle);
    await expect(refusal).rejects.toThrow('Preparing the schema of the queue took longer than 500 ms.');
    await other.query('COMMIT');
    await other.end();
    const running = await startWorkers(config, idle);
    await running.close();
  }, 30_000);

  it('does much at once with few connections: two and one that listens for each queue', async () => {
    const config = await aDatabase();
    const done: string[] = [];
    const runTask = async ({ id }: { readonly id: string }) => void done.push(id);
    const [queue, running] = await Promise.all([
      openQueue(config),
      startWorkers(config, { ...idle, runTask }),
    ]);
    const tasks = Array.from({ length: 300 }, (_, index) =>
      aTask(index % 3 ? 'send-mail' : 'refresh-metadata'),
    );
    await Promise.all([queue.hand(tasks.slice(0, 150)), queue.hand(tasks.slice(150))]);
    await until(() => done.length >= 300);
    const client = await asked(config);
    const sql = 'SELECT count(*)::int AS open FROM pg_stat_activity WHERE datname = current_database()';
    const { rows } = await client.query<{ open: number }>(sql);
    await client.end();
    await running.close();
    await queue.close();
    expect(new Set(done)).toEqual(new Set(tasks.map(({ id }) => id)));
    expect(rows[0]?.open).toBeLessThanOrEqual(7 * 3 + 2 + 1);
  }, 30_000);
});

describe('what takes a connection and never says a word', () => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => void sockets.push(socket));
  let port = 0;

  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    port = address !== null && typeof address === 'object' ? address.port : 0;
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  it.each(['database', 'Redis'])('is no %s: the deadline holds', async (which) => {
    const redis = {
      kind: 'single',
      node: { host: '127.0.0.1', port },
      ...{ database: 0, login: {}, tls: false },
    } as const;
    const config = { databaseUrl: `postgres://app@127.0.0.1:${port}/queue`, deadlineMs: 500, onError };
    const started = openQueue(which === 'Redis' ? { ...config, redis } : config);
    await expect(started).rejects.toThrow(`cannot be reached`);
  });
});
