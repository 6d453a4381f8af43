import type { HttpBrowser } from '@gatehouse/tools/http-browser';
import { Gatehouse } from '../gatehouse';
import { LocalPeople, password } from '../local-account';
import { Organisation, person } from '../organisation';

const markup = `"><script src=//evil.example></script><img src=x onerror=alert(1)>'\`\${7*7}`;
const spoken = `Acme "Your account is blocked: https://evil.example/login" \u202e`;

let gatehouse: Gatehouse;
let acme: Organisation;
let people: LocalPeople;
const email = 'ana@elsewhere.example';

/** Names that a tenant, an identity provider or an invited person may choose. */
beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  people = new LocalPeople(gatehouse, await gatehouse.application());
  await gatehouse.did('POST', 'tenants', { slug: 'evil', name: markup });
  await gatehouse.did('POST', 'tenants', { slug: 'talk', name: spoken });
}, 60_000);

afterAll(() => gatehouse?.stop());

function harmless(page: string): void {
  expect(page).not.toMatch(/<script(?![^>]*src="\/assets\/)|<img src=x|="[^"]*"><script/);
}

async function accept(tenant: string, body: object = {}): Promise<HttpBrowser> {
  await gatehouse.did('POST', `tenants/${tenant}/invitations`, { email, ...body });
  const browser = people.browser();
  harmless((await browser.get(await people.post.linkTo(email))).text);
  harmless((await browser.press('Continue')).text);
  return browser;
}

describe('names that somebody hostile has chosen', () => {
  it('are text on every page, and nothing more [SEC-2]', async () => {
    const invited = await accept('evil', { name: markup });
    const typed = { password, name: markup };
    harmless((await invited.submit(invited.page.form('password'), typed)).text);
    const browser = people.browser();
    const asked = await browser.get(`${gatehouse.url}/t/evil/login`);
    harmless(asked.text);
    const account = await browser.submit(asked.form('password'), { email, password });
    expect(account.text).toContain('&lt;script');
    for (const path of ['', '/organisations', '/sessions', '/security'])
      harmless((await browser.get(`${gatehouse.url}/account${path}`)).text);
  });

  it('are text in a refusal to a program as to a browser [SEC-2]', async () => {
    const asked = await acme.arriveAtIdp(`${gatehouse.url}/account/sign-in?tenant=acme`);
    await acme.answer(asked, {
      ...person('mallory@acme.example'),
      firstName: markup,
      lastName: '\r\nSet-Cookie: a=b',
    });
    harmless((await asked.browser.get(`${gatehouse.url}/account`)).text);
    for (const path of [
      `/t/${encodeURIComponent(markup)}/login`,
      `/invitations/${encodeURIComponent(markup)}`,
    ])
      harmless((await asked.browser.get(`${gatehouse.url}${path}`)).text);
    const answer = await fetch(`${gatehouse.url}/api/v1/tenants/${encodeURIComponent(markup)}`);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('say in a mail no more than a name does, on one line and without an address [TEN-5]', async () => {
    await accept('talk');
    const [mail] = (await people.post.to(email)).slice(-1);
    expect(mail?.subject).not.toMatch(/[\r\n\u202e]|evil\.example/);
    expect(`${mail?.text} ${mail?.html}`).not.toMatch(/evil\.example|\u202e/);
    const links = [...(mail?.html ?? '').matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(link.startsWith(`${gatehouse.url}/invitations/`)).toBe(true);
  });
});
