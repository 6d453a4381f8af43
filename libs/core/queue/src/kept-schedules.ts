import { queueNames, queueOf, type JobName, type Schedule } from '@gatehouse/core';
import { retention, type GatehouseQueue, type Queues } from './queues';

/** On every schedule, whose it is: the worker that started last, and how often that one has looked after it. */
interface Stamp {
  readonly stamp: number;
  readonly beat: number;
}

type Found = Awaited<ReturnType<GatehouseQueue['getJobSchedulers']>>[number];

/**
 * Puts back what the queues have lost of their schedules, and takes away what is none of ours. Of all workers the one that
 * started last does it, so that an older build does not undo what a newer did; when that one falls silent, the others do.
 */
export class KeptSchedules {
  #own: Stamp = { stamp: 0, beat: 0 };
  #other: Stamp & { readonly since: number } = { stamp: 0, beat: 0, since: 0 };
  #looking: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly queues: Queues,
    private readonly schedules: readonly Schedule[],
    private readonly everyMs: number,
    private readonly onError: (error: Error) => void,
  ) {}

  async begin(): Promise<void> {
    const found = await this.#found();
    // One more than others have: the clock of a worker before may have been ahead.
    this.#own = { stamp: Math.max(Date.now(), newestOf(found).stamp + 1), beat: 0 };
    await this.#write(found);
    this.#timer = setInterval(() => this.#look(), this.everyMs);
  }

  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  /** One look at a time: while Redis is away it may last. */
  #look(): void {
    this.#looking ??= this.#putBack()
      .catch(this.onError)
      .finally(() => (this.#looking = undefined));
  }

  async #putBack(): Promise<void> {
    const found = await this.#found();
    if (this.#isLeftToAnother(newestOf(found))) return;
    this.#own = { ...this.#own, beat: this.#own.beat + 1 };
    await this.#write(found);
  }

  /** By what changes, and not by its time: the clocks of two machines differ. */
  #isLeftToAnother(newest: Stamp): boolean {
    if (newest.stamp <= this.#own.stamp) return false;
    if (newest.stamp !== this.#other.stamp || newest.beat !== this.#other.beat)
      this.#other = { ...newest, since: Date.now() };
    return Date.now() - this.#other.since < 4 * this.everyMs;
  }

  async #found(): Promise<Found[][]> {
    return Promise.all(queueNames.map((name) => this.queues[name].getJobSchedulers()));
  }

  async #write(found: readonly (readonly Found[])[]): Promise<void> {
    for (const [index, name] of queueNames.entries()) {
      const own = this.schedules.filter(({ job }) => queueOf.jobs[job] === name);
      await write(this.queues[name], found[index] ?? [], own, this.#own);
    }
  }
}

/** A schedule that is there keeps the time of its next turn. */
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

function newestOf(found: readonly (readonly Found[])[]): Stamp {
  const stamps = found.flat().map(stampOf);
  return stamps.reduce((newest, each) => (each.stamp > newest.stamp ? each : newest), { stamp: 0, beat: 0 });
}

function stampOf({ template: { data } = {} }: Found): Stamp {
  const number = (value: unknown) => (typeof value === 'number' ? value : 0);
  return {
    stamp: number(data && 'stamp' in data ? data.stamp : undefined),
    beat: number(data && 'beat' in data ? data.beat : undefined),
  };
}
