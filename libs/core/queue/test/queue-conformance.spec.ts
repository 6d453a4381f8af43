import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { queueOf, type HandedTask, type JobName, type Schedule } from '@gatehouse/core';
import { Queue } from 'bullmq';
import { openQueue, startWorkers, type QueueConfig } from '../src/index';
import { chosenByStore } from '../src/job-store';
import { openJobStore } from '../src/open-job-store';
import type { GatehouseQueue } from '../src/queues';
import { aTask, everyJob } from './doubles';
import { places, type Place } from './places';
import { noRedisReason, until } from '../src/testing';

if (noRedisReason !== undefined) process.stderr.write(`The queue is not tried on Redis: ${noRedisReason}\n`);

interface Seen {
  readonly jobs: JobName[];
  readonly tasks: HandedTask[];
  readonly faults: string[];
}
interface Behaviour {
  job?(name: JobName): Promise<void>;
  task?(handed: HandedTask): Promise<void>;
}

describe.each(places)('the queue on %s', (_, start) => {
  let place: Place;
  const ends: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    place = await start();
  }, 60_000);
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  }, 60_000);
  afterAll(() => place.close(), 60_000);

  async function somewhere(changes: Partial<QueueConfig> = {}) {
    const seen: Seen = { jobs: [], tasks: [], faults: [] };
    const onError = ({ message }: Error) => void seen.faults.push(message);
    const config: QueueConfig = { ...(await place.fresh()), onError, ...changes };
    return { seen, config };
  }

  async function aQueue(config: QueueConfig) {
    const queue = await openQueue(config);
    ends.push(() => queue.close());
    return queue;
  }

  async function workers(config: QueueConfig, seen: Seen, { job, task }: Behaviour = {}) {
    const running = await startWorkers(config, {
      jobs: everyJob(async (name) => {
        seen.jobs.push(name);
        await job?.(name);
      }),
      runTask: async (handed) => {
        seen.tasks.push(handed);
        await task?.(handed);
      },
    });
    ends.push(() => running.close());
    return running;
  }

  /** What BullMQ itself sees of one queue. */
  async function inside(config: QueueConfig, queue: string) {
    const store = await openJobStore(config);
    const raw: GatehouseQueue = new Queue(queue, { connection: chosenByStore }, store.backend);
    ends.push(() => store.close());
    return raw;
  }

  it('is ready for many that start at once where nothing is yet, and hands a job to one of them once', async () => {
    const { seen, config } = await somewhere();
    const [queue] = await Promise.all([
      aQueue(config),
      ...Array.from({ length: 4 }, () => workers(config, seen)),
    ]);
    await queue.add('sweep-expired', {});
    const tasks = [aTask('send-mail'), aTask('refresh-metadata'), aTask('send-mail')];
    await queue.hand(tasks);
    await until(() => seen.jobs.length > 0 && seen.tasks.length >= tasks.length);
    await pause(300);
    expect(seen.jobs).toEqual(['sweep-expired']);
    expect(new Set(seen.tasks.map(({ id }) => id))).toEqual(new Set(tasks.map(({ id }) => id)));
    expect(seen).toMatchObject({ tasks: { length: 3 }, faults: [] });
  }, 60_000);

  it('makes one job of one attempt at a task, however often it is handed over [WRK-1]', async () => {
    const { seen, config } = await somewhere();
    const queue = await aQueue(config);
    const first = aTask();
    const second = { ...first, attempt: 2 };
    await Promise.all([queue.hand([first, first]), queue.hand([first, second])]);
    await workers(config, seen);
    await until(() => seen.tasks.length >= 2);
    await queue.hand([{ ...first, attempt: 3 }]);
    await until(() => seen.tasks.length >= 3);
    expect(seen.tasks.map(({ attempt }) => attempt).sort()).toEqual([1, 2, 3]);
  }, 60_000);

  it('does not add a job again for the same cause while the first one waits', async () => {
    const { seen, config } = await somewhere();
    const [queue] = await Promise.all([aQueue(config), workers(config, seen)]);
    await queue.add('relay-outbox', {}, { delayMs: 300, dedupe: 'relay' });
    await queue.add('relay-outbox', {}, { delayMs: 300, dedupe: 'relay' });
    await until(() => seen.jobs.length > 0);
    await pause(400);
    expect(seen.jobs).toEqual(['relay-outbox']);
  }, 60_000);

  it('repeats what is scheduled as if there were one worker, however many there are [WRK-2]', async () => {
    const { seen, config } = await somewhere({ schedulesEveryMs: 100 });
    const schedules: Schedule[] = [{ job: 'relay-outbox', everyMs: 500 }];
    for (let index = 0; index < 3; index += 1) {
      await workers(config, seen);
      await (await aQueue(config)).keepSchedules(schedules);
    }
    seen.jobs.length = 0;
    await pause(3_000);
    expect(seen.jobs.length).toBeGreaterThanOrEqual(3);
    expect(seen.jobs.length).toBeLessThanOrEqual(7);
  }, 60_000);

  it('drops the schedules that a newer build does without, also while an older one still runs', async () => {
    const { seen, config } = await somewhere({ schedulesEveryMs: 100 });
    await workers(config, seen);
    const swept: Schedule = { job: 'sweep-expired', everyMs: 200 };
    const [older, newer] = [await aQueue(config), await aQueue(config)];
    await older.keepSchedules([swept, { job: 'relay-outbox', everyMs: 200 }]);
    await until(() => seen.jobs.includes('relay-outbox'));
    await newer.keepSchedules([swept]);
    await pause(300);
    seen.jobs.length = 0;
    await pause(1_500);
    expect(new Set(seen.jobs)).toEqual(new Set(['sweep-expired']));
  }, 60_000);

  it('lets what a worker has in hand end before it closes [WRK-2]', async () => {
    const { seen, config } = await somewhere();
    const queue = await aQueue(config);
    const ended: string[] = [];
    const running = await workers(config, seen, {
      task: async ({ id }) => {
        await pause(700);
        ended.push(id);
      },
    });
    const task = aTask();
    await queue.hand([task]);
    await until(() => seen.tasks.length === 1);
    await running.close();
    expect(ended).toEqual([task.id]);
    await workers(config, seen);
    await pause(300);
    expect(seen.tasks).toHaveLength(1);
  }, 60_000);

  it('waits for what does not end no longer than its deadline', async () => {
    const { seen, config } = await somewhere();
    const queue = await aQueue(config);
    const running = await workers({ ...config, deadlineMs: 2_000 }, seen, {
      task: () => new Promise(() => undefined),
    });
    await queue.hand([aTask()]);
    await until(() => seen.tasks.length === 1);
    const outcome = running.close().then(() => 'closed');
    await expect(Promise.race([outcome, pause(10_000, 'waits')])).resolves.toBe('closed');
  }, 60_000);

  it.each(['blocked', 'silent'] as const)(
    'gives the job of a worker that is dead or stands still (%s) to another [WRK-2]',
    async (stall) => {
      const { seen, config } = await somewhere({ lockMs: 1_000 });
      const queue = await aQueue(config);
      const task = aTask();
      await queue.hand([task]);
      const dying = aProcess({ ...config, stall });
      await dying.said(`took ${task.id}`);
      await workers(config, seen);
      if (stall === 'silent') dying.kill();
      await until(() => seen.tasks.length > 0);
      dying.kill();
      await pause(1_500);
      expect(seen.tasks).toEqual([task]);
    },
    60_000,
  );

  it('gives what hands out work to another sooner, as all other work waits for it [WRK-2]', async () => {
    const { seen, config } = await somewhere({ lockMs: 18_000 });
    const queue = await aQueue(config);
    await queue.add('relay-tasks', {});
    const dying = aProcess({ ...config, stall: 'silent' });
    await dying.said('took relay-tasks');
    dying.kill();
    await workers(config, seen);
    await until(() => seen.jobs.includes('relay-tasks'), 15_000);
  }, 60_000);

  function aProcess(told: object) {
    const options = ['--conditions=@gatehouse/source', '-r', join(__dirname, 'run-typescript.cjs')];
    const child = spawn(
      process.execPath,
      [...options, join(__dirname, 'a-worker.ts'), JSON.stringify(told)],
      {
        ...{ stdio: ['ignore', 'pipe', 'inherit'] },
      },
    );
    const lines: string[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => void lines.push(line));
    const kill = () => child.kill('SIGKILL');
    ends.push(async () => kill());
    return { kill, said: (line: string) => until(() => lines.includes(line), 40_000) };
  }

  it('keeps the queues apart: what is stuck in one delays no other [WRK-1]', async () => {
    const { seen, config } = await somewhere({ deadlineMs: 3_000 });
    const queue = await aQueue(config);
    const stuck = new Set(['send-mail']);
    await workers(config, seen, {
      task: async ({ kind }) => {
        while (stuck.has(kind)) await pause(20);
      },
    });
    await queue.hand(Array.from({ length: 60 }, () => aTask('send-mail')));
    await until(() => seen.tasks.length > 0);
    const other = aTask('refresh-metadata');
    await queue.hand([other]);
    await queue.add('tell-applications', {});
    await until(() => seen.tasks.some(({ id }) => id === other.id) && seen.jobs.length > 0, 5_000);
    const inHand = seen.tasks.filter(({ kind }) => kind === 'send-mail').length;
    expect(inHand).toBeLessThan(60);
    stuck.clear();
    await until(() => seen.tasks.length === 61);
  }, 60_000);

  it('tries a job that failed again, and a task not: its table does that [WRK-1]', async () => {
    const { seen, config } = await somewhere();
    const fail = async () => {
      if (seen.jobs.length + seen.tasks.length <= 2) throw new Error('No room for jane@acme.example.');
    };
    const [queue] = await Promise.all([aQueue(config), workers(config, seen, { job: fail, task: fail })]);
    await queue.hand([aTask()]);
    await until(() => seen.tasks.length === 1);
    await queue.add('sweep-expired', {});
    await until(() => seen.jobs.length === 2);
    await pause(500);
    expect(seen.tasks).toHaveLength(1);
    expect(seen.faults).toEqual([
      'The job task/send-mail failed: No room for jane@acme.example.',
      'The job sweep-expired failed: No room for jane@acme.example.',
    ]);
    const [failed] = await (await inside(config, queueOf.tasks['send-mail'])).getFailed();
    expect(failed).toMatchObject({ failedReason: 'See the log of the worker.', attemptsMade: 1 });
    expect(JSON.stringify(failed)).not.toContain('jane@acme.example');
  }, 60_000);

  it('refuses jobs and kinds of tasks that this build does not know, and says which', async () => {
    const { seen, config } = await somewhere();
    await workers(config, seen);
    const raw = await inside(config, 'mail');
    await raw.add('from-the-future', {}, { attempts: 5, backoff: 10 });
    await raw.add('constructor', {});
    await raw.add('task/send-mail', { ...aTask(), kind: 'toString' });
    await raw.add('task/send-mail', { ...aTask(), id: "' OR 1=1" });
    await until(() => seen.faults.length >= 4);
    await pause(300);
    expect(seen.faults.map((fault) => fault.replace(/^The job \S+ failed: /, '')).sort()).toEqual([
      'This build knows no job named "constructor".',
      'This build knows no job named "from-the-future".',
      'This build knows no kind of task named "toString".',
      'This is not an identifier that begins with "task_".',
    ]);
    expect(seen).toMatchObject({ jobs: [], tasks: [] });
  }, 60_000);

  it('goes on by itself when its store was away, with its schedules, even if all was lost [WRK-2]', async () => {
    const { seen, config } = await somewhere({ schedulesEveryMs: 300, deadlineMs: 2_000 });
    const [queue] = await Promise.all([aQueue(config), workers(config, seen)]);
    await queue.keepSchedules([{ job: 'relay-outbox', everyMs: 300 }]);
    await until(() => seen.jobs.length > 0);
    await place.goAway();
    await pause(2_500);
    await place.comeBack();
    seen.jobs.length = 0;
    await until(() => seen.jobs.length > 2, 40_000);
    const task = aTask();
    await until(() =>
      queue.hand([task]).then(
        () => true,
        () => false,
      ),
    );
    await until(() => seen.tasks.length > 0);
    expect(seen.tasks).toEqual([task]);
    expect(seen.faults.length).toBeLessThan(30);
  }, 90_000);

  it('refuses to start within its deadline while its store is away, and says why', async () => {
    const { config } = await somewhere({ deadlineMs: 700 });
    const { redis } = config;
    await place.goAway();
    try {
      const away: QueueConfig =
        redis?.kind === 'sentinel' ? { ...config, redis: { ...redis, master: 'other' } } : config;
      const jobs = everyJob(async () => undefined);
      const refusal = startWorkers(away, { jobs, runTask: async () => undefined });
      await expect(refusal).rejects.toThrow(
        /^The (?:database|queue) cannot be reached.*(?:ECONN|closed|Sentinel)/,
      );
      await expect(openQueue(away)).rejects.toThrow('cannot be reached');
    } finally {
      await place.comeBack();
    }
  }, 60_000);
});
