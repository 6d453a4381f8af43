import {
  queueOf,
  SystemChance,
  taskId,
  type HandedTask,
  type JobHandlers,
  type JobName,
  type TaskKind,
} from '@gatehouse/core';

const isJobName = (name: string): name is JobName => Object.hasOwn(queueOf.jobs, name);
const jobNames = Object.keys(queueOf.jobs).filter(isJobName);

/** Does the same for every job there is. */
export function everyJob(run: (name: JobName) => Promise<void>): JobHandlers {
  const handlers: Partial<Record<JobName, () => Promise<void>>> = {};
  for (const name of jobNames) handlers[name] = () => run(name);
  if (!isComplete(handlers)) throw new Error('A job has no handler.');
  return handlers;
}

function isComplete(
  handlers: Partial<Record<JobName, () => Promise<void>>>,
): handlers is Record<JobName, () => Promise<void>> {
  return jobNames.every((name) => Object.hasOwn(handlers, name));
}

const chance = new SystemChance();

export function aTask(kind: TaskKind = 'send-mail', attempt = 1): HandedTask {
  return { id: taskId.create(new Date(), chance), kind, attempt };
}
