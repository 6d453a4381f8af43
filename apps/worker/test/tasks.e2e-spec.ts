import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { KeyRing, mailId, SystemChance, taskId, type OutgoingMail } from '@gatehouse/core';
import { openDatabase } from '@gatehouse/core-postgres';
import { createTestDatabase, queueing, type TestDatabase } from '@gatehouse/core-postgres/testing';
import { startMailCatcher, type MailCatcher } from '@gatehouse/tools/mail-catcher';
import { pino } from 'pino';
import { Work } from '../src/work';
import { MailLine, type Cut } from './mail-line';
import { workerConfig } from './worker-config';

const chance = new SystemChance();
const hook = join(__dirname, '../../../libs/core/queue/test/run-typescript.cjs');
const main = join(__dirname, 'short-leases.ts');

let database: TestDatabase;
let catcher: MailCatcher;
const ends: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  catcher = await startMailCatcher();
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
  await catcher.close();
  await database.drop();
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 75_000; !(await condition()); await pause(50))
    if (Date.now() > deadline) throw new Error('It did not come about in time.');
}

async function queue(keyRing = new KeyRing(workerConfig('').secretKeys, chance)): Promise<OutgoingMail> {
  const createdAt = new Date();
  const id = mailId.create(createdAt, chance);
  const to = 'jane@acme.example';
  const mail: OutgoingMail = { id, to, language: 'en', message: { kind: 'password-changed' }, createdAt };
  const { sql, values } = queueing(mail, keyRing);
  await database.app.query(sql, values);
  return mail;
}

interface Waiting {
  readonly id: string;
  readonly attempts: number;
  readonly last_error: string | null;
}

/** As the owner: the application's role may not read tasks. */
async function waiting(): Promise<Waiting[]> {
  const owner = await openDatabase({ url: database.ownerUrl, poolSize: 1 });
  const rows: Waiting[] = await owner.query('SELECT id, attempts, last_error FROM tasks ORDER BY id');
  await owner.destroy();
  return rows;
}

/** A worker as a process of its own, whose letters fall due again after so long. */
function aWorker(smtpUrl: string, leaseMs = 3_000) {
  const worker = spawn(
    process.execPath,
    ['--conditions=@gatehouse/source', '-r', hook, main, String(leaseMs)],
    {
      env: {
        ...{ DATABASE_URL: database.url, PUBLIC_URL: 'http://localhost:3000' },
        SECRET_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
        ...{ SMTP_URL: smtpUrl, MAIL_FROM: 'Gatehouse <no-reply@login.example>' },
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const exit = once(worker, 'exit');
  const kill = async () => {
    worker.kill('SIGKILL');
    await exit;
  };
  ends.push(kill);
  return { kill };
}

const keysOf = () => catcher.mails().map(({ headers }) => headers['message-id']);

describe('a worker that is killed in the middle of a letter', () => {
  it.each<[Cut, number]>([
    ['before the letter', 1],
    ['after the letter', 2],
  ])(
    'loses nothing, and nothing arrives under two keys: %s was through [WRK-1] [WRK-2] [WRK-3]',
    async (cut, arrivals) => {
      const line = new MailLine(catcher.smtpPort, cut);
      const smtpUrl = await line.open();
      ends.push(() => line.close());
      const { id } = await queue();
      const first = aWorker(smtpUrl);
      await line.dead;
      await expect(waiting()).resolves.toMatchObject([{ id, attempts: 1 }]);
      await first.kill();
      aWorker(smtpUrl);
      await until(async () => (await waiting()).length === 0);
      expect(keysOf()).toHaveLength(arrivals);
      expect(new Set(keysOf()).size).toBe(1);
      expect(keysOf()[0]).toContain(id);
    },
    150_000,
  );
});

describe('a task that nobody can do', () => {
  it('keeps no other waiting, and is still there for who mends it [WRK-1]', async () => {
    const lost = await queue(new KeyRing([{ name: 'lost', key: new Uint8Array(32).fill(9) }], chance));
    const task = taskId.create(new Date(), chance);
    await database.app.query(
      `INSERT INTO tasks (id, kind, payload, created_at, due_at) VALUES ($1, 'ask-members-to-link', '{', now(), now())`,
      [task],
    );
    for (let index = 0; index < 20; index++) await queue();
    const lines: string[] = [];
    const log = pino({ level: 'info' }, { write: (line) => void lines.push(line) });
    const mail = { smtpUrl: catcher.smtpUrl, from: 'no-reply@login.example' };
    const work = await Work.start(workerConfig(database.url, { mail }), log);
    ends.push(() => work.onApplicationShutdown());
    const isTried = ({ last_error }: Waiting) => last_error !== null;
    await until(async () => {
      const left = await waiting();
      return left.length === 2 && left.every(isTried);
    });
    const left = await waiting();
    expect(left.map(({ id }) => id)).toEqual([lost.id, task]);
    expect(left[0]?.last_error).toContain('"lost"');
    expect(catcher.mails()).toHaveLength(20);
    expect(lines.filter((line) => line.includes('a task failed and is tried again'))).not.toEqual([]);
  }, 60_000);
});
