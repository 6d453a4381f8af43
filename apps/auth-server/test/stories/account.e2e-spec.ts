import { HttpBrowser, type Page } from '@gatehouse/tools/http-browser';
import { Gatehouse, text } from '../gatehouse';
import { Organisation, person } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let globex: Organisation;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  globex = await Organisation.setUp(gatehouse, 'globex');
}, 60_000);

afterAll(() => gatehouse?.stop());

/** Opens a page of ours, signs in at the identity provider that it leads to, and is where that leads. */
async function openSignedIn(path: string, organisation: Organisation, browser?: HttpBrowser) {
  const who = person(`ada@${organisation.domain}`);
  const own = browser ?? new HttpBrowser({ follow: (next) => next.startsWith(gatehouse.url) });
  let page: Page = await own.get(`${gatehouse.url}${path}`);
  if (page.location === undefined) page = await own.submit(page.form('email'), { email: text(who.email) });
  const question = organisation.idp.readRedirect(text(page.location));
  return { browser: own, page: await organisation.answer({ browser: own, question }, who) };
}

function titleOf(page: Page): string {
  return /<h1>([^<]*)<\/h1>/.exec(page.text)?.[1] ?? '';
}

describe('the account of a person', () => {
  it('is shown to whoever signs in for it, and says who, where and how [SES-3]', async () => {
    const { page } = await openSignedIn('/account', acme);
    expect(page.status).toBe(200);
    expect(page.url).toBe(`${gatehouse.url}/account`);
    expect(page.text).toMatch(/ada@acme\.example.*acme Inc\..*member.*single sign-on/s);
    expect(page.headers['cache-control']).toBe('no-store');
  });

  it('speaks the language of the person, and each other that is chosen [POR-2]', async () => {
    const asked = new HttpBrowser({ headers: { 'accept-language': 'de' } });
    await expect(asked.get(`${gatehouse.url}/account`).then(titleOf)).resolves.toBe(
      'Bei Ihrem Konto anmelden',
    );
    const { browser } = await openSignedIn('/account', acme);
    await expect(browser.get(`${gatehouse.url}/account?lang=de`).then(titleOf)).resolves.toBe('Ihr Konto');
    await expect(browser.get(`${gatehouse.url}/account`).then(titleOf)).resolves.toBe('Ihr Konto');
    await expect(browser.get(`${gatehouse.url}/account?lang=fr`).then(titleOf)).resolves.toBe('Votre compte');
  });

  it('comes back to our own pages only, whatever the address asks for [SEC-2]', async () => {
    const { browser } = await openSignedIn('/account', acme);
    const back = (state: string) =>
      browser.get(`${gatehouse.url}/account/signed-in?code=x&state=${encodeURIComponent(state)}`);
    for (const state of ['https://evil.example', '//evil.example', '/\\evil.example', '/login'])
      expect((await back(state)).url).toBe(`${gatehouse.url}/account`);
  });

  it('is asked for again by another organisation, which its session says nothing about [SES-2]', async () => {
    const { browser } = await openSignedIn('/account', acme);
    const there = await openSignedIn('/account/sign-in?tenant=globex', globex, browser);
    expect(there.page.text).toMatch(/ada@globex\.example.*globex Inc\./s);
  });
});
