import { HttpBrowser, type Page } from '@gatehouse/tools/http-browser';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
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

function aBrowser(): HttpBrowser {
  return new HttpBrowser({ follow: (next) => next.startsWith(gatehouse.url) });
}

async function authorize(browser: HttpBrowser, tenant = 'acme', more = ''): Promise<Page> {
  const { sso, redirectUri } = application;
  const { url } = await sso.signIn.start({ redirectUri, tenant });
  return browser.get(url + more);
}

function leadsTo(page: Page, address: string): boolean {
  return page.location?.startsWith(address) ?? false;
}

async function roundsTo(browser: HttpBrowser, tenant: string, times: number): Promise<void> {
  for (let round = 0; round < times; round++) {
    const { idp } = tenant === 'acme' ? acme : beta;
    expect(leadsTo(await authorize(browser, tenant), idp.ssoUrl)).toBe(true);
  }
}

describe('a browser that goes to an identity provider and never ends in a session', () => {
  it('is stopped after four rounds in a minute, by a page that names the likely causes [LOG-10]', async () => {
    const browser = aBrowser();
    await roundsTo(browser, 'acme', 4);
    const page = await authorize(browser);
    expect(page.status).toBe(403);
    for (const cause of ['sign_in_loop', 'Cookies', 'ACS URL', 'entity ID', 'clock'])
      expect(page.text).toContain(cause);
    const reference = /Reference <code>([^<]+)</.exec(page.text)?.[1] ?? '';
    const { items } = await gatehouse.did('GET', `tenants/acme/sign-ins?reference=${reference}`);
    expect(asArray(items).map(asRecord)).toMatchObject([{ code: 'sign_in_loop', outcome: 'refused' }]);
  });

  it('is stopped too where each answer is refused, as by a wrong entity ID [LOG-10]', async () => {
    const browser = aBrowser();
    for (let round = 0; round < 4; round++) {
      const page = await authorize(browser);
      const asked = { browser, question: acme.idp.readRedirect(text(page.location)) };
      const refused = await acme.answer(asked, person('ben@acme.example'), { audience: 'https://x.example' });
      expect(refused.text).toContain('saml_audience_mismatch');
    }
    expect((await authorize(browser)).text).toContain('sign_in_loop');
  });

  it('keeps nobody else from signing in, nor this one elsewhere [LOG-10]', async () => {
    const browser = aBrowser();
    await roundsTo(browser, 'acme', 4);
    expect((await authorize(browser)).status).toBe(403);
    expect(leadsTo(await authorize(aBrowser()), acme.idp.ssoUrl)).toBe(true);
    expect(leadsTo(await authorize(browser, 'beta'), beta.idp.ssoUrl)).toBe(true);
  });

  it('is no loop once it took up a session [LOG-10]', async () => {
    const browser = aBrowser();
    await roundsTo(browser, 'acme', 3);
    const page = await authorize(browser);
    const asked = { browser, question: acme.idp.readRedirect(text(page.location)) };
    const back = await acme.answer(asked, person('ben@acme.example'));
    expect(leadsTo(back, application.redirectUri)).toBe(true);
    const again = await authorize(browser, 'acme', '&prompt=login');
    expect(leadsTo(again, acme.idp.ssoUrl)).toBe(true);
  });

  it('is no loop while an administrator repeats a test [LOG-10] [CON-8]', async () => {
    for (let round = 0; round < 6; round++)
      expect((await acme.test(person('nobody@acme.example'))).text).toContain('test_person_not_admin');
  });
});

describe('a browser that keeps no cookies', () => {
  it('ends at once on a page that says so where it has to choose, and reaches no identity provider [LOG-10]', async () => {
    const { url } = await application.sso.signIn.start({ redirectUri: application.redirectUri });
    const headers = { accept: 'text/html', 'accept-language': 'de' };
    const first = await fetch(url, { redirect: 'manual', headers });
    const login = new URL(first.headers.get('location') ?? '', url);
    expect(login.href).toContain(`${gatehouse.url}/login?interaction=`);
    const page = await fetch(login, { redirect: 'manual', headers });
    expect(page.status).toBe(403);
    const shown = await page.text();
    expect(shown).toContain('cookies_blocked');
    expect(shown).toContain('erlauben Sie Cookies');
  });

  it('is told so when it comes back, where the application named the organisation [LOG-10]', async () => {
    const browser = aBrowser();
    const page = await authorize(browser);
    const asked = { browser: aBrowser(), question: acme.idp.readRedirect(text(page.location)) };
    const shown = await acme.answer(asked, person('ben@acme.example'));
    expect([shown.status, shown.text]).toEqual([403, expect.stringContaining('cookies_blocked')]);
  });

  it.each(['', '?interaction=unknown', '?interaction=a&interaction=b', `?interaction=${'x'.repeat(500)}`])(
    'or an old address of the login page (%.40s) is only told where to begin [LOG-10]',
    async (query) => {
      const page = await aBrowser().get(`${gatehouse.url}/login${query}`);
      expect(page.status).toBe(200);
      expect(page.text).toContain('Where do you want to go?');
    },
  );
});

describe('an application that sends its people here again at once', () => {
  async function signedIn(): Promise<HttpBrowser> {
    const browser = aBrowser();
    const page = await authorize(browser);
    const asked = { browser, question: acme.idp.readRedirect(text(page.location)) };
    await acme.answer(asked, person('ben@acme.example'));
    return browser;
  }

  it('is interrupted after four codes in a minute, and a person may go on [LOG-10]', async () => {
    const browser = await signedIn();
    for (let round = 2; round <= 4; round++)
      expect(leadsTo(await authorize(browser), `${application.redirectUri}?code=`)).toBe(true);
    const page = await authorize(browser);
    expect(page.status).toBe(403);
    expect(page.headers['location']).toBeUndefined();
    expect(page.text).toContain('application_loop');
    expect(page.text).toContain('allow cookies for the application');
    const again = /class="button" href="([^"]+)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(leadsTo(await browser.get(again), `${application.redirectUri}?code=`)).toBe(true);
  });

  it('is let be where it renews silently, and where it is another application [LOG-10]', async () => {
    const browser = await signedIn();
    for (let round = 0; round < 6; round++)
      expect(leadsTo(await authorize(browser, 'acme', '&prompt=none'), application.redirectUri)).toBe(true);
    const other = await gatehouse.application('http://localhost:19');
    for (let round = 0; round < 3; round++) {
      const { url } = await other.sso.signIn.start({ redirectUri: other.redirectUri, tenant: 'acme' });
      expect(leadsTo(await browser.get(url), other.redirectUri)).toBe(true);
      expect(leadsTo(await authorize(browser), application.redirectUri)).toBe(true);
    }
  });
});
