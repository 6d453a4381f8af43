import { mailId, queueOf, taskId, tenantId, type HandedTask, type TaskKind } from '@gatehouse/core';
import type { BulkJobOptions } from 'bullmq';

/** What a job of BullMQ that stands for a task is called: with this before its kind, which a job may also be called. */
const prefix = 'task/';

interface HandedJob {
  readonly name: string;
  readonly data: HandedTask;
  readonly opts: BulkJobOptions;
}

/**
 * The job that stands for one attempt at a task: its id makes adding it twice harmless. BullMQ does not try again, as the
 * table of tasks does; what is picked here is all that ever gets to Redis.
 */
export function jobOf({ id, kind, attempt, tenantId: tenant }: HandedTask): HandedJob {
  return {
    name: `${prefix}${kind}`,
    data: { id, kind, attempt, ...(tenant !== undefined && { tenantId: tenant }) },
    opts: { jobId: `${id}-${attempt}`, attempts: 1, removeOnComplete: true, removeOnFail: { count: 100 } },
  };
}

export function standsForTask(jobName: string): boolean {
  return jobName.startsWith(prefix);
}

/** Throws when this build does not know the kind, or it is no task at all. */
export function readHandedTask(data: unknown): HandedTask {
  const { id, kind, attempt, tenantId: tenant } = fieldsOf(data);
  if (!isTaskKind(kind)) throw new Error(`This build knows no kind of task named "${String(kind)}".`);
  if (typeof attempt !== 'number' || !Number.isInteger(attempt) || attempt < 1)
    throw new Error('The attempt at a task is not a number from 1.');
  return {
    id: mailId.is(id) ? id : taskId.parse(id),
    kind,
    attempt,
    ...(tenant !== undefined && { tenantId: tenantId.parse(tenant) }),
  };
}

function fieldsOf(data: unknown): Partial<Record<keyof HandedTask, unknown>> {
  return typeof data === 'object' && data !== null ? data : {};
}

function isTaskKind(kind: unknown): kind is TaskKind {
  return typeof kind === 'string' && Object.hasOwn(queueOf.tasks, kind);
}
