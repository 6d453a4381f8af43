import { HttpBrowser } from '@gatehouse/tools/http-browser';
import { Gatehouse, text } from '../gatehouse';
import { Organisation, person } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let beta: Organisation;
let application: Awaited<ReturnType<Gatehouse['application']>>;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  [acme, beta] = [await Organisation.setUp(gatehouse, 'acme'), await Organisation.setUp(gatehouse, 'beta')];
  application = await gatehouse.application();
}, 60_000);

afterAll(() => gatehouse?.stop());

type Hints = { tenant?: string; connection?: string; domain?: string; loginHint?: string };

async function authorizeUrl(hints: Hints): Promise<string> {
  const { sso, redirectUri } = application;
  return (await sso.signIn.start({ redirectUri, ...hints })).url;
}

/** A browser that holds a session of acme. */
async function signedIn(): Promise<HttpBrowser> {
  const asked = await acme.arriveAtIdp(await authorizeUrl({ tenant: 'acme' }));
  await acme.answer(asked, person('ben@acme.example'));
  return asked.browser;
}

const ways: [string, (organisation: Organisation) => Hints][] = [
  ['tenant', ({ slug }) => ({ tenant: slug })],
  ['connection', ({ connection }) => ({ connection })],
  ['domain', ({ domain }) => ({ domain })],
  ['e-mail', ({ owner }) => ({ loginHint: owner })],
];

describe('hints', () => {
  it.each(ways)(
    'of the %s: a session of that tenant will do, one of another will not [SES-2] [APP-2]',
    async (_, hint) => {
      const browser = await signedIn();
      const toBeta = await browser.get(await authorizeUrl(hint(beta)));
      expect(text(toBeta.location)).toContain(beta.idp.ssoUrl);
      const toAcme = await browser.get(await authorizeUrl(hint(acme)));
      expect(text(toAcme.location)).toContain(`${application.redirectUri}?code=`);
    },
  );

  it.each(ways.filter(([what]) => what !== 'connection'))(
    'of the %s lead straight to the identity provider, with no page of ours between [APP-2]',
    async (_, hint) => {
      const browser = new HttpBrowser({ follow: (next) => next.startsWith(gatehouse.url) });
      const page = await browser.get(await authorizeUrl(hint(acme)));
      expect(text(page.location)).toContain(acme.idp.ssoUrl);
      expect(browser.history.map(({ url }) => new URL(url).pathname)).toEqual(['/oidc/auth']);
    },
  );

  it.each<[string, () => Hints]>([
    ['tenant and connection', () => ({ tenant: 'beta', connection: acme.connection })],
    ['tenant and domain', () => ({ tenant: 'beta', domain: acme.domain })],
    ['domain and connection', () => ({ domain: beta.domain, connection: acme.connection })],
  ])(
    'that contradict one another (%s) end on a page, with a session or without [APP-2]',
    async (_, hints) => {
      const newcomer = new HttpBrowser({ follow: (next) => next.startsWith(gatehouse.url) });
      for (const browser of [await signedIn(), newcomer]) {
        const page = await browser.get(await authorizeUrl(hints()));
        expect(page.status).toBe(400);
        expect(page.text).toContain('validation_failed');
        expect(page.text).toContain('named two organisations at once');
      }
    },
  );

  it('that agree lead to the connection named [APP-2]', async () => {
    const { slug: tenant, connection, domain } = beta;
    const asked = await beta.arriveAtIdp(await authorizeUrl({ tenant, connection, domain }));
    const page = await beta.answer(asked, person('ada@beta.example'));
    expect(text(page.location)).toContain(`${application.redirectUri}?code=`);
  });

  it("let a guest's e-mail accompany a tenant, whoever owns its domain [APP-2]", async () => {
    const url = await authorizeUrl({ tenant: 'beta', loginHint: 'guest@acme.example' });
    await expect(beta.arriveAtIdp(url)).resolves.toBeDefined();
  });

  it.each<Hints>([{ domain: 'nowhere.example' }, { loginHint: 'zoe@nowhere.example' }])(
    'of a domain without SSO (%j) keep no session out [SES-2]',
    async (hints) => {
      const page = await (await signedIn()).get(await authorizeUrl(hints));
      expect(text(page.location)).toContain(`${application.redirectUri}?code=`);
    },
  );

  it('of an address without SSO ask for its password at once, whoever it is [LOG-1] [APP-2]', async () => {
    const browser = new HttpBrowser({ follow: (next) => next.startsWith(gatehouse.url) });
    const page = await browser.get(await authorizeUrl({ loginHint: 'zoe@nowhere.example' }));
    expect(page.form('password').fields['email']).toBe('zoe@nowhere.example');
    const typo = await browser.get(await authorizeUrl({ loginHint: 'zoe@' }));
    expect(typo.form('email').action).toBe(`${gatehouse.url}/login`);
  });

  it("of the operator's own ID of a tenant lead to it, and never to a slug that looks the same [APP-2]", async () => {
    const { sso, redirectUri } = await gatehouse.application('http://localhost:11', {
      tenantKey: 'externalId',
    });
    const started = await sso.signIn.start({ redirectUri, tenant: 'crm-beta' });
    const asked = await beta.arriveAtIdp(started.url);
    const { location } = await beta.answer(asked, person('ada@beta.example'));
    const answer = { ...started, callbackUrl: text(location), redirectUri };
    expect((await sso.signIn.finish(answer)).tenant).toMatchObject({ slug: 'beta', externalId: 'crm-beta' });

    const other = await asked.browser.get((await sso.signIn.start({ redirectUri, tenant: 'crm-acme' })).url);
    expect(text(other.location)).toContain(acme.idp.ssoUrl);
    const bySlug = await asked.browser.get((await sso.signIn.start({ redirectUri, tenant: 'beta' })).url);
    expect(bySlug.status).toBe(404);
  });
});
