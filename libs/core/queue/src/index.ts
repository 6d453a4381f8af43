export { BullJobQueue, openQueue } from './job-queue';
export type { QueueConfig } from './queue-config';
export { startWorkers, type RunningWorkers } from './workers';
