import {
  JobQueue,
  queueNames,
  queueOf,
  type HandedTask,
  type JobName,
  type JobOptions,
  type JobPayloads,
  type QueueName,
  type Schedule,
} from '@gatehouse/core';
import { withinDeadline } from './deadline';
import { reportSeldom } from './faults';
import { jobOf } from './handed-job';
import type { JobStore } from './job-store';
import { KeptSchedules } from './kept-schedules';
import { openJobStore } from './open-job-store';
import { defaultDeadlineMs, defaultSchedulesEveryMs, type QueueConfig } from './queue-config';
import { buildQueues, type Queues } from './queues';

/** The queues that BullMQ keeps in PostgreSQL or Redis. */
export class BullJobQueue extends JobQueue {
  #kept: KeptSchedules | undefined;

  constructor(
    private readonly queues: Queues,
    private readonly store: JobStore,
    private readonly config: QueueConfig,
  ) {
    super();
  }

  async add<N extends JobName>(
    name: N,
    payload: JobPayloads[N],
    { delayMs, dedupe }: JobOptions = {},
  ): Promise<void> {
    const added = this.queues[queueOf.jobs[name]].add(name, payload, {
      ...(delayMs !== undefined && { delay: delayMs }),
      ...(dedupe !== undefined && { deduplication: { id: dedupe } }),
    });
    await this.#inTime(added, `Adding the job ${name}`);
  }

  async hand(tasks: readonly HandedTask[]): Promise<void> {
    const added = queueNames.map((queue) =>
      this.#addTasks(
        queue,
        tasks.filter(({ kind }) => queueOf.tasks[kind] === queue),
      ),
    );
    await this.#inTime(Promise.all(added), 'Handing tasks over');
  }

  /**
   * Repeats these jobs, and no others. Of all workers that say so, one schedule of each job comes about; they are put back
   * when the queue loses them, which Redis does when it starts again without what it had.
   */
  async keepSchedules(schedules: readonly Schedule[]): Promise<void> {
    const { schedulesEveryMs = defaultSchedulesEveryMs, onError } = this.config;
    await this.#kept?.end();
    this.#kept = new KeptSchedules(this.queues, schedules, schedulesEveryMs, reportSeldom(onError));
    await this.#inTime(this.#kept.begin(), 'Putting the schedules into the queue');
  }

  async close(): Promise<void> {
    await this.#inTime(this.#end(), 'Closing the queues').catch(this.config.onError);
    await this.store.close();
  }

  async #end(): Promise<void> {
    await this.#kept?.end();
    await Promise.all(Object.values(this.queues).map((queue) => queue.close()));
  }

  async #addTasks(queue: QueueName, tasks: readonly HandedTask[]): Promise<void> {
    if (tasks.length > 0) await this.queues[queue].addBulk(tasks.map(jobOf));
  }

  /** While Redis is away a command waits for it; that must not hold up who gave it. */
  #inTime<T>(work: Promise<T>, what: string): Promise<T> {
    return withinDeadline(work, this.config.deadlineMs ?? defaultDeadlineMs, what);
  }
}

/** For who adds jobs: ready when it returns, or it throws within the deadline. */
export async function openQueue(config: QueueConfig): Promise<BullJobQueue> {
  const store = await openJobStore(config);
  const queues = buildQueues(store, reportSeldom(config.onError));
  const opened = new BullJobQueue(queues, store, config);
  const ready = Promise.all(Object.values(queues).map((queue) => queue.waitUntilReady()));
  try {
    await withinDeadline(ready, config.deadlineMs ?? defaultDeadlineMs, 'Opening the queues');
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
}
