import { setTimeout as pause } from 'node:timers/promises';
import { demoApplication } from '@gatehouse/tools/demo-application';
import { HttpBrowser } from '@gatehouse/tools/http-browser';
import { ApiCaller, signIn } from '../callers';
import { openDoor, type Door } from '../door';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { Organisation, person } from '../organisation';
import { DirectoryClient } from '../directory-client';
import { startWorker, type WorkerProcess } from '../worker-process';

const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

let gatehouse: Gatehouse;
let acme: Organisation;
let okta: DirectoryClient;
let shop: Door;
let worker: WorkerProcess;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  okta = await DirectoryClient.setUp(gatehouse, 'acme');
  shop = await openDoor('localhost');
  const { sso, id } = await gatehouse.application(shop.url, { sessionCheck: false }, [`${shop.url}/`]);
  await gatehouse.did('PATCH', `applications/${id}`, {
    backchannelLogoutUri: `${shop.url}/auth/backchannel-logout`,
  });
  shop.server.on('request', demoApplication(sso));
  worker = startWorker(gatehouse, [new URL(shop.url).host]);
}, 120_000);

afterAll(async () => {
  await worker?.stop();
  shop?.server.closeAllConnections();
  shop?.server.close();
  await gatehouse?.stop();
});

/** A browser at the application, which knows of Gatehouse only what it is told. */
class Visitor {
  readonly browser = new HttpBrowser({ follow: (next) => !next.startsWith('https://idp.') });

  constructor(private readonly email: string) {}

  async signIn(): Promise<void> {
    const page = await this.browser.get(`${shop.url}/auth/login?tenant=${acme.slug}`);
    const question = acme.idp.readRedirect(text(page.location));
    await acme.answer({ browser: this.browser, question }, person(this.email), { sessionIndex: '_1' });
  }

  async isSignedIn(): Promise<boolean> {
    return (await this.browser.get(shop.url)).text.includes('Sign out');
  }
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 30_000; !(await condition()); await pause(50))
    if (Date.now() > deadline) throw new Error('It did not come about.');
}

async function members() {
  const { items } = await gatehouse.did('GET', `${acme.path}/members?limit=200`);
  return asArray(items).map(asRecord);
}

async function memberWith(email: string) {
  return (await members()).find((each) => each['email'] === email);
}

/** What the identity provider's answer leads to. */
async function arrive(email: string) {
  const asked = await acme.arriveAtIdp(`${gatehouse.url}/account/sign-in?tenant=${acme.slug}`);
  return acme.answer(asked, person(email));
}

async function switchTo(id: string, active: boolean): Promise<void> {
  const change = { schemas: [patchOp], Operations: [{ op: 'replace', value: { active } }] };
  await okta.did('PATCH', `/Users/${id}`, change);
}

/** Somebody who is signed in everywhere, and provisioned. */
async function somebody(name: string) {
  const email = `${name}@acme.example`;
  const inBrowser = await signIn(gatehouse, acme, email);
  const visitor = new Visitor(email);
  await visitor.signIn();
  const { secret } = await gatehouse.did('POST', `${acme.path}/api-tokens`, {
    ...{ name: 'Report', scopes: [], memberId: inBrowser.memberId },
  });
  const id = text((await okta.create(email))['id']);
  const program = ApiCaller.withKey(gatehouse, text(secret));
  expect(await visitor.isSignedIn()).toBe(true);
  expect((await program.call('GET', 'me')).status).toBe(200);
  return { email, id, inBrowser, program, visitor };
}

describe('whom the directory deprovisions', () => {
  it.each([
    ['switched off', 'member_suspended', (id: string) => switchTo(id, false)],
    ['deleted', 'member_removed', (id: string) => okta.send('DELETE', `/Users/${id}`)],
  ] as const)(
    '%s, is out of the browser, the API and the application, and not let in again by SSO [SCM-3]',
    async (how, code, end) => {
      const { email, id, inBrowser, program, visitor } = await somebody(how.replace(' ', '-'));
      await end(id);
      expect((await inBrowser.call('GET', 'me')).status).toBe(401);
      expect([401, 403]).toContain((await program.call('GET', 'me')).status);
      await until(async () => !(await visitor.isSignedIn()));
      const page = await arrive(email);
      expect(page.status).toBe(403);
      expect(page.text).toContain(code);
    },
    60_000,
  );

  it('comes back as the same person once the directory says so, and the old token stays dead [SCM-3] [SCM-9]', async () => {
    const { email, id, program } = await somebody('back');
    const before = await memberWith(email);
    await switchTo(id, false);
    await switchTo(id, true);
    await expect(memberWith(email)).resolves.toMatchObject({
      id: before?.['id'],
      userId: before?.['userId'],
    });
    await signIn(gatehouse, acme, email);
    expect((await program.call('GET', 'me')).body['code']).toBe('token_revoked');
  }, 60_000);

  it('comes back once an owner says so, and stays until the directory says something new [SCM-3]', async () => {
    const { email, id, inBrowser } = await somebody('kept');
    await switchTo(id, false);
    await gatehouse.did('POST', `${acme.path}/members/${inBrowser.memberId}/unsuspend`);
    await signIn(gatehouse, acme, email);
    await switchTo(id, false);
    expect((await arrive(email)).status).not.toBe(403);
    await switchTo(id, true);
    await switchTo(id, false);
    expect((await arrive(email)).text).toContain('member_suspended');
  }, 60_000);

  it('by a person, is not brought back by the directory until somebody readmits it [TEN-11]', async () => {
    const { email, id, inBrowser } = await somebody('gone');
    await gatehouse.did('DELETE', `${acme.path}/members/${inBrowser.memberId}`);
    await okta.did('PUT', `/Users/${id}`, {
      ...{ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: email, active: true },
      emails: [{ value: email, type: 'work', primary: true }],
    });
    await expect(memberWith(email)).resolves.toBeUndefined();
    await gatehouse.did('POST', `${acme.path}/removed-members/${inBrowser.memberId}/readmit`);
    await until(async () => (await memberWith(email)) !== undefined);
  }, 60_000);

  it('with all others within an hour, is held, and out once an owner approves [SCM-8]', async () => {
    const made = [];
    for (let index = 0; index < 8; index++)
      made.push(text((await okta.create(`many${index}@acme.example`))['id']));
    for (const id of made) await switchTo(id, false);
    const suspended = async () =>
      (await members()).filter(
        ({ email, suspendedAt }) => text(email).startsWith('many') && suspendedAt !== undefined,
      ).length;
    expect(await suspended()).toBeLessThan(made.length);
    await expect(okta.did('GET', `/Users/${made.at(-1)}`)).resolves.toMatchObject({ active: false });
    const { items } = await gatehouse.did('GET', `${okta.path}/removal-holds`);
    const [hold, ...others] = asArray(items).map(asRecord);
    expect(others).toEqual([]);
    await gatehouse.did('POST', `${okta.path}/removal-holds/${text(hold?.['id'])}/approve`);
    await until(async () => (await suspended()) === made.length);
  }, 60_000);
});

describe('whom the directory provisions', () => {
  it('with an address in a foreign domain, waits until the tenant has verified it [LNK-8] [SCM-3]', async () => {
    const email = 'ada@globex-of-acme.example';
    await okta.create(email);
    await expect(memberWith(email)).resolves.toBeUndefined();
    const second = new Organisation(gatehouse, 'acme', 'globex-of-acme.example');
    await second.verifyDomain();
    await until(async () => (await memberWith(email)) !== undefined);
  }, 60_000);

  it('as the last owner, cannot be taken away [TEN-2]', async () => {
    const only = new Organisation(gatehouse, 'solo');
    await only.register();
    await only.verifyDomain();
    const directory = await DirectoryClient.setUp(gatehouse, 'solo');
    const id = text((await directory.create(only.owner))['id']);
    expect((await directory.send('DELETE', `/Users/${id}`)).status).toBe(204);
    const { items } = await gatehouse.did('GET', `${only.path}/members`);
    expect(asArray(items).map(asRecord)).toMatchObject([{ email: only.owner, role: 'owner' }]);
    expect(asRecord(asArray(items)[0])['suspendedAt']).toBeUndefined();
  }, 60_000);
});
