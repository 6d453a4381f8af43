import { KeyRing, SendMails, SystemChance, SystemClock, type JobHandlers } from '@gatehouse/core';
import { SmtpMailer } from '@gatehouse/core-network';
import {
  openDatabase,
  PostgresConnectionPurge,
  PostgresMailStore,
  PostgresOutbox,
  PostgresSweeper,
} from '@gatehouse/core-postgres';
import { openQueue, startWorkers, type BullJobQueue, type QueueConfig } from '@gatehouse/core-queue';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Config } from './config';
import { logEvent } from './jobs/log-event';
import { logMailFailure } from './jobs/log-mail-failure';
import { NoMailServer } from './jobs/no-mail-server';
import { RelayOutbox } from './jobs/relay-outbox.job';
import { SweepExpired } from './jobs/sweep-expired.job';
import { schedules } from './schedules';

type Database = Awaited<ReturnType<typeof openDatabase>>;

/** All that runs in a worker process, and how it ends. */
export class Work implements OnApplicationShutdown {
  private constructor(private readonly ends: readonly (() => Promise<void>)[]) {}

  /** Ready when it returns; throws when the database or the queue cannot be had. */
  static async start(config: Config, log: Logger): Promise<Work> {
    const settings = queueConfig(config, log);
    // First, because it waits for a database that is still starting.
    const queue = await openQueue(settings);
    const database = await openDatabase({
      url: config.databaseUrl,
      poolSize: 4,
      applicationName: 'gatehouse-worker',
    });
    const workers = await startWorkers(settings, handlers(database, config, log));
    await schedule(queue);
    return new Work([() => workers.close(), () => queue.close(), () => database.destroy()]);
  }

  /** Jobs under way end first: they need the queue and the database. */
  async onApplicationShutdown(): Promise<void> {
    for (const end of this.ends) await end();
  }
}

function queueConfig({ databaseUrl, queueUrl }: Config, log: Logger): QueueConfig {
  return {
    databaseUrl,
    ...(queueUrl !== undefined && { queueUrl }),
    onError: (error) => log.error({ err: error }, error.message),
  };
}

function handlers(database: Database, config: Config, log: Logger): JobHandlers {
  const clock = new SystemClock();
  const mails = mailJob(database, config, log);
  const relay = new RelayOutbox(new PostgresOutbox(database), clock, logEvent(log));
  const sweep = new SweepExpired(
    new PostgresSweeper(database),
    new PostgresConnectionPurge(database, new SystemChance()),
    clock,
    log,
  );
  return {
    'relay-outbox': () => relay.run(),
    'send-mails': () => mails.run(),
    'sweep-expired': () => sweep.run(),
  };
}

function mailJob(database: Database, { mail, secretKeys }: Config, log: Logger): SendMails {
  if (!mail) log.warn('SMTP_URL is not set: mails wait in the queue, and each is given up after three days');
  const chance = new SystemChance();
  const store = new PostgresMailStore(database, new KeyRing(secretKeys, chance), chance);
  const mailer = mail ? new SmtpMailer({ url: mail.smtpUrl, from: mail.from }) : new NoMailServer();
  return new SendMails(store, mailer, new SystemClock(), logMailFailure(log));
}

async function schedule(queue: BullJobQueue): Promise<void> {
  await queue.keepOnly(schedules.map(({ job }) => job));
  for (const { job, everyMs } of schedules) await queue.repeat(job, {}, everyMs);
}
