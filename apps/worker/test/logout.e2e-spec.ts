import { createServer, type IncomingMessage, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import {
  applicationId,
  connectionId,
  KeyRing,
  memberId,
  sessionId,
  startingPolicy,
  SystemChance,
  tenantId,
  userId,
  type ApplicationId,
  type HappeningType,
  type Session,
} from '@gatehouse/core';
import {
  OidcModelStore,
  PostgresApplicationStore,
  PostgresSessionStore,
  PostgresTenantStore,
  sealSigningKey,
  SigningKeyStore,
} from '@gatehouse/core-postgres';
import { createTestDatabase, type TestDatabase } from '@gatehouse/core-postgres/testing';
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, type JSONWebKeySet } from 'jose';
import { pino } from 'pino';
import type { Config } from '../src/config';
import { Work } from '../src/work';
import { workerConfig } from './worker-config';

const chance = new SystemChance();
const now = new Date();
const tenant = tenantId.create(now, chance);
const lines: string[] = [];
const servers: Server[] = [];
let database: TestDatabase;
let published: JSONWebKeySet;
let work: Work;

/** An application that answers as it is told, and what was posted to it. */
async function anApplication(...answers: (number | 'silence')[]) {
  const received: string[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const answer = answers[Math.min(received.length, answers.length - 1)];
      received.push(new URLSearchParams(body).get('logout_token') ?? '');
      if (answer === 'silence') return;
      response.writeHead(answer ?? 200, { location: '/elsewhere' }).end('x'.repeat(100_000));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const host = `127.0.0.1:${address.port}`;
  const id = applicationId.create(now, chance);
  const uris = { redirectUris: [`http://${host}/`], postLogoutRedirectUris: [] };
  await new PostgresApplicationStore(database.app, chance).add(
    {
      id,
      name: 'Shop',
      sealedSecret: '',
      createdAt: now,
      backchannelLogoutUri: `http://${host}/ended`,
      ...uris,
    },
    { type: 'application.created', at: now, actor: { kind: 'operator' }, subject: id },
  );
  return { id, host, received };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const part of request) body += String(part);
  return body;
}

const because = (type: HappeningType, subject: string) => ({
  ...{ type, tenantId: tenant, at: new Date(), actor: { kind: 'operator' } as const, subject },
});
const sessions = () => new PostgresSessionStore(database.app, chance);

/** A session whose tokens these applications have had. */
async function aSession(...applications: readonly { id: ApplicationId }[]): Promise<Session> {
  const session: Session = {
    ...{ id: sessionId.create(now, chance), tenantId: tenant, userId: userId.create(now, chance) },
    ...{
      memberId: memberId.create(now, chance),
      via: 'saml',
      connectionId: connectionId.create(now, chance),
    },
    ...{ breakGlass: false, groups: [], authenticatedAt: now, createdAt: now },
    expiresAt: new Date(now.getTime() + 3_600_000),
  };
  await sessions().open(tenant, session, because('sign_in.succeeded', session.memberId));
  const models = new OidcModelStore(database.app, { now: () => new Date() });
  for (const { id } of applications)
    await models.upsert('Grant', `${session.id} ${id}`, { accountId: session.id, clientId: id }, 3600);
  return session;
}

const end = ({ id }: Session) => sessions().end(tenant, id, because('session.ended', id));

async function until(condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 25_000; !condition(); await pause(20))
    if (Date.now() > deadline) throw new Error('It did not come about in time.');
}

async function startWork(config: Config): Promise<void> {
  work = await Work.start(config, pino({ level: 'info' }, { write: (line) => void lines.push(line) }));
}

beforeAll(async () => {
  database = await createTestDatabase();
  const config = workerConfig(database.url);
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const named = async (key: Parameters<typeof exportJWK>[0]) => ({
    ...(await exportJWK(key)),
    kid: 'k',
    alg: 'ES256',
    use: 'sig',
  });
  published = { keys: [await named(publicKey)] };
  const sealedJwk = sealSigningKey('k', await named(privateKey), new KeyRing(config.secretKeys, chance));
  await new SigningKeyStore(database.app).add({ id: 'k', sealedJwk, createdAt: now });
  const settings = { associateByEmail: false, policy: startingPolicy, ssoEntitled: true };
  const acme = { id: tenant, slug: 'acme', name: 'Acme', ...settings, createdAt: now };
  await new PostgresTenantStore(database.app, chance).create(acme, because('tenant.created', tenant));
});
beforeEach(() => void lines.splice(0));
afterEach(async () => {
  await work.onApplicationShutdown();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});
afterAll(() => database.drop());

describe('the worker', () => {
  it('tells each application of an ended session by a signed token of its own [SES-3] [APP-1]', async () => {
    const [shop, wiki, stranger] = [
      await anApplication(200),
      await anApplication(204),
      await anApplication(200),
    ];
    await startWork(
      workerConfig(database.url, { allowedPrivateHosts: [shop.host, wiki.host, stranger.host] }),
    );
    const session = await aSession(shop, wiki);
    await end(session);
    await until(() => shop.received.length > 0 && wiki.received.length > 0);
    for (const { id, received } of [shop, wiki]) {
      const token = received[0] ?? '';
      const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(published), {
        ...{ issuer: 'http://localhost:3000/oidc', audience: id, typ: 'logout+jwt', algorithms: ['ES256'] },
      });
      expect(protectedHeader.kid).toBe('k');
      expect(payload).toMatchObject({
        ...{ sub: session.userId, sid: session.id, jti: expect.stringMatching(/^[\w-]{20,}$/) },
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      });
      expect(payload).not.toHaveProperty('nonce');
      expect(Number(payload.exp) - Number(payload.iat)).toBe(120);
      expect(lines.join('\n')).not.toContain(token.slice(0, 40));
    }
    expect(shop.received[0]).not.toBe(wiki.received[0]);
    expect(stranger.received).toEqual([]);
  }, 40_000);

  it('tells again, by another token, until it is heard, and follows nobody elsewhere [SES-3]', async () => {
    const shop = await anApplication(302, 200);
    await startWork(workerConfig(database.url, { allowedPrivateHosts: [shop.host] }));
    await end(await aSession(shop));
    await until(() => shop.received.length === 2);
    expect(new Set(shop.received).size).toBe(2);
    expect(lines.some((line) => line.includes('HTTP status 302') && line.includes(shop.id))).toBe(true);
  }, 40_000);

  it('keeps nobody waiting for an application that is silent, and goes to no private address [SES-3]', async () => {
    const [silent, inside, shop] = [
      await anApplication('silence'),
      await anApplication(200),
      await anApplication(200),
    ];
    await startWork(workerConfig(database.url, { allowedPrivateHosts: [silent.host, shop.host] }));
    for (let index = 0; index < 20; index += 1) await end(await aSession(silent));
    await end(await aSession(silent, inside, shop));
    await until(() => shop.received.length > 0);
    await until(() => lines.some((line) => line.includes('address_not_allowed')));
    await until(() => lines.some((line) => line.includes('network_timeout')));
    expect(inside.received).toEqual([]);
    expect(lines.join('\n')).not.toContain(inside.host);
  }, 40_000);
});
