import type { MailId, TaskId, TenantId } from '../shared/ids';
import type { TaskKind } from './task';

/** One attempt at a task as the queue hands it to a worker: never its payload, which stays in PostgreSQL. */
export interface HandedTask {
  readonly id: TaskId | MailId;
  readonly kind: TaskKind;
  /** Counted by the table of tasks; handing the same attempt over twice is harmless. */
  readonly attempt: number;
  /** Whose it is; absent where it is the deployment's. */
  readonly tenantId?: TenantId;
}

/** Does one attempt at a task; what becomes of the task is written in the table of tasks, not told to the queue. */
export type RunTask = (handed: HandedTask) => Promise<void>;
