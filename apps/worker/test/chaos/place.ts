import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@gatehouse/core-postgres/testing';
import { freePort, startSingle } from '@gatehouse/core-queue/testing';
import { startDnsServer, type DnsServer } from '@gatehouse/tools/dns-server';
import { startMailCatcher, type MailCatcher } from '@gatehouse/tools/mail-catcher';
import { FleetProcess } from './fleet';
import { Observer } from './observer';
import { OwnPostgres } from './own-postgres';

export const operatorKey = 'operator-key-of-the-kill-test';
const secretKeys = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
const server = join(__dirname, '../../../auth-server/src/main.ts');
const worker = join(__dirname, 'hurried-worker.ts');

/** How long a letter is a worker's, and a job that says nothing. */
const leaseMs = 6_000;
const lockMs = 3_000;

export interface RestartedRedis {
  readonly url: string;
  /** Everything in it is gone. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface PlaceWanted {
  readonly workers: number;
  readonly servers: number;
  readonly onRedis: boolean;
  /** How long the mail server thinks before it says that it took a mail. */
  readonly hesitate: () => Promise<unknown>;
}

/** A whole deployment of its own, of which each part can be ended. */
export interface Place {
  readonly postgres: OwnPostgres;
  readonly database: TestDatabase;
  readonly observer: Observer;
  readonly redis?: RestartedRedis;
  readonly dns: DnsServer;
  readonly mails: MailCatcher;
  readonly workers: readonly [FleetProcess, ...FleetProcess[]];
  readonly servers: readonly [FleetProcess, ...FleetProcess[]];
  readonly serverUrls: readonly string[];
  close(): Promise<void>;
}

export async function openPlace({ workers, servers, onRedis, hesitate }: PlaceWanted): Promise<Place> {
  const postgres = await OwnPostgres.start();
  const database = await createTestDatabase(postgres.superuserUrl);
  const observer = await Observer.open(postgres.superuserUrl, database.url);
  const [dns, mails] = [await startDnsServer(), await startMailCatcher({ keep: 1_000_000, hesitate })];
  const redis = onRedis ? await startRedis() : undefined;
  const ports = await Promise.all(Array.from({ length: servers }, freePort));
  const common = {
    ...{ DATABASE_URL: database.url, PUBLIC_URL: 'http://localhost:3000', SECRET_KEYS: secretKeys },
    ...{ DNS_SERVERS: dns.address, SMTP_URL: mails.smtpUrl, MAIL_FROM: 'Gatehouse <no-reply@login.example>' },
    ...(redis && { QUEUE_URL: redis.url }),
  };
  const fleet = {
    workers: some(Array.from({ length: workers }, () => aWorker(common))),
    servers: some(ports.map((port) => aServer(port, common))),
  };
  const close = async (): Promise<void> => {
    await Promise.all([...fleet.workers, ...fleet.servers].map((each) => each.stop()));
    await Promise.all([observer.close(), database.app.destroy(), dns.close(), mails.close(), redis?.stop()]);
    await postgres.stop();
  };
  const serverUrls = ports.map((port) => `http://127.0.0.1:${port}`);
  return { postgres, database, observer, dns, mails, ...fleet, serverUrls, close, ...(redis && { redis }) };
}

function aWorker(environment: Record<string, string>): FleetProcess {
  const args = [String(leaseMs), String(lockMs)];
  return new FleetProcess({ script: worker, args, environment, ready: '"msg":"ready"' });
}

function aServer(port: number, environment: Record<string, string>): FleetProcess {
  const own = { PORT: String(port), OPERATOR_KEY: operatorKey, COOKIE_KEYS: 'k'.repeat(32) };
  return new FleetProcess({
    script: server,
    environment: { ...environment, ...own },
    ready: 'Gatehouse answers',
  });
}

async function startRedis(): Promise<RestartedRedis> {
  const {
    servers: [redis],
  } = await startSingle();
  if (!redis) throw new Error('There is no Redis.');
  return {
    url: `redis://127.0.0.1:${redis.port}`,
    restart: async () => {
      await redis.kill();
      await redis.start();
    },
    stop: () => redis.stop(),
  };
}

function some<T>([first, ...rest]: readonly T[]): readonly [T, ...T[]] {
  if (first === undefined) throw new Error('A fleet has at least one of each.');
  return [first, ...rest];
}
