import { randomBytes } from 'node:crypto';
import { HttpBrowser, type HtmlForm, type Page } from '@gatehouse/tools/http-browser';
import { Gatehouse, text } from '../gatehouse';
import { LocalPeople, password, secretOn, totpCode } from '../local-account';

let one: Gatehouse;
let other: Gatehouse;
let people: LocalPeople;
const email = 'ana@acme.example';

/** Two servers that share a database and their keys, as behind a balancer. */
beforeAll(async () => {
  const keys = {
    secretKeys: [{ name: 'k1', key: randomBytes(32) }] as const,
    cookieKeys: [randomBytes(32).toString('hex')],
  };
  one = await Gatehouse.start(keys);
  other = await Gatehouse.start({ ...keys, databaseUrl: one.database.url, publicUrl: one.url });
  people = new LocalPeople(one, await one.application());
  await one.did('POST', 'tenants', { slug: 'acme', name: 'Acme' });
  await people.join('acme', email, 'owner');
}, 90_000);

afterAll(async () => {
  await other?.stop();
  await one?.stop();
});

/** A browser whose requests the balancer takes to the one server or the other. */
function aBrowser(through: () => Gatehouse): HttpBrowser {
  return new HttpBrowser({ follow: (next) => next.startsWith(one.url), through: () => through().url });
}

async function enter(browser: HttpBrowser, typed = password): Promise<Page> {
  const asked = await browser.get(`${one.url}/account/sign-in?tenant=acme`);
  return browser.submit(asked.form('password'), { email, password: typed });
}

describe('servers behind a balancer', () => {
  it('take turns in one sign-in, whichever has which step [LOG-5] [OPS-5]', async () => {
    let turn = 0;
    const page = await enter(aBrowser(() => (turn++ % 2 === 0 ? one : other)));
    expect([page.url, page.text]).toEqual([`${one.url}/account`, expect.stringContaining(email)]);
  });

  it('take a code of an app once between them [LOG-5]', async () => {
    const first = aBrowser(() => one);
    await enter(first);
    await first.get(`${one.url}/account/security`);
    const secret = secretOn(await first.press('Set up an authenticator app'));
    await first.submit(first.page.form('code'), { code: totpCode(secret) });
    const code = totpCode(secret, 1);
    const browsers = [aBrowser(() => one), aBrowser(() => other)];
    const forms: HtmlForm[] = [];
    for (const browser of browsers) forms.push((await enter(browser)).form('code'));
    const pages = await Promise.all(
      browsers.flatMap((browser, at) =>
        forms.slice(at, at + 1).map((form) => browser.submit(form, { code })),
      ),
    );
    expect(pages.map(({ status }) => status).toSorted()).toEqual([200, 403]);
  });

  it('feel at once what the other one ended, revoked or changed [ENF-9] [SES-3] [SES-4] [TEN-4]', async () => {
    const { items } = await one.did('GET', 'tenants/acme/members');
    const memberId = /mem_\w{26}/.exec(JSON.stringify(items))?.[0];
    const wanted = { name: 'A program', scopes: ['members:read'], memberId };
    const { id, secret } = await one.did('POST', 'tenants/acme/api-tokens', wanted);
    const read = () => other.api('GET', 'tenants/acme/members', undefined, text(secret));
    expect((await read()).status).toBe(200);
    await one.did('DELETE', `tenants/acme/api-tokens/${text(id)}`);
    expect((await read()).body).toMatchObject({ code: 'token_revoked' });
    await people.setPassword(email);
    await one.did('DELETE', `credentials/${text(await userId())}/second-factors`);
    const browser = aBrowser(() => other);
    expect((await enter(browser)).url).toBe(`${one.url}/account`);
    await people.setPolicy('acme', { secondFactor: 'required' });
    expect((await browser.get(`${one.url}/account`)).url).toContain('/login');
    await people.setPolicy('acme', { secondFactor: 'if-enrolled' });
  });

  it('count tries in vain together [LOG-5] [SEC-1]', async () => {
    const statuses: number[] = [];
    for (let turn = 0; turn < 8; turn += 1) {
      const browser = aBrowser(() => (turn % 2 === 0 ? one : other));
      statuses.push((await enter(browser, 'a goose sings at the date')).status);
    }
    // Each by itself would let three pass free.
    expect(statuses.slice(0, 3)).toEqual([403, 403, 403]);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(3);
  });
});

async function userId(): Promise<unknown> {
  const { items } = await one.did('GET', 'tenants/acme/members');
  return /user_\w{26}/.exec(JSON.stringify(items))?.[0];
}
