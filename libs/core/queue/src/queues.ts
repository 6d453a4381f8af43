import type { QueueName } from '@gatehouse/core';
import { Queue, type IQueueBackend, type JobsOptions } from 'bullmq';
import { chosenByStore, type JobStore } from './job-store';

export type GatehouseQueue = Queue<object, void, string, object, void, string, IQueueBackend, object>;
export type Queues = Readonly<Record<QueueName, GatehouseQueue>>;

/** A failed job is tried for about ten minutes; the last ones that failed are kept to be counted. */
export const retention: JobsOptions = {
  attempts: 10,
  backoff: { type: 'exponential', delay: 1_000 },
  removeOnComplete: true,
  removeOnFail: { count: 100 },
};

/** One of something for every queue. */
export function perQueue<T>(make: (queue: QueueName) => T): Readonly<Record<QueueName, T>> {
  return {
    mail: make('mail'),
    domains: make('domains'),
    certificates: make('certificates'),
    metadata: make('metadata'),
    'clean-up': make('clean-up'),
    relay: make('relay'),
    sessions: make('sessions'),
  };
}

export function buildQueues(store: JobStore, onError: (error: Error) => void): Queues {
  return perQueue((name) => {
    const options = { connection: chosenByStore, defaultJobOptions: retention };
    const queue: GatehouseQueue = new Queue(name, options, store.backend);
    queue.on('error', onError);
    return queue;
  });
}
