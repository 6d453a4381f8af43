import type { HandedTask } from './tasks/handed-task';

/** Every kind of job and what it carries; a payload that concerns a tenant begins with its `tenantId`. */
export interface JobPayloads {
  /** Announces what the outbox holds. */
  readonly 'relay-outbox': Readonly<Record<string, never>>;
  /** Hands tasks that are due to the queue. */
  readonly 'relay-tasks': Readonly<Record<string, never>>;
  /** Tells applications of sessions that have ended. */
  readonly 'tell-applications': Readonly<Record<string, never>>;
  /** Ends sessions that the policy of their tenant refuses by now (ENF-9). */
  readonly 'end-refused-sessions': Readonly<Record<string, never>>;
  /** Looks for the proofs of domains that are due (DOM-8). */
  readonly 'check-domains': Readonly<Record<string, never>>;
  /** Tells owners of certificates that end (CRT-2). */
  readonly 'check-certificates': Readonly<Record<string, never>>;
  /** Tells owners of tokens of directories that end (SCM-5). */
  readonly 'tell-of-ending-tokens': Readonly<Record<string, never>>;
  /** Queues the metadata refreshes that are due (CRT-4). */
  readonly 'queue-metadata-refreshes': Readonly<Record<string, never>>;
  /** Forgets flows, assertion IDs and issued tokens that have expired. */
  readonly 'sweep-expired': Readonly<Record<string, never>>;
}

export type JobName = keyof JobPayloads;

/** A job that recurs. */
export interface Schedule {
  readonly job: JobName;
  readonly everyMs: number;
}

export interface JobOptions {
  readonly delayMs?: number;
  /** While a job with this name for it waits or runs, another is not added. */
  readonly dedupe?: string;
}

/** Hands work to the workers. Work that must not be lost goes by the outbox, in the transaction of its cause. */
export abstract class JobQueue {
  abstract add<N extends JobName>(name: N, payload: JobPayloads[N], options?: JobOptions): Promise<void>;
  /** Hands attempts at tasks to the workers of their queues; one that was handed over before is left as it is. */
  abstract hand(tasks: readonly HandedTask[]): Promise<void>;
}

/** What a worker does for each kind of job; an exception makes it try again later. */
export type JobHandlers = { readonly [N in JobName]: (payload: JobPayloads[N]) => Promise<void> };
