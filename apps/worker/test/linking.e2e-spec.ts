import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import {
  connectionId,
  defaultSettings,
  domainId,
  LinkingBoard,
  memberId,
  startingPolicy,
  SystemChance,
  SystemClock,
  tenantId,
  userId,
  type BoardMember,
  type Connection,
  type Happening,
  type HappeningType,
} from '@gatehouse/core';
import {
  PostgresConnectionStore,
  PostgresDomainStore,
  PostgresLinkingBoardStore,
  PostgresMemberStore,
  PostgresTenantStore,
} from '@gatehouse/core-postgres';
import { createTestDatabase, type TestDatabase } from '@gatehouse/core-postgres/testing';
import { startMailCatcher, type MailCatcher } from '@gatehouse/tools/mail-catcher';
import { pino } from 'pino';
import { Work } from '../src/work';
import { workerConfig } from './worker-config';

const chance = new SystemChance();
const now = new Date();
const tenant = tenantId.create(now, chance);
const idp = {
  entityId: 'https://idp.example',
  sso: [],
  slo: [],
  certificates: [],
  wantsSignedRequests: false,
};
let database: TestDatabase;
let catcher: MailCatcher;
let connections: PostgresConnectionStore;
let connection: Connection;
const running: Work[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  catcher = await startMailCatcher();
  connections = new PostgresConnectionStore(database.app, chance);
  const settings = { associateByEmail: false, policy: startingPolicy, ssoEntitled: true };
  const described = { id: tenant, slug: 'acme', name: 'Acme', ...settings, createdAt: now };
  await new PostgresTenantStore(database.app, chance).create(described, because('tenant.created'));
  await addDomain('acme.example', now);
  connection = {
    ...{ id: connectionId.create(now, chance), tenantId: tenant, protocol: 'saml', label: 'Okta', idp },
    ...{ spEntityIdAliases: [], settings: defaultSettings, primary: false, createdAt: now, revision: 1 },
  };
  await connections.add(tenant, connection, because('connection.created'));
});
afterEach(async () => {
  for (const work of running.splice(0)) await work.onApplicationShutdown();
  await catcher.close();
  await database.drop();
});

function because(type: HappeningType, subject: string = connection?.id ?? tenant): Happening {
  return { type, tenantId: tenant, at: now, actor: { kind: 'operator' }, subject };
}

async function addDomain(name: string, verifiedAt?: Date) {
  const id = domainId.create(now, chance);
  const domain = { id, tenantId: tenant, name, token: 'x', tokenExpiresAt: now, createdAt: now };
  const wanted = { ...domain, ...(verifiedAt && { verifiedAt }) };
  const store = new PostgresDomainStore(database.app, chance);
  await store.add(tenant, wanted, because(verifiedAt ? 'domain.verified' : 'domain.added', id));
}

async function aMember(email: string, role: 'owner' | 'member' = 'member'): Promise<void> {
  const user = { id: userId.create(now, chance), email, createdAt: now };
  const of = { tenantId: tenant, userId: user.id, createdAt: now };
  const member = { id: memberId.create(now, chance), ...of, role, sso: 'inherit' } as const;
  await new PostgresMemberStore(database.app, chance).add(tenant, { user, member }, because('member.added'));
}

async function switchOn(): Promise<void> {
  connection = { ...connection, enabledAt: now, revision: connection.revision + 1 };
  await connections.switch(tenant, connection, because('connection.enabled'));
}

async function startWorkers(count: number, smtpUrl = catcher.smtpUrl): Promise<void> {
  const mail = { smtpUrl, from: 'Gatehouse <no-reply@login.example>' };
  const config = workerConfig(database.url, { mail });
  const started = Array.from({ length: count }, () => Work.start(config, pino({ level: 'silent' })));
  running.push(...(await Promise.all(started)));
}

function board(): Promise<readonly BoardMember[]> {
  const domains = new PostgresDomainStore(database.app, chance);
  const store = new PostgresLinkingBoardStore(database.app);
  return new LinkingBoard(store, domains, new SystemClock()).page(tenant, { limit: 200 });
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 30_000; !(await condition()); await pause(50))
    if (Date.now() > deadline) throw new Error('It did not come about in time.');
}

async function standings(): Promise<readonly string[]> {
  return (await board()).map(({ user, standing }) => `${user.email} ${standing}`).toSorted();
}

/** A mail server that knows nobody here. */
async function aStrictServer(): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((socket: Socket) => {
    socket.write('220 strict.example ESMTP\r\n');
    socket.on('error', () => socket.destroy());
    socket.on('data', (said: Buffer) => {
      const refuses = /^RCPT/i.test(said.toString());
      socket.write(refuses ? '550 5.1.1 No such user here\r\n' : '250 OK\r\n');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : '';
  return { server, url: `smtp://127.0.0.1:${port}` };
}

describe('switching a connection on', () => {
  it('mails every member of the domain once, however many workers there are, and shows that it was sent [LNK-2] [LNK-4] [WRK-3]', async () => {
    const people = ['ana', 'ben', 'cleo', 'dan', 'eve'].map((name) => `${name}@acme.example`);
    for (const email of people) await aMember(email);
    await aMember('owner@acme.example', 'owner');
    await aMember('out@mail.example');
    await startWorkers(2);
    await switchOn();
    await until(
      async () => (await standings()).filter((line) => line.endsWith(' sent')).length === people.length,
    );
    expect(
      catcher
        .mails()
        .map(({ to }) => to.join())
        .toSorted(),
    ).toEqual(people);
    expect(catcher.mails()[0]?.text).toMatch(/http:\/\/localhost:3000\/link\/[\w-]{43}/);
    expect(await standings()).toEqual([
      ...people.map((email) => `${email} sent`),
      ...['out@mail.example none', 'owner@acme.example none'],
    ]);
  }, 60_000);

  it('goes on with the members of a domain that is verified later, and with them alone [LNK-2]', async () => {
    await aMember('ana@acme.example');
    await aMember('zoe@later.example');
    await startWorkers(1);
    await switchOn();
    await until(() => catcher.mails().length === 1);
    await addDomain('later.example', now);
    await until(() => catcher.mails().length === 2);
    await until(async () => (await standings()).join().includes('zoe@later.example sent'));
    expect(
      catcher
        .mails()
        .map(({ to }) => to.join())
        .toSorted(),
    ).toEqual(['ana@acme.example', 'zoe@later.example']);
  }, 60_000);

  it('shows who could not be reached, with what the mail server said [LNK-4]', async () => {
    await aMember('gone@acme.example');
    const strict = await aStrictServer();
    await startWorkers(1, strict.url);
    await switchOn();
    await until(async () => (await standings()).join() === 'gone@acme.example bounced');
    const [gone] = await board();
    expect(gone?.request?.bounceReason).toContain('550');
    for (const work of running.splice(0)) await work.onApplicationShutdown();
    strict.server.close();
  }, 60_000);
});
