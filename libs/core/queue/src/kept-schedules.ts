import { queueNames, queueOf, type JobName, type Schedule } from '@gatehouse/core';
import { retention, type GatehouseQueue, type Queues } from './queues';

/** Schedules that are looked after until it is ended. */
export interface KeptSchedules {
  end(): Promise<void>;
}

/** Whose schedules they are: of two workers the one that started later, so that an older build does not undo what a newer did. */
interface Stamp {
  readonly stamp: number;
}

type Found = Awaited<ReturnType<GatehouseQueue['getJobSchedulers']>>[number];

/** Takes over the schedules of all queues, and from then on puts back what is lost. */
export async function keepSchedules(
  queues: Queues,
  schedules: readonly Schedule[],
  everyMs: number,
  onError: (error: Error) => void,
): Promise<KeptSchedules> {
  const own = await takeOver(queues, schedules);
  let looking = Promise.resolve();
  let busy = false;
  const look = async () => {
    busy = true;
    await putBack(queues, schedules, own).catch(onError);
    busy = false;
  };
  const timer = setInterval(() => {
    if (!busy) looking = look();
  }, everyMs);
  return {
    end: () => {
      clearInterval(timer);
      return looking;
    },
  };
}

async function takeOver(queues: Queues, schedules: readonly Schedule[]): Promise<Stamp> {
  const found = await Promise.all(queueNames.map((name) => queues[name].getJobSchedulers()));
  // Also where the clock of a former worker was ahead.
  const own = { stamp: Math.max(Date.now(), ...found.flat().map((each) => stampOf(each) + 1)) };
  for (const [index, name] of queueNames.entries())
    await write(queues[name], found[index] ?? [], schedulesOf(name, schedules), own);
  return own;
}

async function putBack(queues: Queues, schedules: readonly Schedule[], own: Stamp): Promise<void> {
  for (const name of queueNames) {
    const found = await queues[name].getJobSchedulers();
    if (found.some((each) => stampOf(each) > own.stamp)) continue;
    await write(queues[name], found, schedulesOf(name, schedules), own);
  }
}

function schedulesOf(queue: string, schedules: readonly Schedule[]): Schedule[] {
  return schedules.filter(({ job }) => queueOf.jobs[job] === queue);
}

/** What is there keeps its next turn: only what a lost turn left without one gets another. */
async function write(
  queue: GatehouseQueue,
  found: readonly Found[],
  schedules: readonly Schedule[],
  own: Stamp,
): Promise<void> {
  const kept = new Set<string>(schedules.map(({ job }) => job));
  for (const { key } of found) if (!kept.has(key)) await queue.removeJobScheduler(key);
  for (const { job, everyMs } of schedules)
    await queue.upsertJobScheduler(job, { every: everyMs }, template(job, own));
}

function template(name: JobName, own: Stamp) {
  return { name, data: own, opts: { ...retention, attempts: 1 } };
}

function stampOf({ template: { data } = {} }: Found): number {
  return data && 'stamp' in data && typeof data.stamp === 'number' ? data.stamp : 0;
}
