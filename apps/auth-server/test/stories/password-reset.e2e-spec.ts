import { Gatehouse, text } from '../gatehouse';
import { LocalPeople, password, secretOn, totpCode } from '../local-account';

let gatehouse: Gatehouse;
let people: LocalPeople;
const email = 'ana@globex.example';
const another = 'four words nobody else says';

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  people = new LocalPeople(gatehouse, await gatehouse.application());
  await gatehouse.did('POST', 'tenants', { slug: 'globex', name: 'Globex' });
  await gatehouse.did('POST', 'tenants/globex/members', { email, role: 'owner' });
}, 60_000);

afterAll(() => gatehouse?.stop());

async function ask(address: string) {
  const browser = people.browser();
  return browser.submit((await browser.get(`${gatehouse.url}/login/reset`)).form('email'), {
    email: address,
  });
}

async function linkFor(address: string): Promise<string> {
  await ask(address);
  return people.post.linkTo(address);
}

describe('a forgotten password', () => {
  it('is answered alike for every address, and mailed to none but the one on file [LOG-3] [LOG-5]', async () => {
    const pages = [await ask('ANA@Globex.example'), await ask('nobody@globex.example')];
    const [known, unknown] = pages.map(({ status, text: markup }) => [
      status,
      markup.replaceAll(/[\w.]+@[\w.]+/g, 'ADDRESS'),
    ]);
    expect(known).toEqual(unknown);
    expect(known?.[0]).toBe(200);
    expect(await people.post.to('nobody@globex.example')).toEqual([]);
    expect(await people.post.to(email)).toHaveLength(1);
    const odd = await ask('no address');
    expect([odd.status, odd.form('email').fields['email']]).toEqual([422, 'no address']);
  });

  it('is set anew by the link of the mail, once, however often the link was looked at [LOG-5]', async () => {
    const link = await linkFor(email);
    expect(link.startsWith(`${gatehouse.url}/login/reset/`)).toBe(true);
    for (let round = 0; round < 3; round++) expect((await people.browser().get(link)).status).toBe(200);
    const browser = people.browser();
    const page = await browser.get(link);
    expect(page.headers['referrer-policy']).toBe('no-referrer');
    expect(page.headers['cache-control']).toBe('no-store');
    const weak = await browser.submit(page.form('password'), { password: 'password1234' });
    expect([weak.status, weak.text]).toEqual([422, expect.stringContaining('aria-invalid="true"')]);
    const done = await browser.submit(weak.form('password'), { password });
    expect(done.text).toContain('Your password is changed');
    const again = await browser.get(link);
    expect([again.status, again.text]).toEqual([410, expect.stringContaining('This link cannot be used')]);
    const twice = await browser.submit(page.form('password'), { password: another });
    expect([twice.status, twice.text]).toEqual([410, expect.stringContaining('This link cannot be used')]);
    const begun = await people.begin();
    const entered = await people.typePassword(begun, email);
    expect((await people.finish(begun, entered)).profile.email).toBe(email);
  });

  it('signs nobody in by itself, and leaves the second factor where it is [LOG-5] [LOG-6]', async () => {
    await people.setPolicy('globex', { secondFactor: 'required' });
    const begun = await people.begin();
    const page = await people.typePassword(begun, email);
    const secret = secretOn(page);
    await begun.browser.submit(page.form('code'), { code: totpCode(secret) });
    await people.setPolicy('globex', { secondFactor: 'if-enrolled' });

    const browser = people.browser();
    const done = await browser.submit((await browser.get(await linkFor(email))).form('password'), {
      password: another,
    });
    expect(done.text).toContain('your second factor stays as it was');
    const account = await browser.get(`${gatehouse.url}/account`);
    expect(new URL(account.url).pathname).not.toBe('/account');

    const old = await people.begin();
    expect((await people.typePassword(old, email, password)).status).toBe(403);
    const anew = await people.begin({}, browser);
    const asked = await people.typePassword(anew, email, another);
    expect(asked.text).toContain('Confirm that it is you');
    const entered = await browser.submit(asked.form('code'), { code: totpCode(secret, 1) });
    await expect(people.finish(anew, entered)).resolves.toBeDefined();
  }, 30_000);

  it('ends the sessions that the old password opened [LOG-5]', async () => {
    const email2 = 'ben@globex.example';
    await people.join('globex', email2);
    const begun = await people.begin();
    const { session } = await people.finish(begun, await people.typePassword(begun, email2));
    expect(session).toMatchObject({ via: 'password' });
    expect((await begun.browser.get(`${gatehouse.url}/account`)).text).toContain(email2);
    const browser = people.browser();
    await browser.submit((await browser.get(await linkFor(email2))).form('password'), { password: another });
    const gone = await begun.browser.get(`${gatehouse.url}/account`);
    expect(gone.text).not.toContain('Signed in as');
  });

  it('refuses links that were never sent, in one page [LOG-5]', async () => {
    for (const token of ['x'.repeat(43), 'x', '%00', `${'y'.repeat(4000)}`, '..']) {
      const page = await people.browser().get(`${gatehouse.url}/login/reset/${token}`);
      expect(page.status).toBeGreaterThanOrEqual(400);
      expect(page.status).toBeLessThan(500);
    }
    const never = await people.browser().get(`${gatehouse.url}/login/reset/${'x'.repeat(43)}`);
    expect([never.status, text(/<h1>(.*?)<\/h1>/.exec(never.text)?.[1])]).toEqual([
      410,
      'This link cannot be used',
    ]);
  });
});
