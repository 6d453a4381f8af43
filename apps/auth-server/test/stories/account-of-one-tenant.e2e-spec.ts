import type { HttpBrowser } from '@gatehouse/tools/http-browser';
import { Gatehouse } from '../gatehouse';
import { LocalPeople, password } from '../local-account';
import { Organisation, person } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let people: LocalPeople;
const email = 'eve@acme.example';

/** Eve belongs to Acme, whose identity provider vouches for her, and to Globex, where she uses a password. */
beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  people = new LocalPeople(gatehouse, await gatehouse.application());
  await gatehouse.did('POST', 'tenants', { slug: 'globex', name: 'Globex' });
  await byIdp();
  await people.join('globex', email);
}, 60_000);

afterAll(() => gatehouse?.stop());

/** In by whatever Acme's identity provider says: whoever runs it can say so of everybody at Acme. */
async function byIdp(): Promise<HttpBrowser> {
  const asked = await acme.arriveAtIdp(`${gatehouse.url}/account/sign-in?tenant=acme`);
  await acme.answer(asked, person(email));
  return asked.browser;
}

async function byPassword(browser = people.browser()): Promise<HttpBrowser> {
  const asked = await browser.get(`${gatehouse.url}/account/sign-in?tenant=globex`);
  await browser.submit(asked.form('password'), { email, password });
  return browser;
}

async function read(browser: HttpBrowser, path: string): Promise<string> {
  return (await browser.get(`${gatehouse.url}/account${path}`)).text;
}

async function idOfSessionAt(tenant: string): Promise<string> {
  const { items } = await gatehouse.did('GET', `tenants/${tenant}/sessions`);
  return /ses_\w{26}/.exec(JSON.stringify(items))?.[0] ?? '';
}

describe('the account of a person whom an identity provider vouches for', () => {
  it('shows whoever runs that provider no other organisation, nor what is signed in there [SEC-3] [SES-2]', async () => {
    const atGlobex = await byPassword();
    const impostor = await byIdp();
    for (const path of ['', '/organisations', '/sessions', '/security'])
      expect([path, await read(impostor, path)]).toEqual([path, expect.not.stringContaining('Globex')]);
    await expect(read(atGlobex, '/organisations')).resolves.toContain('acme Inc.');
    await expect(read(atGlobex, '/sessions')).resolves.toContain('acme Inc., single sign-on');
  });

  it('ends nothing there, one by one or all together [SEC-3] [SES-2] [SES-3]', async () => {
    const atGlobex = await byPassword();
    const impostor = await byIdp();
    const page = `${gatehouse.url}/account/sessions`;
    await impostor.post(`${page}/${await idOfSessionAt('globex')}/end`, {});
    await impostor.post(`${page}/end-others`, {});
    await expect(read(atGlobex, '')).resolves.toContain('Globex');
    await atGlobex.post(`${page}/end-others`, {});
    await expect(read(impostor, '')).resolves.not.toContain(email);
  });

  it('shows the person all of it after a proof of their own [SES-2] [SES-3]', async () => {
    for (const [path, expected] of [
      ['/organisations', 'Go to acme Inc.'],
      ['/sessions', 'Globex, password'],
    ] as const) {
      const browser = await byIdp();
      await read(browser, path);
      const asked = await browser.press('Show them with my password or passkey');
      expect(asked.url).toContain('/login/password');
      expect(asked.text).toContain('Show once more that it is you');
      expect(asked.form('password').fields['email']).toBe(email);
      const chosen = await browser.submit(asked.form('password'), { email, password });
      const shown = chosen.url.includes('/account') ? chosen : await browser.press('Globex');
      expect(shown.url).toBe(`${gatehouse.url}/account${path}`);
      expect(shown.text).toContain(expected);
    }
  });
});
