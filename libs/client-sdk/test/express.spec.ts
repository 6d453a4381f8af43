import express from 'express';
import { createServer, type Server } from 'node:http';
import {
  readSession,
  requireSession,
  requireTenantSso,
  ssoRouter,
  type SsoRouterOptions,
} from '../src/express.ts';
import type { SsoOptions } from '../src/index.ts';
import { anSso } from './an-sso.ts';
import { Browser } from './browser.ts';
import { FakeIssuer, portOf } from './fake-issuer.ts';

let issuer: FakeIssuer;
const servers: Server[] = [];
beforeEach(async () => {
  issuer = await FakeIssuer.start();
});
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  await issuer.stop();
});

/** An application as a reader of the guide would write it, and a browser in front of it. */
async function anApplication(
  options: SsoOptions = {},
  router: SsoRouterOptions = {},
  parsesForms = false,
): Promise<Browser> {
  const sso = anSso(issuer, options);
  const app = express();
  if (parsesForms) app.use(express.urlencoded({ extended: false }));
  app.use('/auth', ssoRouter(sso, router));
  app.get('/', async (req, res) => void res.json((await readSession(sso, req, res)) ?? null));
  app.get('/mine', requireSession(sso), (req, res) => void res.json({ email: req.sso.user.email }));
  app.post('/owners', requireSession(sso, { role: 'owner' }), (_req, res) => void res.json('done'));
  app.use('/t/:tenant', requireTenantSso(sso, { tenant: (req) => req.params['tenant'] }));
  app.get('/t/:tenant/me', (req, res) => void res.json({ email: req.sso.user.email, via: req.sso.via }));
  app.use((error: Error & { httpStatus?: number }, _req: unknown, res: express.Response, _next: unknown) => {
    res.status(error.httpStatus ?? 500).json({ message: error.message });
  });
  const started = createServer(app);
  servers.push(started);
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return new Browser(`http://127.0.0.1:${portOf(started)}`);
}

async function signIn(browser: Browser, query = '', change = {}) {
  const started = await browser.get(`/auth/login${query}`);
  const back = new URL(issuer.authorize(started.location, change));
  return browser.get(back.pathname + back.search);
}

describe('signing in', () => {
  it('goes to the issuer with the hints, comes back, and says who and from where [APP-4]', async () => {
    const seen: unknown[] = [];
    const browser = await anApplication({}, { onSignIn: (event) => (seen.push(event), { userId: '42' }) });
    const started = await browser.get('/auth/login?email=ada%40acme.example&tenant=acme&returnTo=/mine');
    expect(started.status).toBe(302);
    expect(new URL(started.location).searchParams.get('login_hint')).toBe('ada@acme.example');
    const finished = await signIn(browser, '?tenant=acme&returnTo=/mine');
    expect(finished).toMatchObject({ status: 303, location: '/mine' });
    expect(seen).toMatchObject([{ profile: { id: 'user_1' }, tenant: { externalId: 'crm-7' } }]);
    expect((await browser.get('/mine')).body).toEqual({ email: 'ada@acme.example' });
    expect((await browser.get('/')).body).toMatchObject({ userId: '42', tenant: { slug: 'acme' } });
  });

  it.each([
    ['GET', ''],
    ['POST', 'express.urlencoded'],
    ['POST', 'no parser'],
  ])(
    'begins where Gatehouse asks for it by %s (%s), with the connection that it named [SML-2] [APP-4]',
    async (method, parser) => {
      const browser = await anApplication({}, {}, parser === 'express.urlencoded');
      const sent = { iss: `${issuer.url}/oidc`, connection: 'conn_7', login_hint: 'ada@acme.example' };
      const query = new URLSearchParams(sent).toString();
      const started =
        method === 'GET'
          ? await browser.get(`/auth/initiate?${query}`)
          : await browser.submit('/auth/initiate', sent);
      expect(started.status).toBe(303);
      const asked = new URL(started.location).searchParams;
      expect([asked.get('connection'), asked.get('login_hint')]).toEqual(['conn_7', 'ada@acme.example']);
      const back = new URL(issuer.authorize(started.location));
      expect(await browser.get(back.pathname + back.search)).toMatchObject({ status: 303, location: '/' });
      expect((await browser.get('/mine')).body).toEqual({ email: 'ada@acme.example' });
    },
  );

  it.each(['', '?iss=https%3A%2F%2Fevil.example%2Foidc', '?iss='])(
    'begins nothing for another issuer, whatever else is asked (%s) [SML-2] [APP-4]',
    async (query) => {
      const browser = await anApplication();
      const more = `${query === '' ? '?' : '&'}target_link_uri=https%3A%2F%2Fevil.example`;
      const refused = await browser.get(`/auth/initiate${query}${more}`);
      expect([refused.status, refused.location]).toEqual([400, '']);
      expect(String(refused.body)).toContain('validation_failed');
      expect(browser.jar.size).toBe(0);
    },
  );

  it('keeps plain cookies on this machine, and __Host- cookies with Secure on https [SES-6]', async () => {
    const local = await anApplication();
    await signIn(local);
    expect(local.lastCookie('gatehouse_session')).toMatch(
      /; Path=\/; Max-Age=3\d{3}; HttpOnly; SameSite=Lax$/,
    );
    const secure = await anApplication({ appUrl: 'https://app.example' });
    await signIn(secure);
    expect(secure.lastCookie('__Host-gatehouse_session')).toMatch(/HttpOnly; SameSite=Lax; Secure$/);
    expect(secure.lastCookie('__Host-gatehouse_session')).not.toContain('Domain');
  });

  it('works in two tabs at once, and forgets a started sign-in once it is used [APP-4]', async () => {
    const browser = await anApplication();
    const [first, second] = [await browser.get('/auth/login'), await browser.get('/auth/login')];
    for (const tab of [second, first]) {
      const back = new URL(issuer.authorize(tab.location));
      expect((await browser.get(back.pathname + back.search)).status).toBe(303);
      expect((await browser.get(back.pathname + back.search)).status).toBe(400);
    }
    expect([...browser.jar.keys()]).toEqual(['gatehouse_session']);
  });

  it('does not let sign-ins that were given up fill the header [APP-4]', async () => {
    const browser = await anApplication();
    for (let round = 0; round < 12; round += 1) await browser.get('/auth/login');
    expect(browser.jar.size).toBeLessThanOrEqual(6);
  });

  it('returns to no other origin [APP-4]', async () => {
    const browser = await anApplication();
    expect((await signIn(browser, '?returnTo=//evil.example')).location).toBe('/');
  });

  it('hands a refusal to the application, which can show it [APP-4]', async () => {
    const browser = await anApplication(
      {},
      { onError: (error, _req, res) => res.redirect(`/?error=${error.code}`) },
    );
    expect(await signIn(browser, '?tenant=globex')).toMatchObject({ location: '/?error=sso_wrong_tenant' });
    expect(browser.jar.has('gatehouse_session')).toBe(false);
    const plain = await anApplication();
    expect(await signIn(plain, '', { state: 'x' })).toMatchObject({
      status: 400,
      body: expect.stringContaining('state_mismatch'),
    });
  });

  it('refuses to keep a session on plain http that is not this machine [SES-6]', async () => {
    const browser = await anApplication();
    expect((await browser.get('/auth/login', { host: 'app.example' })).status).toBe(500);
  });
});

describe('guards', () => {
  it('send a page to the sign-in and back, and answer 401 to the rest [APP-4]', async () => {
    const browser = await anApplication();
    const page = await browser.get('/mine?x=1', { accept: 'text/html' });
    expect(page).toMatchObject({ status: 302, location: '/auth/login?returnTo=%2Fmine%3Fx%3D1' });
    expect(await browser.get('/mine')).toMatchObject({ status: 401, body: { code: 'sso_required' } });
  });

  it('ask again for another tenant, since a session counts for one [SES-2]', async () => {
    const browser = await anApplication();
    await signIn(browser);
    expect((await browser.get('/t/acme/me')).body).toEqual({ email: 'ada@acme.example', via: 'saml' });
    const other = await browser.get('/t/globex/me', { accept: 'text/html' });
    expect(other.location).toBe('/auth/login?tenant=globex&returnTo=%2Ft%2Fglobex%2Fme');
    expect(await browser.get('/t/globex/me')).toMatchObject({
      status: 401,
      body: { code: 'step_up_required', login: '/auth/login?tenant=globex' },
    });
  });

  it('refuse a role that is not listed [APP-4]', async () => {
    const browser = await anApplication();
    await signIn(browser);
    expect((await browser.post('/owners', {})).status).toBe(403);
    issuer.claims = { role: 'owner', sid: 'ses_2' };
    issuer.sessionCheck = () => ({ status: 200, body: { active: true, sub: 'user_1', role: 'owner' } });
    await signIn(browser);
    expect((await browser.post('/owners', {})).status).toBe(200);
  });
});

describe('a session that was ended at Gatehouse', () => {
  const told = (browser: Browser, token: string) =>
    browser.submit('/auth/backchannel-logout', { logout_token: token });

  it.each(['express.urlencoded', 'no parser'])(
    'is over here once the server has said so (%s) [SES-3] [APP-1]',
    async (parser) => {
      const browser = await anApplication({ sessionCheck: false }, {}, parser === 'express.urlencoded');
      await signIn(browser);
      expect(await told(browser, issuer.logoutToken({ sid: 'ses_2' }))).toMatchObject({ status: 200 });
      expect((await browser.get('/mine')).status).toBe(200);
      expect(await told(browser, issuer.logoutToken())).toMatchObject({ status: 200 });
      expect((await browser.get('/')).body).toBeNull();
      expect(await browser.get('/mine')).toMatchObject({ status: 401, body: { code: 'sso_required' } });
      expect((await browser.get('/t/acme/me', { accept: 'text/html' })).location).toContain('/auth/login');
    },
  );

  it('is over here a minute later where the server said nothing [SES-3]', async () => {
    let later = 0;
    const browser = await anApplication({ now: () => new Date(Date.now() + later) });
    await signIn(browser);
    expect((await browser.get('/mine')).status).toBe(200);
    issuer.sessionCheck = () => ({ status: 200, body: { active: false } });
    later = 60_000;
    expect((await browser.get('/mine')).status).toBe(401);
  });

  it('has the role of now, whatever the ID token said [TEN-4]', async () => {
    issuer.claims = { role: 'owner' };
    const browser = await anApplication();
    await signIn(browser);
    expect((await browser.post('/owners', {})).status).toBe(403);
  });

  it.each([
    ['a forged token', () => `${issuer.logoutToken().slice(0, -8)}AAAAAAAA`, 400, 'invalid_request'],
    ['no token', () => '', 400, 'invalid_request'],
  ])('is not by %s: that is refused as the standard says [APP-1]', async (_, tokenOf, status, error) => {
    const browser = await anApplication({ sessionCheck: false });
    await signIn(browser);
    const answer = await told(browser, tokenOf());
    expect(answer).toMatchObject({ status, body: { error } });
    expect((await browser.get('/mine')).status).toBe(200);
    expect((await browser.get('/auth/backchannel-logout')).status).toBe(404);
  });

  it('is told again later where the keys cannot be fetched just now [SES-3]', async () => {
    const browser = await anApplication({ sessionCheck: false });
    const token = issuer.logoutToken();
    await issuer.stop();
    expect(await told(browser, token)).toMatchObject({
      status: 503,
      body: { error: 'temporarily_unavailable' },
    });
    issuer = await FakeIssuer.start();
  });
});

describe('signing out', () => {
  it('ends the session here and sends the browser on to end it at the server [APP-1]', async () => {
    const browser = await anApplication();
    await signIn(browser);
    const out = await browser.post('/auth/logout', {}, { origin: browser.origin });
    const there = new URL(out.location);
    expect(out.status).toBe(303);
    expect(`${there.origin}${there.pathname}`).toBe(`${issuer.url}/oidc/session/end`);
    expect(there.searchParams.get('id_token_hint')).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(there.searchParams.get('post_logout_redirect_uri')).toBe(`${browser.origin}/`);
    expect((await browser.get('/')).body).toBeNull();
  });

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }],
    ['nobody knows where', {}],
  ])('is refused when it was sent by %s [APP-4]', async (_name, headers) => {
    const browser = await anApplication();
    await signIn(browser);
    expect((await browser.post('/auth/logout', {}, headers)).status).toBe(403);
    expect((await browser.get('/')).body).not.toBeNull();
  });

  it('is not a link: GET does nothing [APP-4]', async () => {
    const browser = await anApplication();
    expect((await browser.get('/auth/logout')).status).toBe(404);
  });
});

describe('discovery by the application', () => {
  it('answers for an address, and refuses a body without one or over 4 kB [APP-4] [LOG-2]', async () => {
    issuer.discovery = () => ({ status: 200, body: { kind: 'sso' } });
    const browser = await anApplication();
    const ask = (body: unknown) => browser.post('/auth/discover', body, { origin: browser.origin });
    expect((await ask({ email: 'ada@acme.example' })).body).toEqual({ kind: 'sso' });
    expect((await ask({})).status).toBe(400);
    expect((await ask({ email: 'a'.repeat(5000) })).status).toBe(413);
    issuer.discovery = () => ({ status: 503, body: {} });
    expect((await ask({ email: 'ada@acme.example' })).body).toMatchObject({
      kind: 'password',
      degraded: true,
    });
  });
});
