import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import {
  connectionId,
  defaultSettings,
  memberId,
  startingPolicy,
  SystemChance,
  tenantId,
  userId,
  type Connection,
  type ConnectionVersion,
  type Happening,
  type JobName,
} from '@gatehouse/core';
import {
  openDatabase,
  PostgresConnectionStore,
  PostgresMemberStore,
  PostgresTenantStore,
} from '@gatehouse/core-postgres';
import { createTestDatabase, type TestDatabase } from '@gatehouse/core-postgres/testing';
import { openQueue, type BullJobQueue } from '@gatehouse/core-queue';
import { readIdpMetadata } from '@gatehouse/saml';
import { startMailCatcher, type MailCatcher } from '@gatehouse/tools/mail-catcher';
import { generateKeyAndCertificate, idpMetadata, SamlIdp } from '@gatehouse/tools/saml-idp';
import { pino } from 'pino';
import { Work } from '../src/work';
import { workerConfig } from './worker-config';

const chance = new SystemChance();
const now = new Date();
const day = 24 * 60 * 60 * 1000;
const tenant = tenantId.create(now, chance);
const because: Happening = {
  ...{ type: 'connection.created', tenantId: tenant, at: now },
  ...{ actor: { kind: 'operator' }, subject: 'something' },
};
const [entityId, ssoUrl] = ['https://idp.example/entity', 'https://idp.example/sso'];
const idp = new SamlIdp({ entityId, ssoUrl, key: generateKeyAndCertificate({ commonName: 'first' }) });
const next = generateKeyAndCertificate({ commonName: 'second' });
const ending = generateKeyAndCertificate({
  commonName: 'ending',
  notAfter: new Date(now.getTime() + 6 * day),
});

/** What stands at the metadata address of the identity provider. */
let document = '';
let status = 200;
let asked = 0;
let site: Server;
let siteHost: string;
let database: TestDatabase;
let catcher: MailCatcher;
let queue: BullJobQueue;
const running: Work[] = [];

beforeAll(async () => {
  site = createServer((_, response) => {
    asked += 1;
    response.writeHead(status, { 'content-type': 'text/xml' }).end(document);
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  const address = site.address();
  siteHost = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
beforeEach(async () => {
  database = await createTestDatabase();
  catcher = await startMailCatcher();
  queue = await openQueue({ databaseUrl: database.url, onError: () => undefined });
  const settings = { associateByEmail: false, policy: startingPolicy, ssoEntitled: true };
  const described = { id: tenant, slug: 'acme', name: 'Acme', ...settings, createdAt: now };
  await new PostgresTenantStore(database.app, chance).create(described, because);
  await anOwner('ada@acme.example');
  await anOwner('ben@acme.example');
});
afterEach(async () => {
  for (const work of running.splice(0)) await work.onApplicationShutdown();
  await queue.close();
  await catcher.close();
  await database.drop();
});
afterAll(() => site.close());

async function anOwner(email: string): Promise<void> {
  const user = { id: userId.create(now, chance), email, name: 'Ada', createdAt: now };
  const of = { tenantId: tenant, userId: user.id, createdAt: now };
  const member = { id: memberId.create(now, chance), ...of, role: 'owner', sso: 'inherit' } as const;
  await new PostgresMemberStore(database.app, chance).add(tenant, { user, member }, because);
}

function metadataOf(...keys: readonly { readonly certificatePem: string }[]): string {
  return idpMetadata({ entityId, ssoUrl, certificatesPem: keys.map(({ certificatePem }) => certificatePem) });
}

/** A connection that is on and trusts the certificates of this document. */
async function connect(xml: string): Promise<Connection['id']> {
  const id = connectionId.create(now, chance);
  const trust = { idp: readIdpMetadata(xml, now), metadataUrl: `http://${siteHost}/metadata` };
  const connection: Connection = {
    ...{ id, tenantId: tenant, protocol: 'saml', label: 'Okta', spEntityIdAliases: [], ...trust },
    ...{ settings: defaultSettings, version: 1, enabledAt: now, primary: false, createdAt: now, revision: 1 },
  };
  const version: ConnectionVersion = {
    ...{ tenantId: tenant, connectionId: id, number: 1, state: 'serving', difference: [] },
    ...{
      configuration: { ...trust, settings: defaultSettings },
      author: { kind: 'operator' },
      createdAt: now,
    },
  };
  await new PostgresConnectionStore(database.app, chance).add(tenant, connection, because, [version]);
  return id;
}

async function aWorker(): Promise<void> {
  const mail = { smtpUrl: catcher.smtpUrl, from: 'Gatehouse <no-reply@login.example>' };
  const settings = workerConfig(database.url, { mail, allowedPrivateHosts: [siteHost] });
  running.push(await Work.start(settings, pino({ level: 'silent' })));
}

/** As if what is due tomorrow were due now. */
async function makeDue(job: JobName): Promise<void> {
  const owner = await openDatabase({ url: database.ownerUrl, poolSize: 1 });
  const column = job === 'check-certificates' ? 'certificates_due_at' : 'metadata_due_at';
  await owner.query(`UPDATE connection_upkeep SET ${column} = now()`);
  await owner.destroy();
  await queue.add(job, {});
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 30_000; !(await condition()); await pause(50))
    if (Date.now() > deadline) throw new Error('It did not come about in time.');
}

function trusted(id: Connection['id']): Promise<number> {
  const store = new PostgresConnectionStore(database.app, chance);
  return store.find(tenant, id).then((found) => found?.idp?.certificates.length ?? 0);
}

/** Who was written to, by what the letters say first. */
function received(): readonly string[] {
  return catcher
    .mails()
    .map(({ to, subject }) => `${to.join()}: ${subject}`)
    .toSorted();
}

async function refreshed(xml: string, code = 200): Promise<void> {
  [document, status] = [xml, code];
  const before = asked;
  await makeDue('queue-metadata-refreshes');
  await until(() => asked > before);
}

/** Long enough for what should not come. */
const aWhile = () => pause(2_500);

describe('the worker', () => {
  it('tells every owner once of a certificate that ends, however many workers look [CRT-2] [WRK-2]', async () => {
    await connect(metadataOf(idp.key, ending));
    await aWorker();
    await aWorker();
    await until(() => catcher.mails().length >= 2);
    for (let round = 0; round < 3; round++) await makeDue('check-certificates');
    await aWhile();
    expect(
      catcher
        .mails()
        .map(({ to }) => to.join())
        .toSorted(),
    ).toEqual(['ada@acme.example', 'ben@acme.example']);
    expect(catcher.mails()[0]?.text).toContain('CN=ending');
  }, 60_000);

  it('takes a new certificate over from the metadata of each day, and tells every owner once [CRT-4] [WRK-2]', async () => {
    const id = await connect(metadataOf(idp.key));
    await aWorker();
    await aWorker();
    await refreshed(metadataOf(idp.key, next));
    await until(async () => (await trusted(id)) === 2);
    await until(() => catcher.mails().length >= 2);
    await refreshed(metadataOf(idp.key, next));
    await aWhile();
    expect(catcher.mails()).toHaveLength(2);
    expect(catcher.mails()[0]?.text).toContain('CN=second');
    expect(catcher.mails()[0]?.text).toContain(
      readIdpMetadata(metadataOf(next), now).certificates[0]?.fingerprint,
    );
  }, 60_000);

  it('changes nothing by metadata that is emptied, of another issuer or away, warns once, and goes on when it is back [CRT-4]', async () => {
    const id = await connect(metadataOf(idp.key));
    await aWorker();
    await refreshed('');
    await until(() => catcher.mails().length === 2);
    await refreshed('');
    const foreign = idpMetadata({
      entityId: 'https://evil.example',
      ssoUrl,
      certificatesPem: [next.certificatePem],
    });
    await refreshed(foreign);
    await until(() => catcher.mails().length === 4);
    await refreshed('', 503);
    await aWhile();
    expect(await trusted(id)).toBe(1);
    expect(new Set(received()).size).toBe(2);
    expect(received()).toHaveLength(4);
    await refreshed(metadataOf(idp.key, next));
    await until(async () => (await trusted(id)) === 2);
    await until(() => catcher.mails().length === 6);
  }, 90_000);
});
