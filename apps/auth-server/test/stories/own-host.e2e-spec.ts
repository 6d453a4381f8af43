import { HttpBrowser } from '@gatehouse/tools/http-browser';
import { signInAs } from '../callers';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { Organisation, person } from '../organisation';
import { sendRaw } from '../send-raw';

const host = 'login.acme.example';
const own = `https://${host}`;

let gatehouse: Gatehouse;
let acme: Organisation;
let globex: Organisation;
let application: Awaited<ReturnType<Gatehouse['application']>>;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme', host);
  globex = await Organisation.setUp(gatehouse, 'globex');
  application = await gatehouse.application();
}, 90_000);

afterAll(() => gatehouse?.stop());

async function ask(organisation: Organisation) {
  const { sso, redirectUri } = application;
  const { url, sealedState } = await sso.signIn.start({ redirectUri, tenant: organisation.slug });
  return { sealedState, redirectUri, asked: await organisation.arriveAtIdp(url) };
}

/** A browser for which every one of these hosts is our server. */
function browserAt(...hosts: string[]): HttpBrowser {
  return new HttpBrowser({
    follow: () => false,
    through: (url) => (hosts.includes(url.hostname) ? gatehouse.url : undefined),
  });
}

async function addressesOf(organisation: Organisation): Promise<Readonly<Record<string, unknown>>> {
  const shown = await gatehouse.did('GET', `${organisation.path}/connections/${organisation.connection}`);
  return asRecord(shown['serviceProvider']);
}

describe('a tenant with a host of its own', () => {
  it('tells its identity provider addresses at that host, and everybody else those of the deployment [TEN-8]', async () => {
    const { entityId, metadataUrl, acsUrl, acsUrlByQuery, sloUrl } = await addressesOf(acme);
    const id = acme.connection;
    expect([entityId, metadataUrl]).toEqual([`${own}/saml/metadata/${id}`, `${own}/saml/metadata/${id}`]);
    expect([acsUrl, sloUrl]).toEqual([`${own}/saml/acs/${id}`, `${own}/saml/slo/${id}`]);
    expect(acsUrlByQuery).toBe(`${own}/saml/acs?connection=${id}`);
    for (const address of Object.values(await addressesOf(globex)).filter((each) => typeof each === 'string'))
      expect(address).toContain(`${gatehouse.url}/saml/`);
  });

  it('publishes the same in the metadata at that host [TEN-8] [CON-5]', async () => {
    const page = await browserAt(host).get(`${own}/saml/metadata/${acme.connection}`);
    expect(page.headers['content-type']).toContain('application/samlmetadata+xml');
    expect(page.text).toContain(`entityID="${own}/saml/metadata/${acme.connection}"`);
    expect(page.text).toContain(`Location="${own}/saml/acs/${acme.connection}"`);
    expect(page.text).toContain(`Location="${own}/saml/slo/${acme.connection}"`);
    expect(page.text).not.toContain(gatehouse.url);
  });

  it.each(['acsUrl', 'acsUrlByQuery'])(
    'signs its people in by %s, and brings the browser to the deployment where its cookies are [TEN-8]',
    async (name) => {
      const address = text((await addressesOf(acme))[name]);
      const { sealedState, redirectUri, asked } = await ask(acme);
      expect(asked.question).toMatchObject({ acsUrl: `${own}/saml/acs/${acme.connection}` });
      const bent = { destination: address, recipient: address };
      const { form } = acme.respond(asked, person('ben@acme.example'), bent);
      const page = await asked.browser.post(address, { ...form }, acme.idp.ssoUrl);
      const after = asked.browser.history.slice(-3).map(({ url }) => new URL(url));
      expect(after[0]?.origin).toBe(own);
      expect(after[1]?.href).toContain(`${gatehouse.url}/login/finish?ticket=`);
      expect(asked.browser.cookies.list(own)).toEqual({});
      const callbackUrl = text(page.location);
      const finished = await application.sso.signIn.finish({ callbackUrl, sealedState, redirectUri });
      expect(finished.profile.email).toBe('ben@acme.example');
    },
  );

  it.each(['destination', 'recipient'])(
    'refuses an answer whose %s is the address at the deployment, which was never told to anybody [TEN-8]',
    async (part) => {
      const { asked } = await ask(acme);
      const elsewhere = `${gatehouse.url}/saml/acs/${acme.connection}`;
      const page = await acme.answer(asked, person('ben@acme.example'), { [part]: elsewhere });
      expect(page.status).toBe(403);
      expect(page.text).toContain(`saml_${part}_mismatch`);
    },
  );

  it('answers logout messages at that host only [TEN-8] [SML-11]', async () => {
    const path = `saml/slo/${acme.connection}?SAMLRequest=x`;
    const there = await browserAt(host).get(`${own}/${path}`);
    expect([there.status, there.text.includes('saml_signature_missing')]).toEqual([403, true]);
    const elsewhere = await browserAt().get(`${gatehouse.url}/${path}`);
    expect([elsewhere.status, elsewhere.text.includes('connection_unknown')]).toEqual([404, true]);
  });
});

describe('the host of a tenant', () => {
  const documents = [
    ['metadata', 'get'],
    ['acs', 'post'],
    ['slo', 'get'],
  ] as const;

  it.each(documents)(
    'knows no connection of another tenant (%s), and the deployment none of this one [TEN-8]',
    async (kind, method) => {
      const before = await gatehouse.count('globex');
      const [foreign, mine] = [`${kind}/${globex.connection}`, `${kind}/${acme.connection}`];
      const reach = async (url: string) => {
        const browser = browserAt(host);
        const page =
          method === 'get' ? await browser.get(url) : await browser.post(url, { SAMLResponse: 'x' });
        return [page.status, page.text.includes('connection_unknown')];
      };
      expect(await reach(`${own}/saml/${foreign}`)).toEqual([404, true]);
      expect(await reach(`${gatehouse.url}/saml/${mine}`)).toEqual([404, true]);
      expect(await gatehouse.count('globex')).toEqual(before);
    },
  );

  it('takes no answer for another tenant, and leaves that sign-in open for the right address [TEN-8]', async () => {
    const { sealedState, redirectUri, asked } = await ask(globex);
    const { form } = globex.respond(asked, person('gil@globex.example'));
    const wrong = await browserAt(host).post(`${own}/saml/acs/${globex.connection}`, { ...form });
    expect(wrong.status).toBe(404);
    const page = await asked.browser.post(
      text((await addressesOf(globex))['acsUrl']),
      { ...form },
      globex.idp.ssoUrl,
    );
    const callbackUrl = text(page.location);
    const finished = await application.sso.signIn.finish({ callbackUrl, sealedState, redirectUri });
    expect(finished.profile.email).toBe('gil@globex.example');
  });

  it.each(['/', '/login', '/login?interaction=x&next=//evil.example'])(
    'leads from %s to the login page of its tenant at the deployment, without a cookie [LOG-4]',
    async (path) => {
      const browser = browserAt(host);
      const page = await browser.get(`${own}${path}`);
      expect([page.status, page.location]).toEqual([303, `${gatehouse.url}/t/acme/login`]);
      expect(page.headers['cache-control']).toBe('no-store');
      expect(browser.cookies.list(own)).toEqual({});
    },
  );

  it('is where people of the tenant begin: its page has their button and signs them in [LOG-4] [TEN-8]', async () => {
    const browser = acme.openBrowser();
    const page = await browser.get(`${own}/`);
    expect([page.status, new URL(page.url).origin]).toEqual([200, gatehouse.url]);
    expect(page.text).toContain('acme Inc.');
    const left = await browser.press('Sign in with SAML');
    const question = acme.idp.readRedirect(text(left.location));
    const { form } = acme.respond({ browser, question }, person('ben@acme.example'));
    const arrived = await browser.post(question.acsUrl, { ...form }, acme.idp.ssoUrl);
    expect([arrived.status, new URL(arrived.url).origin]).toEqual([200, gatehouse.url]);
    expect(arrived.text).toContain('ben@acme.example');
    expect(browser.cookies.list(own)).toEqual({});
  });

  it.each([
    ...['/api/v1/tenants', '/oidc/.well-known/openid-configuration', '/oidc/auth', '/docs', '/healthz'],
    ...[
      '/login/finish',
      '/login/arrived',
      '/account',
      '/saml',
      '//login',
      '/saml/../login',
      '/t/globex/login',
    ],
  ])('serves nothing else: %s [TEN-8]', async (path) => {
    const answer = await sendRaw(gatehouse.url, path, ['accept', 'application/json'], host);
    expect([answer.status, answer.body['code']]).toEqual([404, 'not_found']);
  });

  it('is told by a proxy on this machine, whatever case and port it names [TEN-8]', async () => {
    for (const named of ['LOGIN.acme.example', 'login.acme.example:443', 'login.acme.example.']) {
      const browser = new HttpBrowser({ follow: () => false, headers: { 'x-forwarded-host': named } });
      expect((await browser.get(`${gatehouse.url}/login`)).location).toBe(`${gatehouse.url}/t/acme/login`);
    }
  });

  it('is the business of the operator alone [TEN-8] [TEN-3]', async () => {
    const owner = await signInAs(gatehouse, acme, 'owner');
    for (const change of [
      { host: 'mine.example' },
      { host: null },
      { ssoEntitled: true },
      { associateByEmail: true, host },
    ])
      expect(await owner.call('PATCH', acme.path, change)).toMatchObject({
        status: 403,
        body: { code: 'operator_required' },
      });
    expect(await owner.call('PATCH', acme.path, { associateByEmail: false })).toMatchObject({ status: 200 });
    expect(await gatehouse.did('GET', acme.path)).toMatchObject({ host, associateByEmail: false });
  });

  it.each([
    ['the deployment', 'localhost.', 400],
    ['a scheme', 'https://login.globex.example', 400],
    ['a port', 'login.globex.example:443', 400],
    ['a second line', 'login.globex.example\r\nx: y', 400],
    ['an address', '192.0.2.7', 400],
    ['another tenant', host.toUpperCase(), 409],
  ])('is never one of %s, and what is refused changes nothing [TEN-8]', async (_of, wanted, status) => {
    const before = await gatehouse.did('GET', globex.path);
    const answer = await gatehouse.api('PATCH', globex.path, { host: wanted, associateByEmail: true });
    expect([answer.status, answer.type]).toEqual([
      status,
      expect.stringContaining('application/problem+json'),
    ]);
    expect(await gatehouse.did('GET', globex.path)).toEqual(before);
  });
});

describe('a host that changes', () => {
  let beta: Organisation;
  beforeAll(async () => {
    beta = await Organisation.setUp(gatehouse, 'beta', 'sso.beta.example');
  }, 60_000);

  it('leaves connections where their identity provider knows them, warns, and serves new ones [TEN-8] [CON-19]', async () => {
    const before = await addressesOf(beta);
    await gatehouse.did('PATCH', beta.path, { host: 'new.beta.example' });
    expect(await addressesOf(beta)).toEqual(before);
    const { asked, sealedState, redirectUri } = await ask(beta);
    const page = await beta.answer(asked, person('bo@beta.example'));
    const callbackUrl = text(page.location);
    await application.sso.signIn.finish({ callbackUrl, sealedState, redirectUri });
    const overview = await gatehouse.did('GET', `${beta.path}/sso`);
    expect(asArray(overview['warnings'])).toMatchObject([
      { code: 'connection_at_other_host', connection: beta.connection, acsUrl: before['acsUrl'] },
    ]);
    expect(overview['loginUrl']).toBe('https://new.beta.example/login');
    const made = await gatehouse.did('POST', `${beta.path}/connections`, { label: 'Second' });
    expect(asRecord(made['serviceProvider'])['acsUrl']).toBe(
      `https://new.beta.example/saml/acs/${text(made['id'])}`,
    );
  });

  it('cannot be taken by another tenant while a connection lives there [TEN-8]', async () => {
    const taken = await gatehouse.api('PATCH', globex.path, { host: 'sso.beta.example' });
    expect([taken.status, taken.body['code']]).toEqual([409, 'conflict']);
  });

  it('is kept in the audit log, with what it was before [TEN-8] [AUD-1]', async () => {
    const changes = (await gatehouse.audit('beta')).filter(({ type }) => type === 'tenant.updated');
    expect(changes.map(({ before, after }) => [before, after])).toEqual([
      [{ host: 'sso.beta.example' }, { host: 'new.beta.example' }],
      [{ host: null }, { host: 'sso.beta.example' }],
    ]);
  });

  it('is no alias for the connection of another tenant [TEN-8] [CON-19]', async () => {
    const spEntityIdAliases = [text((await addressesOf(acme))['entityId'])];
    const answer = await gatehouse.api('PATCH', `${beta.path}/connections/${beta.connection}`, {
      spEntityIdAliases,
    });
    expect([answer.status, answer.body['code']]).toEqual([400, 'validation_failed']);
  });

  it('can be taken away: the deployment is where its people begin then [TEN-8]', async () => {
    await gatehouse.did('PATCH', beta.path, { host: null });
    const tenant = await gatehouse.did('GET', beta.path);
    expect(tenant).not.toHaveProperty('host');
    expect(tenant['loginUrl']).toBe(`${gatehouse.url}/t/beta/login`);
    const page = await browserAt('new.beta.example').get('https://new.beta.example/login');
    expect(page.location).toBeUndefined();
  });
});
