import { applicationId, type ApplicationId, type Session } from '@gatehouse/core';
import {
  OidcModelStore,
  openDatabase,
  PostgresApplicationStore,
  PostgresLogoutNotices,
  PostgresMemberStore,
  PostgresSessionStore,
  PostgresSweeper,
} from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import {
  anExistingConnection,
  anExistingTenant,
  aPerson,
  aSession,
  because,
  chance,
  later,
  now,
} from '../testing/given';

let database: TestDatabase;
let notices: PostgresLogoutNotices;
let models: OidcModelStore;
beforeAll(async () => {
  database = await createTestDatabase();
  notices = new PostgresLogoutNotices(database.app);
  models = new OidcModelStore(database.app, { now: () => now });
});
afterEach(async () => {
  const owner = await openDatabase({ url: database.ownerUrl, poolSize: 1 });
  await owner.query('DELETE FROM logout_notices; DELETE FROM applications');
  await owner.destroy();
});
afterAll(() => database.drop());

async function anApplication(backchannelLogoutUri?: string): Promise<ApplicationId> {
  const id = applicationId.create(now, chance);
  const uris = { redirectUris: ['https://shop.example/back'], postLogoutRedirectUris: [] };
  const application = { id, name: 'Shop', sealedSecret: 'k1.sealed', createdAt: now, ...uris };
  const made = { type: 'application.created', at: now, actor: { kind: 'operator' }, subject: id } as const;
  const address = backchannelLogoutUri === undefined ? {} : { backchannelLogoutUri };
  await new PostgresApplicationStore(database.app, chance).add({ ...application, ...address }, made);
  return id;
}

async function anOpenSession(given: Partial<Session> = {}): Promise<Session> {
  const tenant = await anExistingTenant(database.app);
  const connection = await anExistingConnection(database.app, tenant.id);
  const person = aPerson(tenant.id);
  await new PostgresMemberStore(database.app, chance).add(tenant.id, person, because(tenant.id));
  const session = aSession(person, connection, given);
  const sessions = new PostgresSessionStore(database.app, chance);
  await sessions.open(tenant.id, session, because(tenant.id, 'sign_in.succeeded'));
  return session;
}

let granted = 0;
async function grant({ id: accountId }: Session, clientId: string): Promise<string> {
  const id = `grant ${(granted += 1)}`;
  await models.upsert('Grant', id, { accountId, clientId, kind: 'Grant' }, 3600);
  return id;
}

const raise = ({ tenantId, id }: Session) => notices.raise(tenantId, id, now);
const uri = 'https://shop.example/ended';

describe('notices of ended sessions', () => {
  it('are raised for each application that had tokens and has an address, once [SES-3] [APP-1]', async () => {
    const [session, bystander] = [await anOpenSession(), await anOpenSession()];
    const [shop, silent, stranger] = [
      await anApplication(uri),
      await anApplication(),
      await anApplication(uri),
    ];
    for (const id of [shop, shop, silent, 'account']) await grant(session, id);
    await grant(bystander, stranger);
    await raise(session);
    await raise(session);
    const { id: sessionId, userId } = session;
    await expect(notices.claimAnywhere(10, now)).resolves.toEqual([
      { sessionId, userId, applicationId: shop, uri, attempts: 1 },
    ]);
    await expect(models.wasGranted(session.id, shop)).resolves.toBe(false);
    await expect(models.wasGranted(bystander.id, stranger)).resolves.toBe(true);
  });

  it('are raised for what was taken back before, as at a sign-out [SES-3]', async () => {
    const session = await anOpenSession();
    const shop = await anApplication(uri);
    await models.withdraw('Grant', await grant(session, shop));
    await raise(session);
    await expect(notices.claimAnywhere(10, now)).resolves.toMatchObject([{ applicationId: shop }]);
  });

  it('are not raised by another tenant [SEC-3]', async () => {
    const [session, other] = [await anOpenSession(), await anOpenSession()];
    await grant(session, await anApplication(uri));
    await notices.raise(other.tenantId, session.id, now);
    await expect(notices.claimAnywhere(10, now)).resolves.toEqual([]);
  });

  it('are claimed by one of many workers, again when it died, and not once they were heard [WRK-2]', async () => {
    const session = await anOpenSession();
    for (let index = 0; index < 3; index += 1) await grant(session, await anApplication(uri));
    await raise(session);
    const claims = await Promise.all(Array.from({ length: 6 }, () => notices.claimAnywhere(10, now)));
    expect(claims.flat()).toHaveLength(3);
    await expect(notices.claimAnywhere(10, now)).resolves.toEqual([]);
    const again = await notices.claimAnywhere(10, later(1));
    expect(again.map(({ attempts }) => attempts)).toEqual([2, 2, 2]);
    for (const notice of again) await notices.delivered(notice);
    await expect(notices.claimAnywhere(10, later(30))).resolves.toEqual([]);
  });

  it('are claimed of every application, however many wait for one of them [SES-3]', async () => {
    const [crowded, shop] = [await anApplication(uri), await anApplication(uri)];
    for (let index = 0; index < 5; index += 1) {
      const session = await anOpenSession();
      await grant(session, crowded);
      await raise(session);
    }
    const last = await anOpenSession();
    await grant(last, shop);
    await raise(last);
    const claimed = await notices.claimAnywhere(2, now);
    const of = (id: ApplicationId) => claimed.filter((notice) => notice.applicationId === id);
    expect([of(crowded).length, of(shop).length]).toEqual([2, 1]);
  });

  it('that failed wait until then; all of an application wait that is away, and of no other [SES-3]', async () => {
    const [away, shop] = [await anApplication(uri), await anApplication(uri)];
    const sessions = [await anOpenSession(), await anOpenSession()];
    for (const session of sessions) {
      for (const id of [away, shop]) await grant(session, id);
      await raise(session);
    }
    const claimed = await notices.claimAnywhere(1, now);
    const [first, other] = [away, shop].map((id) => claimed.find((notice) => notice.applicationId === id));
    if (!first || !other) throw new Error('Both applications have something to hear.');
    const unreachable = { error: 'network_timeout', againAt: later(9), othersAgainAt: later(5) };
    await notices.failed(first, unreachable);
    await notices.failed(other, { error: 'HTTP status 400', againAt: later(9) });
    const due = async (minutes: number) =>
      (await notices.claimAnywhere(10, later(minutes))).map((notice) => notice.applicationId);
    await expect(due(0)).resolves.toEqual([shop]);
    await expect(due(5)).resolves.toEqual(expect.arrayContaining([away]));
    expect(await notices.waitingFor(away, 10)).toContainEqual(
      expect.objectContaining({ sessionId: first.sessionId, lastError: 'network_timeout', dueAt: later(9) }),
    );
  });

  it('go to the address that is registered by then, and nowhere where it was taken away [SES-3]', async () => {
    const session = await anOpenSession();
    const shop = await anApplication(uri);
    await grant(session, shop);
    await raise(session);
    const store = new PostgresApplicationStore(database.app, chance);
    const application = await store.find(shop);
    if (!application) throw new Error('It was made above.');
    const changed = {
      type: 'application.changed',
      at: now,
      actor: { kind: 'operator' },
      subject: shop,
    } as const;
    const { backchannelLogoutUri: _, ...silent } = application;
    await store.save(silent, changed);
    await expect(notices.claimAnywhere(10, now)).resolves.toEqual([]);
    await store.save({ ...silent, backchannelLogoutUri: 'https://new.example/' }, changed);
    await expect(notices.claimAnywhere(10, now)).resolves.toMatchObject([{ uri: 'https://new.example/' }]);
  });

  it('are given up when the session would have expired by itself, and swept then [SES-3]', async () => {
    const session = await anOpenSession({ expiresAt: later(30) });
    await grant(session, await anApplication(uri));
    await raise(session);
    await expect(notices.claimAnywhere(10, later(30))).resolves.toEqual([]);
    const sweeper = new PostgresSweeper(database.app);
    await expect(sweeper.sweep(later(29))).resolves.toMatchObject({ logoutNotices: 0 });
    await expect(sweeper.sweep(later(30))).resolves.toMatchObject({ logoutNotices: 1 });
  });
});
