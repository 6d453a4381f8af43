import { setTimeout as pause } from 'node:timers/promises';
import { KeyRing, mailId, SystemChance, type MailLanguage, type MailMessage } from '@gatehouse/core';
import { openDatabase, PostgresDeploymentAuditLog } from '@gatehouse/core-postgres';
import { createTestDatabase, queueing, type TestDatabase } from '@gatehouse/core-postgres/testing';
import { startMailCatcher, type MailCatcher } from '@gatehouse/tools/mail-catcher';
import { pino } from 'pino';
import type { Config } from '../src/config';
import { Work } from '../src/work';
import { workerConfig } from './worker-config';

const chance = new SystemChance();
const from = 'Gatehouse <no-reply@login.example>';
const url = 'https://login.example/invitations#one-time-secret';
const hour = 3_600_000;

let database: TestDatabase;
let catcher: MailCatcher;
const running: Work[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  catcher = await startMailCatcher();
});
afterEach(async () => {
  for (const work of running.splice(0)) await work.onApplicationShutdown();
  await catcher.close();
  await database.drop();
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 20_000; !(await condition()); await pause(50))
    if (Date.now() > deadline) throw new Error('It did not come about in time.');
}

function anInvitation(organisation: string): MailMessage {
  return {
    kind: 'invitation',
    organisation,
    inviter: 'Ada',
    url,
    expiresAt: new Date(Date.now() + 24 * hour),
  };
}

interface Given {
  readonly language?: MailLanguage;
  readonly createdAt?: Date;
}

async function queue(message: MailMessage, { language = 'en', createdAt = new Date() }: Given = {}) {
  const keyRing = new KeyRing(workerConfig('').secretKeys, chance);
  const mail = {
    id: mailId.create(createdAt, chance),
    to: 'jane@acme.example',
    language,
    message,
    createdAt,
  };
  const { sql, values } = queueing(mail, keyRing);
  await database.app.query(sql, values);
  return mail;
}

/** Starts a worker and gives back the lines it logs. */
async function aWorker(mail: Config['mail']): Promise<string[]> {
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line) => void lines.push(line) });
  running.push(await Work.start(workerConfig(database.url, mail ? { mail } : {}), log));
  return lines;
}

/** As the owner: the application's role may not read tasks. */
async function asOwner<T>(sql: string): Promise<T> {
  const owner = await openDatabase({ url: database.ownerUrl, poolSize: 1 });
  const rows: T = await owner.query(sql);
  await owner.destroy();
  return rows;
}

/** Letters that are neither sent nor dead. */
function waiting(): Promise<{ last_error: string | null }[]> {
  return asOwner('SELECT last_error FROM tasks WHERE dead_at IS NULL');
}

describe('mails, by the worker', () => {
  it('arrive once, in the language of who gets them, however many workers there are [TEN-5] [WRK-1] [WRK-2]', async () => {
    for (const language of ['en', 'de', 'fr'] as const)
      for (let index = 0; index < 10; index++) await queue(anInvitation(`Acme ${index}`), { language });
    const mail = { smtpUrl: catcher.smtpUrl, from };
    const logs = [await aWorker(mail), await aWorker(mail)];
    await until(async () => (await waiting()).length === 0);
    const subjects = catcher.mails().map(({ subject }) => subject);
    const words = ['Invitation to “', 'Einladung zu „', 'Invitation à rejoindre « '];
    expect(words.map((word) => subjects.filter((subject) => subject.startsWith(word)).length)).toEqual([
      10, 10, 10,
    ]);
    expect(new Set(subjects).size).toBe(30);
    expect(catcher.mails()[0]).toMatchObject({ from: 'no-reply@login.example', to: ['jane@acme.example'] });
    expect(catcher.mails().every(({ text, html }) => text.includes(url) && html?.includes(url))).toBe(true);
    expect(logs.join()).not.toMatch(/secret|jane/);
  }, 40_000);

  it('wait for a mail server that is away, and leave no link in the logs [WRK-1]', async () => {
    await queue(anInvitation('Acme'));
    const { smtpPort, smtpUrl } = catcher;
    await catcher.close();
    const lines = await aWorker({ smtpUrl, from });
    await until(async () => (await waiting()).some(({ last_error }) => last_error?.includes('ECONNREFUSED')));
    catcher = await startMailCatcher({ smtpPort });
    // As if the half minute until the next attempt had passed.
    await asOwner('UPDATE tasks SET due_at = created_at');
    await until(() => catcher.mails().length === 1);
    await until(async () => (await waiting()).length === 0);
    expect(lines.join('')).toContain('a mail was not taken and is tried again');
    expect(lines.join('')).not.toMatch(/one-time-secret|jane/);
  }, 40_000);

  it('stay where no mail server is set, with a warning that says so [OPS-3]', async () => {
    await queue(anInvitation('Acme'));
    const lines = await aWorker(undefined);
    await until(async () =>
      (await waiting()).some(({ last_error }) => last_error === 'SMTP_URL is not set.'),
    );
    expect(lines.find((line) => line.includes('"level":40'))).toContain('SMTP_URL is not set: mails wait');
    expect(catcher.mails()).toEqual([]);
  }, 40_000);

  it('are given up after three days, which the audit log of the deployment tells [AUD-1]', async () => {
    const message: MailMessage = { kind: 'password-changed' };
    const { id } = await queue(message, { createdAt: new Date(Date.now() - 72 * hour) });
    await aWorker(undefined);
    await until(async () => (await waiting()).length === 0);
    const entries = await new PostgresDeploymentAuditLog(database.app, chance).list('mail', { limit: 5 });
    expect(entries).toMatchObject([
      {
        type: 'mail.given_up',
        subject: id,
        data: { kind: 'password-changed', reason: 'SMTP_URL is not set.' },
      },
    ]);
    expect(JSON.stringify(entries)).not.toContain('jane');
  }, 40_000);
});
