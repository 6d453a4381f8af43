import { randomBytes } from 'node:crypto';
import { sessionId, SessionStore } from '@gatehouse/core';
import { HttpBrowser, type Page } from '@gatehouse/tools/http-browser';
import type { Config } from '../../src/config';
import { AskIdp } from '../../src/logout/ask-idp';
import { ConnectionDesk } from '../connection-desk';
import { asRecord, Gatehouse, text } from '../gatehouse';
import { Organisation, person } from '../organisation';

/** One deployment as two servers: as it was, and restarted with the switch of its operator. */
let open: Gatehouse;
let closed: Gatehouse;
let acme: Organisation;

const keys: Partial<Config> = {
  secretKeys: [{ name: 'k1', key: randomBytes(32) }],
  cookieKeys: [randomBytes(32).toString('hex')],
};

beforeAll(async () => {
  open = await Gatehouse.start(keys);
  acme = await Organisation.setUp(open, 'acme');
  closed = await Gatehouse.start({ ...keys, databaseUrl: open.database.url, disabledProtocols: ['saml'] });
}, 90_000);

afterAll(async () => {
  await closed?.stop();
  await open?.stop();
});

const switchedOff = 'Single sign-on is switched off on this service for now';
const connectionPath = () => `${acme.path}/connections/${acme.connection}`;

async function signInPage(hints: { tenant?: string; loginHint?: string } = {}) {
  const { sso, redirectUri } = await closed.application();
  const { url } = await sso.signIn.start({ redirectUri, ...hints });
  const browser = new HttpBrowser({ follow: (next) => next.startsWith(closed.url) });
  return { browser, page: await browser.get(url) };
}

function expectPassword(page: Page): void {
  expect(page.status).toBe(200);
  expect(page.text).toContain(switchedOff);
  expect(page.form('password').action).toContain('/login/password');
  expect(page.text).not.toContain('<div hidden>');
}

/** What acme's identity provider would post of somebody whom the open server sent there. */
async function anAnswer() {
  const { sso, redirectUri } = await open.application();
  const { url } = await sso.signIn.start({ redirectUri, tenant: 'acme' });
  const asked = await acme.arriveAtIdp(url);
  return { asked, form: { ...acme.respond(asked, person('ben@acme.example')).form } };
}

describe('SAML that the operator closed for everybody', () => {
  it('gives the password field to an e-mail of a tenant with single sign-on, and says why [CON-20] [LOG-2]', async () => {
    const { browser, page } = await signInPage();
    expectPassword(await browser.submit(page.form('email'), { email: 'ben@acme.example' }));
    const elsewhere = await browser.submit(page.form('email'), { email: 'zoe@nowhere.example' });
    expect(elsewhere.text).not.toContain(switchedOff);
  });

  it('does so too where the application names the tenant or the person [CON-20]', async () => {
    expectPassword((await signInPage({ tenant: 'acme' })).page);
    expectPassword((await signInPage({ loginHint: 'ben@acme.example' })).page);
  });

  it('is told by discovery [CON-20] [LOG-1]', async () => {
    const answer = await closed.api('POST', 'discover', { email: 'ben@acme.example' }, null);
    expect(answer).toMatchObject({ status: 200, body: { kind: 'password', closed: true } });
  });

  it('takes no answer at either form of the address, and leaves nothing behind [CON-20] [CON-4]', async () => {
    const before = await open.count('acme');
    const { asked, form } = await anAnswer();
    for (const address of [
      `acs/${acme.connection}`,
      `acs?connection=${acme.connection}`,
      'acs/conn_unknown',
    ]) {
      const page = await asked.browser.post(`${closed.url}/saml/${address}`, form, acme.idp.ssoUrl);
      expect(page.status).toBe(403);
      expect(page.text).toContain('protocol_disabled');
      expect(page.text).toContain(switchedOff);
    }
    expect(await open.count('acme')).toEqual(before);
  });

  it('shuts the logout address too, and ends a session here without going round by the identity provider [CON-20]', async () => {
    const manual = { sloUrl: `${acme.idp.ssoUrl}/logout`, certificates: acme.idp.key.certificatePem };
    const { entityId, ssoUrl } = acme.idp;
    const more = { metadataXml: undefined, manual: { entityId, ssoUrl, ...manual } };
    const desk = await ConnectionDesk.enabled(open, acme, acme.idp, more);
    await desk.signIn(await open.application(), person('ida@acme.example'));
    const entry = (await open.audit('acme')).find(({ type }) => type === 'sign_in.succeeded');
    const id = sessionId.parse(asRecord(entry?.['data'])['sessionId']);
    const found = await open.app.get(SessionStore).findLiveAnywhere(id, new Date());
    if (!found) throw new Error('There is no session.');
    const depart = (server: Gatehouse) =>
      server.app.get(AskIdp, { strict: false }).depart(found.session, server.url);
    expect(await depart(open)).toMatchObject({ url: expect.stringContaining(manual.sloUrl) });
    expect(await depart(closed)).toBeUndefined();
    for (const request of [{}, { method: 'POST' }]) {
      const answer = await fetch(`${closed.url}/saml/slo/${desk.id}`, request);
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({ code: 'protocol_disabled' });
    }
  });

  it('starts no test, and enables no connection, though it can be switched off [CON-20]', async () => {
    const { startUrl } = await closed.did('POST', `${connectionPath()}/tests`);
    const browser = new HttpBrowser({ follow: (next) => next.startsWith(closed.url) });
    const page = await browser.get(text(startUrl));
    expect(page.status).toBe(403);
    expect(page.text).toContain('protocol_disabled');
    await closed.did('POST', `${connectionPath()}/disable`);
    const refused = await closed.api('POST', `${connectionPath()}/enable`);
    expect(refused).toMatchObject({ status: 403, body: { code: 'protocol_disabled', mender: 'operator' } });
    await open.did('POST', `${connectionPath()}/enable`);
  });

  it('loses nothing: opened again, the same connection signs people in [CON-20]', async () => {
    const { sso, redirectUri } = await open.application();
    const { url, sealedState } = await sso.signIn.start({ redirectUri, tenant: 'acme' });
    const page = await acme.answer(await acme.arriveAtIdp(url), person('ben@acme.example'));
    const finished = await sso.signIn.finish({ callbackUrl: text(page.location), sealedState, redirectUri });
    expect(finished.profile.email).toBe('ben@acme.example');
    const shown = await closed.did('GET', connectionPath());
    expect(asRecord(shown['idp'])['entityId']).toBe(acme.idp.entityId);
  });
});
