import {
  EndRefusedSessions,
  KeyRing,
  SendMails,
  SystemChance,
  SystemClock,
  TellApplications,
  type JobHandlers,
  type LogoutNotices,
} from '@gatehouse/core';
import { GuardedPost, SmtpMailer } from '@gatehouse/core-network';
import {
  openDatabase,
  PostgresConnectionPurge,
  PostgresLogoutNotices,
  PostgresMailStore,
  PostgresOutbox,
  PostgresRefusedSessionStore,
  PostgresSweeper,
  SigningKeyStore,
} from '@gatehouse/core-postgres';
import { openQueue, startWorkers, type QueueConfig } from '@gatehouse/core-queue';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Config } from './config';
import { announceEvent } from './jobs/announce-event';
import { EndRefusedSessionsJob } from './jobs/end-refused-sessions.job';
import { logMailFailure } from './jobs/log-mail-failure';
import { NoMailServer } from './jobs/no-mail-server';
import { RelayOutbox } from './jobs/relay-outbox.job';
import { SweepExpired } from './jobs/sweep-expired.job';
import { SignedLogoutTokens } from './logout-tokens';
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
    const workers = await startWorkers(settings, {
      jobs: handlers(database, config, log),
      runTask: async ({ kind }) => log.error({ kind }, 'nobody runs tasks yet'),
    });
    await queue.keepSchedules(schedules);
    return new Work([() => workers.close(), () => queue.close(), () => database.destroy()]);
  }

  /** Jobs under way end first: they need the queue and the database. */
  async onApplicationShutdown(): Promise<void> {
    for (const end of this.ends) await end();
  }
}

function queueConfig({ databaseUrl, redis }: Config, log: Logger): QueueConfig {
  return {
    databaseUrl,
    ...(redis !== undefined && { redis }),
    onError: (error) => log.error({ err: error }, error.message),
  };
}

function handlers(database: Database, config: Config, log: Logger): JobHandlers {
  const clock = new SystemClock();
  const mails = mailJob(database, config, log);
  const notices = new PostgresLogoutNotices(database);
  const relay = new RelayOutbox(new PostgresOutbox(database), clock, announceEvent(log, notices, clock));
  const logouts = logoutJob(database, notices, config, log);
  const sweep = new SweepExpired(
    new PostgresSweeper(database),
    new PostgresConnectionPurge(database, new SystemChance()),
    clock,
    log,
  );
  const refusedStore = new PostgresRefusedSessionStore(database, new SystemChance());
  const refused = new EndRefusedSessionsJob(new EndRefusedSessions(refusedStore, clock), log);
  return {
    'relay-outbox': () => relay.run(),
    'send-mails': () => mails.run(),
    'tell-applications': () => logouts.run(),
    'end-refused-sessions': () => refused.run(),
    'sweep-expired': () => sweep.run(),
  };
}

function logoutJob(
  database: Database,
  notices: LogoutNotices,
  { secretKeys, publicUrl, allowedPrivateHosts }: Config,
  log: Logger,
): TellApplications {
  const [clock, chance] = [new SystemClock(), new SystemChance()];
  const keys = new SigningKeyStore(database);
  const tokens = new SignedLogoutTokens(keys, new KeyRing(secretKeys, chance), publicUrl, clock, chance);
  const post = new GuardedPost({ allowedPrivateHosts });
  return new TellApplications(notices, tokens, post, clock, ({ notice, error }) => {
    const { sessionId, applicationId, attempts } = notice;
    log.warn({ logout: { sessionId, applicationId, attempts, error } }, 'an application was not told');
  });
}

function mailJob(database: Database, { mail, secretKeys }: Config, log: Logger): SendMails {
  if (!mail) log.warn('SMTP_URL is not set: mails wait in the queue, and each is given up after three days');
  const chance = new SystemChance();
  const store = new PostgresMailStore(database, new KeyRing(secretKeys, chance), chance);
  const mailer = mail ? new SmtpMailer({ url: mail.smtpUrl, from: mail.from }) : new NoMailServer();
  return new SendMails(store, mailer, new SystemClock(), logMailFailure(log));
}
