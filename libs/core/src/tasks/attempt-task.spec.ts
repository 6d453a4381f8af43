import { connectionId, taskId, tenantId } from '../shared/ids';
import { SystemChance } from '../shared/chance';
import { anOpenedTask, ListedTasks, SteadyChance } from '../testing';
import { AttemptTask, type TaskFailure } from './attempt-task';
import type { HandedTask } from './handed-task';
import { TaskHopeless, type ClaimedTask, type TaskHandler } from './task';
import { pauseAfter, taskRules } from './task-rules';
import type { OpenedTask } from './task-store';

const now = new Date('2026-03-01T12:00:00Z');
const chance = new SystemChance();
type Refresh = 'refresh-metadata';

function aTask(given: Partial<OpenedTask<Refresh>> = {}): OpenedTask<Refresh> {
  const payload = { tenantId: tenantId.create(now, chance), connectionId: connectionId.create(now, chance) };
  return anOpenedTask('refresh-metadata', {
    id: taskId.create(now, chance),
    payload,
    createdAt: now,
    ...given,
  });
}

const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const unused = { run: () => Promise.reject(new Error('No such task was given.')) };

async function attempt(
  tasks: OpenedTask<Refresh>[],
  handler: Partial<TaskHandler<Refresh>> = {},
  handed: readonly Pick<HandedTask, 'id' | 'attempt'>[] = tasks,
) {
  const [store, failures] = [new ListedTasks([...tasks]), new Array<TaskFailure>()];
  const ran: ClaimedTask<Refresh>[] = [];
  const run = async (task: ClaimedTask<Refresh>) => {
    ran.push(task);
    await handler.run?.(task);
  };
  const handlers = { 'send-mail': unused, 'ask-members-to-link': unused, 'settle-people': unused };
  const all = { ...handlers, 'refresh-metadata': { ...handler, run } };
  const report = (failure: TaskFailure) => void failures.push(failure);
  const attempts = new AttemptTask(store, all, { now: () => now }, new SteadyChance(), report);
  for (const { id, attempt: nth } of handed)
    await attempts.run({ id, kind: 'refresh-metadata', attempt: nth });
  return { store, failures, ran };
}

function failing(error: Error): Partial<TaskHandler<Refresh>> {
  return { run: () => Promise.reject(error) };
}

describe('an attempt at a task', () => {
  it('does it and forgets it [WRK-1]', async () => {
    const task = aTask({ attempt: 2 });
    const { store, ran, failures } = await attempt([task]);
    expect(ran).toEqual([task.read()]);
    expect([store.finished, store.kept, failures]).toEqual([[task.id], [], []]);
  });

  it('does nothing where another worker has the task by now [WRK-2]', async () => {
    const task = aTask();
    const { store, ran } = await attempt([task], {}, [{ ...task, attempt: 2 }, task, task]);
    expect(ran).toHaveLength(1);
    expect(store.finished).toEqual([task.id]);
  });

  it('keeps it for later when it fails, longer each time, an hour at most [WRK-1]', async () => {
    const tasks = [1, 4, 40].map((tries) => aTask({ tries }));
    const { store, failures } = await attempt(tasks, failing(new Error('503')));
    expect(store.kept.map(({ againAt }) => againAt)).toEqual([after(30), after(240), after(3600)]);
    expect(failures).toMatchObject(tasks.map(({ id }, nth) => ({ id, againAt: store.kept[nth]?.againAt })));
    expect([store.finished, store.dead]).toEqual([[], []]);
  });

  it('spreads by chance what failed together [WRK-1]', () => {
    const pauses = [0, 128, 255].map((octet) => pauseAfter(3, new SteadyChance(octet)));
    expect(pauses).toEqual([120_000, expect.any(Number), expect.any(Number)]);
    expect(pauses.map((pause) => Math.round(pause / 1000))).toEqual([120, 105, 90]);
  });

  it('tries until its time is over, counted from when somebody wanted it last [WRK-1]', async () => {
    const [young, old, replayed] = [
      aTask({ since: ago(23.9) }),
      aTask({ since: ago(24), tries: 9 }),
      aTask({ since: ago(1), tries: 2 }),
    ];
    const { store } = await attempt([young, old, replayed], failing(new Error('503')));
    expect(store.kept.map(({ id }) => id)).toEqual([young.id, replayed.id]);
    expect(store.dead).toMatchObject([
      {
        id: old.id,
        error: '503',
        because: {
          ...{ type: 'task.given_up', at: now, actor: { kind: 'system' }, subject: old.id },
          data: { kind: 'refresh-metadata', attempts: 9, reason: '503' },
        },
      },
    ]);
  });

  it('goes to the dead letters at once where it is hopeless, and its handler is told [WRK-1]', async () => {
    const told: string[] = [];
    const abandoned = async (task: ClaimedTask<Refresh>, reason: string) =>
      void told.push(`${task.id} ${reason}`);
    const task = aTask();
    const { store, failures } = await attempt([task], { ...failing(new TaskHopeless('Gone.')), abandoned });
    expect([store.kept, store.dead.length, told]).toEqual([[], 1, [`${task.id} Gone.`]]);
    expect(failures).toEqual([{ id: task.id, kind: task.kind, attempt: 1, reason: 'Gone.' }]);
  });

  it('is not kept alive by a handler that cannot be told', async () => {
    const abandoned = () => Promise.reject(new Error('no table'));
    const { store, failures } = await attempt([aTask()], {
      ...failing(new TaskHopeless('Gone.')),
      abandoned,
    });
    expect(store.dead).toHaveLength(1);
    expect(failures.map(({ reason }) => reason)).toEqual(['Nobody could be told: no table', 'Gone.']);
  });

  it('is not made where it took worker after worker down [WRK-2]', async () => {
    const poison = aTask({ lost: 10, attempt: 11 });
    const { store, ran } = await attempt([poison, aTask({ lost: 9 })]);
    expect(ran).toHaveLength(1);
    expect(store.dead).toMatchObject([
      { id: poison.id, error: expect.stringContaining('10 workers in a row') },
    ]);
  });

  it('keeps what cannot be opened until somebody adds the key, and does the others [WRK-1]', async () => {
    const read = () => {
      throw new Error('The key ring holds no key named "k1".');
    };
    const [locked, open, lost] = [aTask({ read }), aTask(), aTask({ read, since: ago(24) })];
    const { store, ran } = await attempt([locked, open, lost]);
    expect(store.kept).toMatchObject([{ id: locked.id, error: 'The key ring holds no key named "k1".' }]);
    expect([ran.length, store.finished, store.dead.map(({ id }) => id)]).toEqual([1, [open.id], [lost.id]]);
  });

  it('says what went wrong without naming a person, a link or a token', async () => {
    const error = new Error('554 jane@acme.example: https://login.example/link#one-time-secret is listed');
    const { store, failures } = await attempt([aTask(), aTask({ since: ago(99) })], failing(error));
    expect(JSON.stringify([store.kept, store.dead, failures])).not.toMatch(/jane|secret/);
    expect([store.kept, store.dead, failures].map(({ length }) => length)).toEqual([1, 1, 2]);
  });

  it('has a lease that outlasts what a mail server may take its time for', () => {
    expect(taskRules['send-mail'].leaseMs).toBeGreaterThan(5 * 60_000);
  });
});
