import type { HttpBrowser, Page } from '@gatehouse/tools/http-browser';
import { Gatehouse } from '../gatehouse';
import { LocalPeople, password, secretOn, totpCode } from '../local-account';

let gatehouse: Gatehouse;
let people: LocalPeople;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  people = new LocalPeople(gatehouse, await gatehouse.application());
  await gatehouse.did('POST', 'tenants', { slug: 'acme', name: 'Acme' });
}, 60_000);

afterAll(() => gatehouse?.stop());

/** Signs in for the account pages by e-mail and password; the second factor is the caller's affair. */
async function openAccount(email: string, path = '/account/security'): Promise<[HttpBrowser, Page]> {
  const browser = people.browser();
  const asked = await browser.get(`${gatehouse.url}${path}`);
  const typed = await browser.submit(asked.form('email'), { email, way: 'password' });
  return [browser, await browser.submit(typed.form('password'), { email, password })];
}

/** Up to the page that is shown then. */
async function setAppUp(browser: HttpBrowser): Promise<string> {
  const secret = secretOn(await browser.press('Set up an authenticator app'));
  const { url } = browser.page;
  const wrong = await browser.submit(browser.page.form('code'), { code: '000000' });
  expect([wrong.status, wrong.text.includes(secret)]).toEqual([422, false]);
  const done = await browser.submit(browser.page.form('code'), { code: totpCode(secret) });
  expect(done.text.match(/<code>/g)).toHaveLength(10);
  expect((await browser.follow(goOn(done))).text).toContain('Your authenticator app is set up.');
  expect((await browser.get(`${url}?lang=en`)).text).toContain('<h1>Sign-in and security</h1>');
  return secret;
}

/** Where the page of the recovery codes leads. */
function goOn({ text: markup }: Page): string {
  return /class="button" href="([^"]+)"/.exec(markup)?.[1] ?? '';
}

describe('what a person signs in with', () => {
  it('is changed by the person, which ends every other session and is told by mail [LOG-5]', async () => {
    const email = 'pat@acme.example';
    await people.join('acme', email);
    const [elsewhere] = await openAccount(email, '/account');
    const [browser] = await openAccount(email);
    const form = browser.page.form('current');
    const wrong = await browser.submit(form, { current: 'not this one at all', next: 'another goose sings' });
    expect(wrong.text).toMatch(/role="alert">[^<]*not your current password/);
    const done = await browser.submit(form, { current: password, next: 'another goose sings' });
    expect(done.text).toContain('every other session of yours has ended');
    expect((await elsewhere.get(`${gatehouse.url}/account`)).url).toContain('/login');
    const subjects = (await people.post.to(email)).map(({ subject }) => subject);
    expect(subjects.at(-1)).toMatch(/password/i);
  });

  it('gets an authenticator app, asked for at the next sign-in, and recovery codes [LOG-5] [LOG-6]', async () => {
    const email = 'tom@acme.example';
    await people.join('acme', email);
    const [browser] = await openAccount(email);
    const secret = await setAppUp(browser);
    const [next, asked] = await openAccount(email);
    expect(asked.url).toContain('/login/second-factor');
    const security = await next.submit(asked.form('code'), { code: totpCode(secret, 1) });
    expect(security.text).toContain('It is set up.');
    const codes = await next.press('Make ten new codes');
    const [code = ''] = /<code>([^<]+)<\/code>/.exec(codes.text)?.slice(1) ?? [];
    expect(codes.text.match(/<code>/g)).toHaveLength(10);
    const [, again] = await openAccount(email);
    expect(again.url).toContain('/login/second-factor');
    expect(code).toMatch(/^[\w-]{12,}$/);
  });

  it('asks for a password anew before a change, where somebody came by a session alone [LOG-5]', async () => {
    const email = 'kim@acme.example';
    await people.join('acme', email);
    const [first] = await openAccount(email);
    await setAppUp(first);
    // The session was opened by a password alone: since the app is there, that is not enough to take it away.
    const asked = await first.submit(
      (await first.get(`${gatehouse.url}/account/security`)).button('Remove the authenticator app').form,
    );
    expect(asked.url).toContain('/login/password');
    const security = await first.get(`${gatehouse.url}/account/security`);
    expect(security.text).toContain('It is set up.');
  });

  it('is changed by no form of another site [SEC-2]', async () => {
    const email = 'sue@acme.example';
    await people.join('acme', email);
    const [browser] = await openAccount(email);
    const fields = { current: password, next: 'another goose sings' };
    for (const path of ['security/password', 'security/app/remove', 'sessions/end-others', 'drill'])
      expect(
        (await browser.post(`${gatehouse.url}/account/${path}`, fields, 'https://evil.example/')).status,
      ).toBe(403);
  });
});

describe('sessions of one’s own', () => {
  it('are listed with browser and organisation, and ended one by one or all others [SES-3]', async () => {
    const email = 'liz@acme.example';
    await people.join('acme', email);
    const [phone] = await openAccount(email, '/account');
    const [tablet] = await openAccount(email, '/account');
    const [browser, listed] = await openAccount(email, '/account/sessions');
    expect(listed.text.match(/Acme, password/g)).toHaveLength(3);
    expect(listed.text).toContain('this browser');
    const one = await browser.press('End this session');
    expect(one.text).toContain('The session has ended.');
    expect(one.text.match(/Acme, password/g)).toHaveLength(2);
    await browser.press('End all other sessions');
    for (const other of [phone, tablet])
      expect((await other.get(`${gatehouse.url}/account`)).url).toContain('/login');
    expect((await browser.get(`${gatehouse.url}/account`)).url).toBe(`${gatehouse.url}/account`);
  });

  it('are nobody else’s to end [SES-3] [SEC-3]', async () => {
    for (const email of ['ada@acme.example', 'eve@acme.example']) await people.join('acme', email);
    const [ada] = await openAccount('ada@acme.example', '/account/sessions');
    const [eve] = await openAccount('eve@acme.example', '/account/sessions');
    const { items } = await gatehouse.did('GET', 'tenants/acme/sessions?limit=200');
    expect(JSON.stringify(items)).toContain('ada@acme.example');
    const ids = JSON.stringify(items).match(/ses_\w{26}/g) ?? [];
    for (const id of ids) await eve.post(`${gatehouse.url}/account/sessions/${id}/end`, {});
    expect((await ada.get(`${gatehouse.url}/account`)).text).toContain('ada@acme.example');
  });
});

describe('the test of the emergency access', () => {
  it('is passed by password and second factor, at any time, and opens no session [ENF-12]', async () => {
    const email = 'owner@acme.example';
    await people.join('acme', email, 'owner');
    const [browser] = await openAccount(email);
    const secret = await setAppUp(browser);
    await browser.get(`${gatehouse.url}/account/drill`);
    const wrong = await browser.submit(browser.page.form('password'), { password: 'not this one at all' });
    expect(wrong.status).toBe(403);
    const asked = await browser.submit(browser.page.form('password'), { password });
    expect(asked.text).toContain('<a href="/account/drill">Start over</a>');
    const passed = await browser.submit(asked.form('code'), { code: totpCode(secret, 1) });
    expect(passed.text).toContain('Your emergency access works.');
    const audit = (await gatehouse.audit('acme')).map(({ type }) => type);
    expect(audit).toEqual(expect.arrayContaining(['break_glass.drill_started', 'break_glass.drill_passed']));
    expect(audit).not.toContain('break_glass.used');
  });

  it('sets a second factor up on the way, with recovery codes, and is not for those who keep no way in [ENF-12]', async () => {
    const email = 'second-owner@acme.example';
    await people.join('acme', email, 'owner');
    const [browser] = await openAccount(email, '/account/drill');
    const setUp = await browser.submit(browser.page.form('password'), { password });
    const codes = await browser.submit(setUp.form('code'), { code: totpCode(secretOn(setUp)) });
    expect(codes.text.match(/<code>/g)).toHaveLength(10);
    expect((await browser.follow(goOn(codes))).text).toContain('Your emergency access works.');

    await people.join('acme', 'no-owner@acme.example');
    const [, led] = await openAccount('no-owner@acme.example', '/account/drill');
    expect(led.url).toBe(`${gatehouse.url}/account/security`);
    expect(led.text).not.toContain('Test emergency access');
  });
});
