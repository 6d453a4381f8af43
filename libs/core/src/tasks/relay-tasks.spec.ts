import { mailId } from '../shared/ids';
import { SystemChance } from '../shared/chance';
import { anOpenedTask, ListedTasks } from '../testing';
import type { HandedTask } from './handed-task';
import { RelayTasks } from './relay-tasks';
import { taskRules } from './task-rules';
import type { OpenedTask } from './task-store';

const now = new Date('2026-03-01T12:00:00Z');
const chance = new SystemChance();

function aLetter(): OpenedTask {
  const id = mailId.create(now, chance);
  const message = { kind: 'password-changed' } as const;
  const payload = { id, to: 'jane@acme.example', language: 'en', message, createdAt: now } as const;
  return anOpenedTask('send-mail', { id, payload, createdAt: now });
}

/** A queue whose workers have done what it was given before the relay looks again. */
async function relay(store: ListedTasks, hand?: (tasks: readonly HandedTask[]) => Promise<void>) {
  const handed: HandedTask[][] = [];
  const pauses: number[] = [];
  const accept = async (tasks: readonly HandedTask[]) => {
    handed.push([...tasks]);
    for (const task of tasks) await store.open(task);
  };
  const pause = async (ms: number) => void pauses.push(ms);
  const run = new RelayTasks(store, hand ?? accept, { now: () => now }, pause).run();
  return { handed, pauses, run };
}

describe('the relay of tasks', () => {
  it('hands over what is due, goes on while there is more, and ends with it [WRK-1] [WRK-3]', async () => {
    const store = new ListedTasks(Array.from({ length: 250 }, aLetter));
    const ids = store.waiting.map(({ id }) => id);
    const { handed, pauses, run } = await relay(store);
    await run;
    expect(handed.flat().map(({ id }) => id)).toEqual(ids);
    expect(handed.map(({ length }) => length)).toEqual([100, 100, 50]);
    expect(pauses).toHaveLength(3);
  });

  it('ends before the next run begins, however much there is [WRK-1]', async () => {
    const { handed, pauses, run } = await relay(new ListedTasks(Array.from({ length: 2000 }, aLetter)));
    await run;
    expect(handed).toHaveLength(10);
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(1000);
  });

  it('asks for each kind by its own rules, and for minutes only, as the queue may lose it all [WRK-1]', async () => {
    const store = new ListedTasks([]);
    await (
      await relay(store)
    ).run;
    const rules = Object.values(taskRules).map(({ most, mostOfEach }) => ({ most, mostOfEach }));
    expect(store.asked).toMatchObject(rules);
    for (const { leaseMs } of store.asked) expect(leaseMs).toBeLessThanOrEqual(2 * 60_000);
  });

  it('takes back what the queue does not accept, and says so [WRK-3]', async () => {
    const store = new ListedTasks([aLetter(), aLetter()]);
    const { run } = await relay(store, () => Promise.reject(new Error('Redis is away.')));
    await expect(run).rejects.toThrow('Redis is away.');
    expect(store.returned).toEqual(store.waiting.map(({ id }) => id));
  });
});
