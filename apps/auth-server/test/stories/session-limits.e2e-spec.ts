import { Clock } from '@gatehouse/core';
import type { HttpBrowser } from '@gatehouse/tools/http-browser';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { Organisation, person } from '../organisation';

const hour = 3_600_000;
let gatehouse: Gatehouse;
let acme: Organisation;
let beta: Organisation;
let application: Awaited<ReturnType<Gatehouse['application']>>;

beforeAll(async () => {
  gatehouse = await Gatehouse.start({ sessionLifetimeMs: 8 * hour });
  [acme, beta] = [await Organisation.setUp(gatehouse, 'acme'), await Organisation.setUp(gatehouse, 'beta')];
  application = await gatehouse.application();
}, 60_000);
afterEach(() => jest.restoreAllMocks());
afterAll(() => gatehouse?.stop());

/** Moves the server's clock; what the browser and the issuer's library keep, they keep by their own. */
function goOn(milliseconds: number): void {
  const clock = gatehouse.app.get(Clock);
  jest.restoreAllMocks();
  const start = clock.now().getTime();
  jest.spyOn(clock, 'now').mockImplementation(() => new Date(start + milliseconds));
}

async function signIn(email: string, organisation = acme) {
  const { sso, redirectUri } = application;
  const started = await sso.signIn.start({ redirectUri, tenant: organisation.slug });
  const asked = await organisation.arriveAtIdp(started.url);
  const page = await organisation.answer(asked, person(email));
  const finished = await sso.signIn.finish({ ...started, callbackUrl: text(page.location), redirectUri });
  return { browser: asked.browser, ...finished };
}

/** Where the issuer sends a browser that asks for this application with these hints. */
async function askAgain(browser: HttpBrowser, hints: Readonly<Record<string, string>>): Promise<string> {
  const { url } = await application.sso.signIn.start({ redirectUri: application.redirectUri });
  const asked = new URL(url);
  for (const [name, value] of Object.entries(hints)) asked.searchParams.set(name, value);
  return text((await browser.get(asked.href)).location);
}

describe('a session', () => {
  it('lasts no longer than the deployment says, then the identity provider is asked again [SES-1]', async () => {
    const { browser, session } = await signIn('ada@acme.example');
    const left = session.sessionExpiresAt * 1000 - gatehouse.app.get(Clock).now().getTime();
    expect(left).toBeLessThanOrEqual(8 * hour);
    goOn(8 * hour - 60_000);
    expect(await askAgain(browser, { tenant: 'acme' })).toContain(`${application.redirectUri}?code=`);
    goOn(8 * hour + 1000);
    expect(await askAgain(browser, { tenant: 'acme', prompt: 'none' })).toContain('error=login_required');
    expect(await askAgain(browser, { tenant: 'acme' })).toContain(acme.idp.ssoUrl);
  });

  it('is not prolonged by being used [SES-1]', async () => {
    const { browser } = await signIn('ben@acme.example');
    for (const hours of [2, 4, 6, 7]) {
      goOn(hours * hour);
      expect(await askAgain(browser, { tenant: 'acme', prompt: 'none' })).toContain('code=');
    }
    goOn(8 * hour + 1000);
    expect(await askAgain(browser, { tenant: 'acme', prompt: 'none' })).toContain('error=login_required');
  });

  it('is over for who lists the sessions as well [SES-1] [SES-3]', async () => {
    await signIn('cleo@acme.example');
    const listed = async () => {
      const { items } = await gatehouse.did('GET', `${acme.path}/sessions?limit=200`);
      return asArray(items).filter((session) => asRecord(session)['email'] === 'cleo@acme.example').length;
    };
    expect(await listed()).toBe(1);
    goOn(8 * hour + 1000);
    expect(await listed()).toBe(0);
  });

  it.each([
    ['its slug', () => ({ tenant: 'beta' })],
    ['our external ID', () => ({ tenant_external_id: 'crm-beta' })],
    ['its connection', () => ({ connection: beta.connection })],
    ['its domain', () => ({ domain: 'beta.example' })],
    ['an address there', () => ({ login_hint: 'someone@beta.example' })],
  ])('says nothing about another organisation, named by %s [SES-2]', async (_, hints) => {
    const { browser } = await signIn('dan@acme.example');
    expect(await askAgain(browser, { ...hints(), prompt: 'none' })).toContain('error=login_required');
    expect(await askAgain(browser, hints())).toContain(beta.idp.ssoUrl);
    expect(await askAgain(browser, { tenant: 'acme', prompt: 'none' })).toContain('code=');
  });

  it('does not count any more at the first organisation once the browser has gone on to another [SES-2]', async () => {
    const { browser } = await signIn('eli@acme.example');
    const { sso, redirectUri } = application;
    const onward = await sso.signIn.start({ redirectUri, tenant: 'beta' });
    const question = beta.idp.readRedirect(text((await browser.get(onward.url)).location));
    await beta.answer({ browser, question }, person('eli@beta.example'));
    expect(await askAgain(browser, { tenant: 'beta', prompt: 'none' })).toContain('code=');
    expect(await askAgain(browser, { tenant: 'acme', prompt: 'none' })).toContain('error=login_required');
    expect(await askAgain(browser, { tenant: 'acme' })).toContain(acme.idp.ssoUrl);
  });

  it('of single sign-on is worth nothing where that is taken away from the organisation [SES-2] [TEN-9]', async () => {
    const gamma = await Organisation.setUp(gatehouse, 'gamma');
    const { browser } = await signIn('fay@gamma.example', gamma);
    expect(await askAgain(browser, { tenant: 'gamma', prompt: 'none' })).toContain('code=');
    await gatehouse.did('PATCH', gamma.path, { ssoEntitled: false });
    expect(await askAgain(browser, { tenant: 'gamma', prompt: 'none' })).toContain('error=login_required');
    await gatehouse.did('PATCH', gamma.path, { ssoEntitled: true });
    expect(await askAgain(browser, { tenant: 'gamma', prompt: 'none' })).toContain('error=login_required');
  });
});
