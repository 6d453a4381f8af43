export { awaitDatabase } from './connect-in-time';
export { BullJobQueue, openQueue } from './job-queue';
export { parseQueueUrl } from './parse-queue-url';
export type { QueueConfig } from './queue-config';
export { describeRedis, type RedisAddress } from './redis-address';
export { startWorkers, type RunningWorkers, type WorkToDo } from './workers';
