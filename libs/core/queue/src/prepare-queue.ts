import { setTimeout as pause } from 'node:timers/promises';
import { runMigrations } from 'bullmq';
import { Client } from 'pg';
import { queueSchema } from './backend';
import { withinDeadline } from './deadline';
import { defaultDeadlineMs, type QueueConfig } from './queue-config';

/**
 * Waits for the database and brings the queue's schema up to date (under bullmq's advisory lock). It must be done before
 * any worker is built: one that finds no schema blocks the event loop, one that finds no database stays dead for good.
 */
export async function prepareQueue(config: QueueConfig): Promise<void> {
  if (config.queueUrl !== undefined) return;
  const deadlineMs = config.deadlineMs ?? defaultDeadlineMs;
  const client = await connect(config.databaseUrl, Date.now() + deadlineMs);
  try {
    await withinDeadline(runMigrations(client, queueSchema), deadlineMs, 'Preparing the schema of the queue');
  } finally {
    await client.end();
  }
}

async function connect(url: string, until: number): Promise<Client> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end();
    if (Date.now() >= until)
      throw new Error('The database of the queue cannot be reached.', { cause: error });
  }
  await pause(250);
  return connect(url, until);
}
