import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { messageOf } from './deadline';
import { defaultDeadlineMs, type QueueConfig } from './queue-config';

/** A server that is cut off without a word is noticed, and given up. */
export function connectionSettings(databaseUrl: string) {
  return {
    connectionString: databaseUrl,
    application_name: 'gatehouse-queue',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
}

/** Waits for a database that is still starting, no longer than this. */
export async function connectInTime(url: string, deadlineMs: number): Promise<Client> {
  for (const until = Date.now() + deadlineMs; ; await pause(250)) {
    const settings = connectionSettings(url);
    const patienceMs = Math.min(settings.connectionTimeoutMillis, deadlineMs);
    const client = new Client({ ...settings, connectionTimeoutMillis: patienceMs });
    // What befalls it between two questions shows at the next one.
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end();
      if (Date.now() >= until)
        throw new Error(`The database cannot be reached: ${messageOf(error)}`, { cause: error });
    }
  }
}

/** For who needs the database itself, wherever the jobs are. */
export async function awaitDatabase({
  databaseUrl,
  deadlineMs = defaultDeadlineMs,
}: QueueConfig): Promise<void> {
  const client = await connectInTime(databaseUrl, deadlineMs);
  await client.end();
}
