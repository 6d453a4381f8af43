import { createPostgresBackend, createRedisBackend, type BackendFactory, type IQueueBackend } from 'bullmq';
import type { QueueConfig } from './queue-config';

/** Where the tables of the queue live; the application's role makes it and owns what is in it. */
export const queueSchema = 'queue';

/** What queues and workers pass as their connection: BullMQ insists on one, `chooseBackend` has the real one. */
export const chosenByBackend = {};

/** The one place that knows which store keeps the jobs. */
export function chooseBackend(config: QueueConfig): BackendFactory<IQueueBackend, object> {
  const { queueUrl } = config;
  if (queueUrl !== undefined) {
    const connection = { url: queueUrl, maxRetriesPerRequest: null };
    return (name, options, kind) => createRedisBackend(name, { ...options, connection }, kind);
  }
  // A configuration, not a shared pool: waiting for jobs holds a connection, and a small shared pool would run dry.
  const connection = { connectionString: config.databaseUrl, schema: queueSchema, max: 2 };
  return (name, options, kind) => createPostgresBackend(name, { ...options, connection }, kind);
}
