import { JobQueue, type JobName, type JobOptions, type JobPayloads } from '@gatehouse/core';
import { Queue, type IQueueBackend, type JobsOptions } from 'bullmq';
import { chooseBackend, chosenByBackend } from './backend';
import { withinDeadline } from './deadline';
import { prepareQueue } from './prepare-queue';
import { defaultDeadlineMs, queueName, type QueueConfig } from './queue-config';

export type GatehouseQueue = Queue<object, void, string, object, void, string, IQueueBackend, object>;

/** A failed job is tried for about ten minutes; then it is kept for a week to be looked at. */
const retention: JobsOptions = {
  attempts: 10,
  backoff: { type: 'exponential', delay: 1_000 },
  removeOnComplete: { count: 100 },
  removeOnFail: { age: 7 * 24 * 60 * 60 },
};

/** The queue that BullMQ keeps in PostgreSQL or Redis. */
export class BullJobQueue extends JobQueue {
  constructor(private readonly queue: GatehouseQueue) {
    super();
  }

  async add<N extends JobName>(
    name: N,
    payload: JobPayloads[N],
    { delayMs, dedupe }: JobOptions = {},
  ): Promise<void> {
    await this.queue.add(name, payload, {
      ...(delayMs !== undefined && { delay: delayMs }),
      ...(dedupe !== undefined && { deduplication: { id: dedupe } }),
    });
  }

  /** Repeats a job; of all workers that say so, one schedule comes about. */
  async repeat<N extends JobName>(name: N, payload: JobPayloads[N], everyMs: number): Promise<void> {
    await this.queue.upsertJobScheduler(
      name,
      { every: everyMs },
      { name, data: payload, opts: { ...retention, attempts: 1 } },
    );
  }

  /** Takes schedules away that a newer build no longer has. */
  async keepOnly(names: readonly JobName[]): Promise<void> {
    const kept = new Set<string>(names);
    for (const { key } of await this.queue.getJobSchedulers())
      if (!kept.has(key)) await this.queue.removeJobScheduler(key);
  }

  close(): Promise<void> {
    return this.queue.close();
  }
}

/** For who adds jobs: ready when it returns, or it throws within the deadline. */
export async function openQueue(config: QueueConfig): Promise<BullJobQueue> {
  await prepareQueue(config);
  const queue: GatehouseQueue = new Queue(
    config.name ?? queueName,
    { connection: chosenByBackend, defaultJobOptions: retention },
    chooseBackend(config),
  );
  queue.on('error', config.onError);
  await withinDeadline(queue.waitUntilReady(), config.deadlineMs ?? defaultDeadlineMs, 'Opening the queue');
  return new BullJobQueue(queue);
}
