import { HttpBrowser, type Page } from '@gatehouse/tools/http-browser';
import { Gatehouse, text } from '../gatehouse';
import { Organisation, person } from '../organisation';

type Application = Awaited<ReturnType<Gatehouse['application']>>;

let gatehouse: Gatehouse;
let acme: Organisation;
let application: Application;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  // The connection could not be switched off while people are set to single sign-on (TEN-10).
  await gatehouse.did('PATCH', 'tenants/acme/enforcement', { newMembersOnSso: false });
  application = await gatehouse.application();
}, 60_000);

afterAll(() => gatehouse?.stop());

beforeEach(() => initiable(application));

function aBrowser(): HttpBrowser {
  return new HttpBrowser({ follow: (next) => next.startsWith(gatehouse.url) });
}

async function initiable({ id, appUrl }: Application, path: string | null = '/auth/initiate'): Promise<void> {
  const initiateLoginUri = path === null ? null : `${appUrl}${path}`;
  await gatehouse.did('PATCH', `applications/${id}`, { initiateLoginUri });
}

/** What the application does when it is asked to begin: it asks us, naming the connection. */
async function begin(browser: HttpBrowser, asked: Page, more: Record<string, string> = {}) {
  const { sso, redirectUri } = application;
  const { searchParams } = new URL(text(asked.location));
  const started = await sso.signIn.start({ redirectUri, connection: searchParams.get('connection') ?? '' });
  const query = new URLSearchParams(more).toString();
  return { started, page: await browser.get(`${started.url}&${query}`) };
}

async function finish({ started, page }: Awaited<ReturnType<typeof begin>>) {
  const { sso, redirectUri } = application;
  return sso.signIn.finish({ ...started, callbackUrl: text(page.location), redirectUri });
}

async function signIns(): Promise<number> {
  return (await gatehouse.count('acme'))['signIns'] ?? 0;
}

async function latest(type: string) {
  return (await gatehouse.audit('acme')).find((entry) => entry['type'] === type);
}

describe('a sign-in that begins at the identity provider, where the connection says off', () => {
  it('is refused, says what to do, and leaves nothing but an audit row [SML-2]', async () => {
    const before = await gatehouse.count('acme');
    const page = await acme.initiate(aBrowser(), person('ben@acme.example'));
    expect(page.status).toBe(403);
    expect(page.text).toContain('saml_unsolicited_disabled');
    expect(page.text).toContain('open the application and sign in there');
    expect(await latest('sign_in.refused')).toMatchObject({ data: { code: 'saml_unsolicited_disabled' } });
    expect(await gatehouse.count('acme')).toEqual(before);
  });
});

describe('where it says bounce', () => {
  beforeAll(() => acme.set({ idpInitiated: 'bounce' }));

  it('only leads to the application, whose question goes to the identity provider [SML-2] [APP-1]', async () => {
    const browser = aBrowser();
    const before = await signIns();
    const asked = await acme.initiate(browser, person('ben@acme.example'));
    const initiate = new URL(text(asked.location));
    expect(initiate.origin + initiate.pathname).toBe(`${application.appUrl}/auth/initiate`);
    expect(Object.fromEntries(initiate.searchParams)).toEqual({
      iss: `${gatehouse.url}/oidc`,
      connection: acme.connection,
    });
    const atIdp = await begin(browser, asked);
    expect(text(atIdp.page.location)).toContain(acme.idp.ssoUrl);
    expect(await signIns()).toBe(before);
    const question = acme.idp.readRedirect(text(atIdp.page.location));
    const page = await acme.answer({ browser, question }, person('ben@acme.example'));
    const { profile } = await finish({ started: atIdp.started, page });
    expect(profile.email).toBe('ben@acme.example');
  });

  it('asks the identity provider anew even where the browser has a session, and only once [SML-2] [SES-2]', async () => {
    const { sso, redirectUri } = application;
    const asked = await acme.arriveAtIdp((await sso.signIn.start({ redirectUri, tenant: 'acme' })).url);
    await acme.answer(asked, person('ben@acme.example'));
    const { browser } = asked;
    const arrived = await acme.initiate(browser, person('cleo@acme.example'));
    expect(text((await begin(browser, arrived)).page.location)).toContain(acme.idp.ssoUrl);
    expect(text((await begin(browser, arrived)).page.location)).toContain(`${redirectUri}?code=`);
  });

  it('takes an answer once [SML-7]', async () => {
    const changes = { assertionId: '_bounced_once' };
    await acme.initiate(aBrowser(), person('ben@acme.example'), { changes });
    const again = await acme.initiate(aBrowser(), person('ben@acme.example'), { changes });
    expect([again.status, again.text]).toEqual([403, expect.stringContaining('saml_replay')]);
  });
});

describe('where it says accept', () => {
  beforeAll(() => acme.set({ idpInitiated: 'accept' }));

  it("completes the application's question without going to the identity provider again [SML-2]", async () => {
    const browser = aBrowser();
    const asked = await acme.initiate(browser, person('dora@acme.example'));
    const answered = await begin(browser, asked);
    const { profile, tenant, session } = await finish(answered);
    expect([profile.email, tenant.slug, session.connection]).toEqual([
      'dora@acme.example',
      'acme',
      acme.connection,
    ]);
    expect(browser.history.some(({ location }) => location?.startsWith(acme.idp.ssoUrl))).toBe(false);
    expect(await latest('sign_in.succeeded')).toMatchObject({ data: { idpInitiated: true } });
  });

  it('is taken up once: who must sign in again goes to the identity provider [SML-2] [SML-7]', async () => {
    const browser = aBrowser();
    const asked = await acme.initiate(browser, person('emil@acme.example'));
    await finish(await begin(browser, asked));
    const again = await begin(browser, asked, { prompt: 'login' });
    expect(text(again.page.location)).toContain(acme.idp.ssoUrl);
  });

  it('signs in who arrived, not who had a session before [SES-2]', async () => {
    const browser = aBrowser();
    await finish(await begin(browser, await acme.initiate(browser, person('fay@acme.example'))));
    const arrived = await acme.initiate(browser, person('gus@acme.example'));
    const { profile } = await finish(await begin(browser, arrived));
    expect(profile.email).toBe('gus@acme.example');
  });

  it('belongs to the first browser that comes back with it [SES-6]', async () => {
    const [browser, other] = [aBrowser(), aBrowser()];
    const asked = await acme.initiate(browser, person('hal@acme.example'));
    const ticket = browser.history.find(({ url }) => url.includes('/login/arrived'))?.url ?? '';
    const page = await other.get(ticket);
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('flow_other_browser')]);
    expect(text((await begin(other, asked)).page.location)).toContain(acme.idp.ssoUrl);
    expect(text((await browser.get(ticket)).location)).toBe(asked.location);
  });

  it('takes an answer once, of parallel posts too [SML-7]', async () => {
    const { acsUrl, entityId: issuer } = acme.serviceProvider;
    const { form } = acme.idp.initiate({ acsUrl, issuer }, person('ida@acme.example'));
    const post = () => new HttpBrowser({ follow: () => false }).post(acsUrl, { ...form }, acme.idp.ssoUrl);
    const pages = await Promise.all(Array.from({ length: 10 }, post));
    expect(pages.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(pages.filter((page) => page.text.includes('saml_replay'))).toHaveLength(9);
  });

  it.each([
    ['answers a request of somebody else', { inResponseTo: `_${'0'.repeat(40)}` }],
    [
      'is an answer whose message was cut loose from its request',
      {
        inResponseTo: `_${'0'.repeat(40)}`,
        xml: (xml: string) => xml.replace(/(<samlp:Response [^>]*?) InResponseTo="[^"]*"/, '$1'),
      },
    ],
    [
      'names a request in the message only',
      { xml: (xml: string) => xml.replace('<samlp:Response ', '<samlp:Response InResponseTo="_1" ') },
    ],
    ['names an empty request', { inResponseTo: '' }],
  ])('refuses what %s [SML-2] [SML-5]', async (_, changes) => {
    const before = await gatehouse.count('acme');
    const page = await acme.initiate(aBrowser(), person('ben@acme.example'), { changes });
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('saml_in_response_to_unknown')]);
    expect(await gatehouse.count('acme')).toEqual(before);
  });

  it('lets in nobody whom an ordinary sign-in would not let in [LNK-8]', async () => {
    const before = await gatehouse.count('acme');
    const page = await acme.initiate(aBrowser(), person('eve@elsewhere.example'));
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('email_domain_not_verified')]);
    const linked = await acme.initiate(aBrowser(), person(acme.owner));
    expect(linked.text).toContain('link_required');
    expect(await gatehouse.count('acme')).toEqual(before);
  });

  it('only leads to a sign-in of ours where re-authentication is forced, which no portal can do [SES-5]', async () => {
    await acme.set({ forceAuthn: true });
    const [browser, before] = [aBrowser(), await signIns()];
    const changes = { authnInstant: new Date(Date.now() - 3_600_000) };
    const arrived = await acme.initiate(browser, person('ben@acme.example'), { changes });
    const { page } = await begin(browser, arrived);
    await acme.set({ forceAuthn: false });
    expect(acme.idp.readRedirect(text(page.location)).forceAuthn).toBe(true);
    expect(await signIns()).toBe(before);
  });

  it('refuses it while the connection is switched off [CON-8]', async () => {
    const path = `tenants/acme/connections/${acme.connection}`;
    await gatehouse.did('POST', `${path}/disable`);
    const page = await acme.initiate(aBrowser(), person('ben@acme.example'));
    await gatehouse.did('POST', `${path}/enable`);
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('connection_disabled')]);
  });
});

describe('where a sign-in from the identity provider goes on', () => {
  beforeAll(() => acme.set({ idpInitiated: 'accept' }));

  it.each(['https://evil.example/', 'javascript:alert(1)', '//evil.example', 'app_0', ''])(
    'is never an address from RelayState (%s) [SML-1]',
    async (relayState) => {
      const page = await acme.initiate(aBrowser(), person('ben@acme.example'), { relayState });
      expect(text(page.location)).toMatch(`${application.appUrl}/auth/initiate?iss=`);
    },
  );

  it('is a page that says so where no application can begin [SML-2]', async () => {
    await initiable(application, null);
    const page = await acme.initiate(aBrowser(), person('ben@acme.example'));
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('Open your application')]);
  });

  it('is one of several: by the setting, by RelayState, or by choice [SML-2]', async () => {
    const other = await gatehouse.application('http://localhost:10');
    await initiable(other, '/start?from=idp');
    const to = async (relayState?: string) => {
      const given = relayState === undefined ? {} : { relayState };
      return acme.initiate(aBrowser(), person('ben@acme.example'), given);
    };
    const named = await to(other.id);
    expect(text(named.location)).toMatch('http://localhost:10/start?from=idp&iss=');
    const choice = await to('https://evil.example/');
    expect(choice.status).toBe(200);
    for (const { appUrl } of [application, other]) expect(choice.text).toContain(`href="${appUrl}/`);
    await acme.set({ idpInitiatedApplication: application.id });
    expect(text((await to(other.id)).location)).toMatch(`${application.appUrl}/auth/initiate?`);
    await acme.set({ idpInitiatedApplication: 'any' });
    await initiable(other, null);
  });

  it.each([
    ['http://app.example/initiate', 422],
    ['javascript:alert(1)', 422],
    ['https://app.example/initiate#fragment', 422],
    ['https://user@app.example/initiate', 422],
    ['not an address', 422],
    ['https://app.example/initiate', 200],
    ['http://127.0.0.1:3010/initiate', 200],
    [null, 200],
  ])('is registered as a safe address only (%s) [APP-1]', async (initiateLoginUri, status) => {
    const answer = await gatehouse.api('PATCH', `applications/${application.id}`, { initiateLoginUri });
    expect(answer.status).toBe(status === 422 ? 400 : status);
    if (status === 200) expect(answer.body['initiateLoginUri'] ?? null).toBe(initiateLoginUri);
    else expect(answer.body['code']).toBe('validation_failed');
  });

  it('is registered for applications that exist only [APP-1]', async () => {
    const path = `applications/app_${'0'.repeat(26)}`;
    const answer = await gatehouse.api('PATCH', path, { initiateLoginUri: 'https://app.example/' });
    expect([answer.status, answer.body['code']]).toEqual([404, 'not_found']);
  });
});

describe("an attacker's honest answer, posted from a page of the attacker", () => {
  it('to a request of the attacker does not sign the victim in, nor disturb the own sign-in [SML-1]', async () => {
    const { sso, redirectUri } = application;
    const start = () => sso.signIn.start({ redirectUri, tenant: 'acme' });
    const attacker = await acme.arriveAtIdp((await start()).url);
    const begun = await start();
    const victim = await acme.arriveAtIdp(begun.url);
    const { acsUrl, form } = acme.respond(attacker, person('mallory@acme.example'));
    const page = await victim.browser.post(acsUrl, { ...form }, 'https://evil.example/');
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('flow_other_browser')]);
    const own = await acme.answer(victim, person('ben@acme.example'));
    const { profile } = await sso.signIn.finish({ ...begun, callbackUrl: text(own.location), redirectUri });
    expect(profile.email).toBe('ben@acme.example');
  });

  it('to nobody gets no further than a sign-in of the victim, where the connection says bounce [SML-1] [SML-2]', async () => {
    await acme.set({ idpInitiated: 'bounce' });
    const victim = aBrowser();
    const arrived = await acme.initiate(victim, person('mallory@acme.example'));
    const { page } = await begin(victim, arrived);
    expect(text(page.location)).toContain(acme.idp.ssoUrl);
  });
});
