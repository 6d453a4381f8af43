import {
  queueOf,
  type JobHandlers,
  type JobName,
  type JobPayloads,
  type QueueName,
  type RunTask,
} from '@gatehouse/core';
import { UnrecoverableError, Worker, type IQueueBackend, type Job, type JobProgress } from 'bullmq';
import { messageOf, withinDeadline } from './deadline';
import { reportSeldom } from './faults';
import { readHandedTask, standsForTask } from './handed-job';
import { chosenByStore, type JobStore } from './job-store';
import { openJobStore } from './open-job-store';
import { defaultDeadlineMs, defaultLockMs, type QueueConfig } from './queue-config';
import { perQueue } from './queues';

type GatehouseWorker = Worker<unknown, void, string, IQueueBackend, JobProgress, object>;
type GatehouseJob = Pick<Job<unknown, void, string>, 'name' | 'data'>;

/** What a worker does. */
export interface WorkToDo {
  readonly jobs: JobHandlers;
  /** May be called twice for one attempt, when a worker was thought to be dead: the table of tasks knows. */
  readonly runTask: RunTask;
}

/** Handles jobs until it is closed. */
export interface RunningWorkers {
  /** Lets jobs under way end; after the deadline they are left to another worker. */
  close(): Promise<void>;
}

/** How many jobs of a queue one process has in hand at once: where much time is spent waiting for others, more. */
const concurrency: Readonly<Record<QueueName, number>> = {
  mail: 8,
  domains: 8,
  certificates: 2,
  metadata: 4,
  'clean-up': 1,
  relay: 2,
  sessions: 4,
};

/** The error of a job that failed was told already, and is kept out of the queue: it may name a person. */
class ToldElsewhere extends Error {
  override readonly message = 'See the log of the worker.';
}

/** Prepares the store, then builds the workers, then waits until they are ready: throws if that fails or takes too long. */
export async function startWorkers(config: QueueConfig, work: WorkToDo): Promise<RunningWorkers> {
  const store = await openJobStore(config);
  const deadlineMs = config.deadlineMs ?? defaultDeadlineMs;
  const workers = Object.values(perQueue((queue) => build(queue, store, config, work)));
  const close = async () => {
    await Promise.all(workers.map((worker) => end(worker, deadlineMs)));
    await store.close();
  };
  try {
    const ready = Promise.all(workers.map((worker) => worker.waitUntilReady()));
    await withinDeadline(ready, deadlineMs, 'Starting the workers');
    return { close };
  } catch (error) {
    await close();
    throw error;
  }
}

function build(queue: QueueName, store: JobStore, config: QueueConfig, work: WorkToDo): GatehouseWorker {
  const lockMs = lockOf(queue, config);
  const options = {
    ...{ connection: chosenByStore, concurrency: concurrency[queue] },
    ...{ lockDuration: lockMs, stalledInterval: lockMs / 2, runRetryDelay: 1_000 },
  };
  const run = (job: GatehouseJob) => attempt(job, work, config.onError);
  const worker: GatehouseWorker = new Worker(queue, run, options, store.backend);
  worker.on('error', reportSeldom(config.onError));
  worker.on('failed', (job, error) => {
    if (!(error instanceof ToldElsewhere)) config.onError(failure(job?.name ?? 'of nobody', error));
  });
  return worker;
}

/**
 * All other work waits for what hands it out, which a worker may have died of before it had put the next turn into the queue.
 * It is soon done, and doing it twice at once is harmless: so another worker has it sooner.
 */
function lockOf(queue: QueueName, { lockMs = defaultLockMs }: QueueConfig): number {
  return queue === 'relay' ? Math.max(1_000, lockMs / 3) : lockMs;
}

async function attempt(job: GatehouseJob, work: WorkToDo, onError: (error: Error) => void): Promise<void> {
  const run = understood(job, work);
  try {
    await run();
  } catch (error) {
    onError(failure(job.name, error));
    throw new ToldElsewhere();
  }
}

/** Refuses what this build does not know, for good: another attempt of it would know no more. */
function understood({ name, data }: GatehouseJob, { jobs, runTask }: WorkToDo): () => Promise<void> {
  try {
    if (standsForTask(name)) {
      const handed = readHandedTask(data);
      return () => runTask(handed);
    }
    if (isJobName(name)) return () => jobs[name](emptyPayload);
  } catch (error) {
    throw new UnrecoverableError(messageOf(error));
  }
  throw new UnrecoverableError(`This build knows no job named "${name}".`);
}

// All kinds of jobs of today carry nothing; one that does brings a parser of its payload here.
const emptyPayload: JobPayloads[JobName] = {};

function isJobName(name: string): name is JobName {
  return Object.hasOwn(queueOf.jobs, name);
}

function failure(name: string, cause: unknown): Error {
  return new Error(`The job ${name} failed: ${messageOf(cause)}`, { cause });
}

async function end(worker: GatehouseWorker, deadlineMs: number): Promise<void> {
  try {
    await withinDeadline(worker.close(), deadlineMs, 'Ending the jobs under way');
  } catch {
    // Closing by force would wait for the very same end: cut off, the worker loses its locks, and another has its jobs.
    void worker.disconnect().catch(() => undefined);
  }
}
