import type { JobStore } from './job-store';
import { openPostgresStore } from './postgres-store';
import type { QueueConfig } from './queue-config';
import { openRedisStore } from './redis-store';

/** Reached, and its schema up to date, when it is returned: nothing may be built on it before. */
export function openJobStore(config: QueueConfig): Promise<JobStore> {
  return config.redis ? openRedisStore(config, config.redis) : openPostgresStore(config);
}
