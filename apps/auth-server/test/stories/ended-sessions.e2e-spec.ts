import { setTimeout as pause } from 'node:timers/promises';
import { demoApplication } from '@gatehouse/tools/demo-application';
import { HttpBrowser } from '@gatehouse/tools/http-browser';
import { signIn, signInAs, type ApiCaller } from '../callers';
import { openDoor, type Door } from '../door';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { Organisation, person } from '../organisation';
import { startWorker, type WorkerProcess } from '../worker-process';

let gatehouse: Gatehouse;
let acme: Organisation;
let beta: Organisation;
let shop: Door;
let wiki: Door;
let worker: WorkerProcess;
let admin: ApiCaller;
let otherAdmin: ApiCaller;

/** The demo's application, which is told of ended sessions, and asks nobody: what it knows it was told. */
async function anApplication(host: 'localhost' | '127.0.0.1'): Promise<Door> {
  const door = await openDoor(host);
  const { sso, id } = await gatehouse.application(door.url, { sessionCheck: false }, [`${door.url}/`]);
  const backchannelLogoutUri = `${door.url}/auth/backchannel-logout`;
  await gatehouse.did('PATCH', `applications/${id}`, { backchannelLogoutUri });
  door.server.on('request', demoApplication(sso));
  return door;
}

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  [acme, beta] = [await Organisation.setUp(gatehouse, 'acme'), await Organisation.setUp(gatehouse, 'beta')];
  // Of one host, they would share their cookies.
  [shop, wiki] = [await anApplication('localhost'), await anApplication('127.0.0.1')];
  worker = startWorker(
    gatehouse,
    [shop, wiki].map(({ url }) => new URL(url).host),
  );
  [admin, otherAdmin] = [await signInAs(gatehouse, acme, 'admin'), await signInAs(gatehouse, beta, 'admin')];
}, 180_000);

afterAll(async () => {
  await worker?.stop();
  for (const door of [shop, wiki]) {
    door?.server.closeAllConnections();
    door?.server.close();
  }
  await gatehouse?.stop();
});

/** A person's browser at an application, signed in through their company. */
class Visitor {
  readonly browser = new HttpBrowser({ follow: (next) => !next.startsWith('https://idp.') });

  constructor(
    readonly email: string,
    private readonly organisation = acme,
  ) {}

  async signIn(at = shop, organisation = this.organisation, email = this.email): Promise<void> {
    const page = await this.browser.get(`${at.url}/auth/login?tenant=${organisation.slug}`);
    if (page.location === undefined) return;
    const question = organisation.idp.readRedirect(text(page.location));
    await organisation.answer({ browser: this.browser, question }, person(email), {
      sessionIndex: '_1',
    });
  }

  /** What the page of the application says; it knows of Gatehouse only what the SDK tells it. */
  async isSignedIn(at = shop): Promise<boolean> {
    return (await this.browser.get(at.url)).text.includes('Sign out');
  }

  async untilSignedOut(at = shop): Promise<void> {
    for (const deadline = Date.now() + 30_000; await this.isSignedIn(at); await pause(50))
      if (Date.now() > deadline) throw new Error(`${this.email} is still signed in.`);
  }
}

async function aVisitor(email: string, organisation = acme): Promise<Visitor> {
  const visitor = new Visitor(email, organisation);
  await visitor.signIn();
  expect(await visitor.isSignedIn()).toBe(true);
  return visitor;
}

async function sessionsOf(email: string, path = acme.path) {
  const { items } = await gatehouse.did('GET', `${path}/sessions`);
  return asArray(items)
    .map(asRecord)
    .filter((session) => session['email'] === email);
}

async function onlySession(email: string) {
  const [session, ...others] = await sessionsOf(email);
  expect(others).toEqual([]);
  return { id: text(session?.['id']), memberId: text(session?.['memberId']) };
}

const ways: readonly (readonly [string, (email: string) => Promise<unknown>])[] = [
  [
    'the operator',
    async (email) => gatehouse.did('DELETE', `${acme.path}/sessions/${(await onlySession(email)).id}`),
  ],
  [
    'an admin of the organisation',
    async (email) => admin.did('DELETE', `${acme.path}/sessions/${(await onlySession(email)).id}`),
  ],
  [
    'an admin, with all others of the person',
    async (email) =>
      admin.did('DELETE', `${acme.path}/members/${(await onlySession(email)).memberId}/sessions`),
  ],
  [
    'the removal of the person',
    async (email) => gatehouse.did('DELETE', `${acme.path}/members/${(await onlySession(email)).memberId}`),
  ],
  [
    'the suspension of the person',
    async (email) =>
      gatehouse.did('POST', `${acme.path}/members/${(await onlySession(email)).memberId}/suspend`),
  ],
  [
    'a sign-out at the identity provider',
    async (email) => {
      const asked = acme.idp.logout.request(acme.serviceProvider.sloUrl, { nameId: email });
      await new HttpBrowser({ follow: () => false }).get(asked.redirectUrl);
    },
  ],
];

describe('a session that is ended', () => {
  it.each(ways)(
    'by %s is over in the application within seconds [SES-3] [APP-1]',
    async (name, end) => {
      const email = `${name.replaceAll(/\W/g, '')}@acme.example`;
      const [visitor, bystander] = [await aVisitor(email), await aVisitor('bystander@acme.example')];
      await end(email);
      await visitor.untilSignedOut();
      expect(await bystander.isSignedIn()).toBe(true);
      expect(await sessionsOf(email)).toEqual([]);
    },
    60_000,
  );

  it('by the person, from another browser, is over in the application, and the other goes on [SES-3]', async () => {
    const visitor = await aVisitor('mia@acme.example');
    const there = await onlySession('mia@acme.example');
    const here = await signIn(gatehouse, acme, 'mia@acme.example');
    const { items } = await here.did('GET', `${acme.path}/sessions`);
    const own = asArray(items).map(asRecord);
    expect(own.map(({ id, current }) => [id === there.id, current])).toEqual([
      [false, true],
      [true, false],
    ]);
    await here.did('DELETE', `${acme.path}/sessions/${there.id}`);
    await visitor.untilSignedOut();
    expect(await sessionsOf('mia@acme.example')).toMatchObject([{ id: own[0]?.['id'] }]);
  }, 60_000);

  it('by signing out of one application is over in the others [SES-3] [APP-1]', async () => {
    const visitor = await aVisitor('noa@acme.example');
    await visitor.signIn(wiki);
    expect(await visitor.isSignedIn(wiki)).toBe(true);
    await visitor.browser.get(wiki.url);
    await visitor.browser.press('Sign out');
    await visitor.browser.submit(visitor.browser.page.form('xsrf'), { logout: 'yes' });
    expect(await visitor.isSignedIn(wiki)).toBe(false);
    await visitor.untilSignedOut(shop);
  }, 60_000);

  it('of a whole organisation ends everybody there, and nobody elsewhere [SES-3] [SEC-3]', async () => {
    const emails = ['olga@beta.example', 'pia@beta.example'];
    const visitors = [];
    for (const email of emails) visitors.push(await aVisitor(email, beta));
    const elsewhere = await aVisitor('quin@acme.example');
    const { ended } = await gatehouse.did('DELETE', `${beta.path}/sessions?confirm=beta`);
    expect(ended).toBeGreaterThanOrEqual(2);
    for (const visitor of visitors) await visitor.untilSignedOut();
    expect(await elsewhere.isSignedIn()).toBe(true);
    otherAdmin = await signInAs(gatehouse, beta, 'admin');
  }, 60_000);

  it('is none for an admin of another organisation, who finds nothing to end [SES-3] [SEC-3]', async () => {
    const visitor = await aVisitor('rosa@acme.example');
    const { id, memberId } = await onlySession('rosa@acme.example');
    for (const path of [
      `${acme.path}/sessions/${id}`,
      `${beta.path}/sessions/${id}`,
      `${acme.path}/members/${memberId}/sessions`,
      `${beta.path}/members/${memberId}/sessions`,
    ])
      expect(await otherAdmin.call('DELETE', path)).toMatchObject({ status: 404 });
    expect(await visitor.isSignedIn()).toBe(true);
    expect(await sessionsOf('rosa@acme.example')).toHaveLength(1);
  }, 60_000);
});

describe('who goes on to another organisation', () => {
  it('is asked there again, and signs out of the one that the application means [SES-2] [SES-3]', async () => {
    const visitor = await aVisitor('sven@acme.example');
    const first = (await sessionsOf('sven@acme.example'))[0];
    await visitor.signIn(wiki, beta, 'sven@beta.example');
    expect(await visitor.isSignedIn(wiki)).toBe(true);
    await expect(sessionsOf('sven@acme.example')).resolves.toMatchObject([{ id: first?.['id'] }]);
    // The shop still holds the ID token of acme, while the browser is at beta by now.
    await visitor.browser.get(shop.url);
    await visitor.browser.press('Sign out');
    await expect(sessionsOf('sven@acme.example')).resolves.toEqual([]);
    expect(await visitor.isSignedIn(wiki)).toBe(true);
    await expect(sessionsOf('sven@beta.example', beta.path)).resolves.toHaveLength(1);
  }, 60_000);
});
