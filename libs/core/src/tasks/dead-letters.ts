import type { Page } from '../audit/audit-log';
import type { DeploymentHappening } from '../audit/deployment-happening';
import type { TenantId } from '../shared/ids';
import type { Task, TaskKind } from './task';

/** How it stands with the tasks of one kind. */
export interface TaskState {
  readonly kind: string;
  /** Due or not yet, and not tried so far. */
  readonly waiting: number;
  /** With the queue or with a worker. */
  readonly underWay: number;
  /** Tried without success, and to be tried again. */
  readonly retrying: number;
  readonly dead: number;
  /** Since when the oldest waits that is not dead. */
  readonly oldestAt?: Date;
  /** What was wrong with the one that failed last and is not dead. */
  readonly lastError?: string;
}

/** A task that nobody tries any more. Its payload is shown to nobody: there are one-time links in it. */
export interface DeadLetter {
  readonly id: Task['id'];
  readonly kind: string;
  readonly tenantId?: TenantId;
  readonly createdAt: Date;
  readonly deadAt: Date;
  readonly attempts: number;
  readonly reason: string;
}

export interface DeadLetterFilter {
  readonly kind?: TaskKind;
  readonly tenantId?: TenantId;
}

/** How long a dead letter can be replayed. */
export const deadLetterKeptMs = 30 * 24 * 60 * 60_000;

/** What operators see and do about tasks, across all tenants. */
export abstract class DeadLetters {
  /** One for each kind that has tasks, dead or alive. */
  abstract statesAnywhere(now: Date): Promise<TaskState[]>;
  /** Newest first, by when they were written. */
  abstract listAnywhere(filter: DeadLetterFilter, page: Page): Promise<DeadLetter[]>;
  /** Has it tried anew, and at once; false where it is not among the dead. */
  abstract replayAnywhere(id: Task['id'], because: DeploymentHappening): Promise<boolean>;
  /** The same for all, or all of a kind; answers how many. */
  abstract replayAllAnywhere(kind: TaskKind | undefined, because: DeploymentHappening): Promise<number>;
}
