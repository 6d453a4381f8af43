import { createPostgresBackend, runMigrations } from 'bullmq';
import { connectInTime, connectionSettings } from './connect-in-time';
import { withinDeadline } from './deadline';
import { reportSeldom } from './faults';
import type { JobStore } from './job-store';
import { defaultDeadlineMs, type QueueConfig } from './queue-config';

/** Where the tables of the queue live; the application's role makes it and owns what is in it. */
const queueSchema = 'queue';

/**
 * Every worker has a small pool of its own, and a connection that waits for news of jobs. It is a configuration and not a
 * pool that all share: waiting holds a connection, and a small shared pool would run dry. Queues share one, as none waits.
 */
export async function openPostgresStore(config: QueueConfig): Promise<JobStore> {
  await prepareSchema(config);
  const connection = { ...connectionSettings(config.databaseUrl), schema: queueSchema, max: 2 };
  const shared = createPostgresBackend('shared', { connection });
  shared.on('error', reportSeldom(config.onError));
  return {
    backend: (name, options, kind) =>
      kind?.withBlockingConnection
        ? createPostgresBackend(name, { ...options, connection }, kind)
        : shared.forQueue(name),
    close: () => shared.close(),
  };
}

/**
 * Waits for the database and brings the schema of the queue up to date, under bullmq's advisory lock. A worker that is built
 * before finds no schema and blocks the event loop, or finds no database and stays dead for good.
 */
async function prepareSchema({ databaseUrl, deadlineMs = defaultDeadlineMs }: QueueConfig): Promise<void> {
  const client = await connectInTime(databaseUrl, deadlineMs);
  try {
    await withinDeadline(runMigrations(client, queueSchema), deadlineMs, 'Preparing the schema of the queue');
  } finally {
    await client.end();
  }
}
