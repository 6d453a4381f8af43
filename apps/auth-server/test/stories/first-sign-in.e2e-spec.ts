import { HttpBrowser } from '@gatehouse/tools/http-browser';
import { Gatehouse, text } from '../gatehouse';
import { Organisation, person } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let application: Awaited<ReturnType<Gatehouse['application']>>;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  application = await gatehouse.application();
}, 60_000);

afterAll(() => gatehouse?.stop());

async function signIn(email: string, asked: { tenant?: string; loginHint?: string } = {}) {
  const { sso, redirectUri } = application;
  const { url, sealedState } = await sso.signIn.start({ redirectUri, ...asked });
  const typed = asked.tenant === undefined && asked.loginHint === undefined ? email : undefined;
  const atIdp = await acme.arriveAtIdp(url, typed);
  const page = await acme.answer(atIdp, person(email));
  const callbackUrl = text(page.location);
  return { atIdp, finished: await sso.signIn.finish({ callbackUrl, sealedState, redirectUri }) };
}

describe('a first sign-in', () => {
  it('leads from an e-mail address over the IdP to an application that knows who and from where [LOG-1] [SML-1] [APP-1] [LNK-6]', async () => {
    const { finished } = await signIn('Ben@acme.example');
    expect(finished.profile).toMatchObject({ email: 'Ben@acme.example', name: 'Ben Example' });
    expect(finished.tenant).toMatchObject({ slug: 'acme' });
    expect(finished.session).toMatchObject({
      via: 'saml',
      connection: acme.connection,
      user: { role: 'member' },
    });
  });

  it('signs the same person in again by the link, whatever the e-mail says by then [LNK-1] [LNK-11]', async () => {
    const first = await signIn('chloe@acme.example');
    const { sso, redirectUri } = application;
    const { url, sealedState } = await sso.signIn.start({ redirectUri, tenant: 'acme' });
    const renamed = { ...person('chloe@acme.example'), email: 'chloe.married@acme.example' };
    const page = await acme.answer(await acme.arriveAtIdp(url), renamed);
    const again = await sso.signIn.finish({ callbackUrl: text(page.location), sealedState, redirectUri });
    expect(again.profile.id).toBe(first.finished.profile.id);
  });

  it('goes straight to the IdP where the application names the tenant or the e-mail [APP-2]', async () => {
    const byTenant = await signIn('dora@acme.example', { tenant: 'acme' });
    const byEmail = await signIn('emil@acme.example', { loginHint: 'emil@acme.example' });
    expect(byTenant.atIdp.browser.history.some(({ method }) => method === 'POST')).toBe(true);
    expect(byEmail.finished.profile.email).toBe('emil@acme.example');
  });

  it('ends the session after 24 hours at most, and when the IdP says so [SES-1] [SML-12]', async () => {
    const { sso, redirectUri } = application;
    const before = Date.now();
    const full = await signIn('frida@acme.example');
    expect(full.finished.session.sessionExpiresAt * 1000 - before).toBeLessThanOrEqual(24 * 3600_000 + 5000);
    const { url, sealedState } = await sso.signIn.start({ redirectUri, tenant: 'acme' });
    const until = new Date(Date.now() + 30 * 60_000);
    const page = await acme.answer(await acme.arriveAtIdp(url), person('frida@acme.example'), {
      sessionNotOnOrAfter: until,
    });
    const short = await sso.signIn.finish({ callbackUrl: text(page.location), sealedState, redirectUri });
    expect(Math.abs(short.session.sessionExpiresAt * 1000 - until.getTime())).toBeLessThan(2000);
  });

  it('shows the password field where the domain has no SSO, with or without an account [LOG-2] [LOG-3]', async () => {
    const { sso, redirectUri } = application;
    const { url } = await sso.signIn.start({ redirectUri });
    const browser = new HttpBrowser({ follow: (next) => next.startsWith(gatehouse.url) });
    const page = await browser.submit((await browser.get(url)).form('email'), {
      email: 'zoe@nowhere.example',
    });
    expect(page.text).toContain('type="password"');
    expect(page.text).not.toContain('<div hidden>');
    expect(page.form('password').fields['email']).toBe('zoe@nowhere.example');
  });

  it('asks the IdP again where another tenant is wanted [SES-2]', async () => {
    const other = await Organisation.setUp(gatehouse, 'other');
    const { sso, redirectUri } = application;
    const first = await sso.signIn.start({ redirectUri, tenant: 'acme' });
    const asked = await acme.arriveAtIdp(first.url);
    await acme.answer(asked, person('gina@acme.example'));
    const second = await sso.signIn.start({ redirectUri, tenant: 'other' });
    const page = await asked.browser.get(second.url);
    expect(text(page.location)).toContain(other.idp.ssoUrl);
    const third = await sso.signIn.start({ redirectUri, tenant: 'acme' });
    expect(text((await asked.browser.get(third.url)).location)).toContain(redirectUri);
  });
});
