import type { JobHandlers, JobName, JobPayloads } from '@gatehouse/core';
import { UnrecoverableError, Worker, type IQueueBackend, type Job, type JobProgress } from 'bullmq';
import { chooseBackend, chosenByBackend } from './backend';
import { withinDeadline } from './deadline';
import { prepareQueue } from './prepare-queue';
import { defaultDeadlineMs, queueName, type QueueConfig } from './queue-config';

type GatehouseWorker = Worker<unknown, void, string, IQueueBackend, JobProgress, object>;

/** Handles jobs until it is closed. */
export interface RunningWorkers {
  /** Lets jobs under way end; after the deadline they are left to another worker. */
  close(): Promise<void>;
}

/** Prepares the store, then builds the worker, then waits until it is ready: throws if that fails or takes too long. */
export async function startWorkers(config: QueueConfig, handlers: JobHandlers): Promise<RunningWorkers> {
  await prepareQueue(config);
  const deadlineMs = config.deadlineMs ?? defaultDeadlineMs;
  const worker: GatehouseWorker = new Worker(
    config.name ?? queueName,
    (job: Job<unknown, void, string>) => handle(handlers, job.name),
    { connection: chosenByBackend, concurrency: 4 },
    chooseBackend(config),
  );
  worker.on('error', config.onError);
  worker.on('failed', (job, error) =>
    config.onError(new Error(`The job ${job?.name} failed: ${error.message}`, { cause: error })),
  );
  await withinDeadline(worker.waitUntilReady(), deadlineMs, 'Starting the worker');
  return { close: () => end(worker, deadlineMs) };
}

async function handle(handlers: JobHandlers, name: string): Promise<void> {
  if (!isJobName(handlers, name)) throw new UnrecoverableError(`This build knows no job named "${name}".`);
  await handlers[name](emptyPayload);
}

// All kinds of jobs of today carry nothing; one that does brings a parser of its payload here.
const emptyPayload: JobPayloads[JobName] = {};

function isJobName(handlers: JobHandlers, name: string): name is JobName {
  return Object.hasOwn(handlers, name);
}

async function end(worker: GatehouseWorker, deadlineMs: number): Promise<void> {
  await withinDeadline(worker.close(), deadlineMs, 'Ending the jobs under way').catch(() =>
    worker.close(true),
  );
}
