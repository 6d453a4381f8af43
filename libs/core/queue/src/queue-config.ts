import type { RedisAddress } from './redis-address';

export interface QueueConfig {
  /** PostgreSQL, as the application's role; keeps the jobs unless `redis` is set. */
  readonly databaseUrl: string;
  /** Redis or Valkey keeps the jobs instead. */
  readonly redis?: RedisAddress;
  /** Keeps deployments apart that share one Redis. */
  readonly name?: string;
  /** How long starting and ending may take before it counts as failed. */
  readonly deadlineMs?: number;
  /** A worker that has not been heard of for this long loses its jobs to another; what hands out work, after a third of it. */
  readonly lockMs?: number;
  /** How often a worker looks whether the schedules are still there. */
  readonly schedulesEveryMs?: number;
  /** Is told of faults that happen in the background, such as a lost connection or a job that failed. */
  readonly onError: (error: Error) => void;
}

export const deploymentName = 'gatehouse';
export const defaultDeadlineMs = 15_000;
export const defaultLockMs = 30_000;
export const defaultSchedulesEveryMs = 15_000;
