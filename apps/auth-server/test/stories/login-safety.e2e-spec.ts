import { Gatehouse, text } from '../gatehouse';
import { LocalPeople, password, secretOn, totpCode } from '../local-account';
import { Organisation } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let people: LocalPeople;
const email = 'ana@globex.example';
const evil = 'https://evil.example/';

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  people = new LocalPeople(gatehouse, await gatehouse.application());
  await gatehouse.did('POST', 'tenants', { slug: 'globex', name: 'Globex' });
  await gatehouse.did('POST', 'tenants/globex/members', { email: 'boss@globex.example', role: 'owner' });
  await people.join('globex', email);
}, 60_000);

afterAll(() => gatehouse?.stop());

/** Every form of signing in, with what would be right to send. */
function forms(): [string, Record<string, string>][] {
  const credentials = { email, password };
  return [
    ['/login', { email }],
    ['/login/password', credentials],
    ['/login/sso', { connection: acme.connection }],
    ['/login/passkey', { response: '{}' }],
    ['/login/passkey/options', {}],
    ['/login/second-factor', { by: 'totp', code: '123456' }],
    ['/login/second-factor/passkey-options', {}],
    ['/login/second-factor/set-up', { code: '123456' }],
    ['/login/tenant', { tenant: 'ten_01kbkrrt000000000000000001' }],
    ['/login/reset', { email }],
    ['/login/reset/password', { token: 'x', password }],
    ['/t/globex/login', credentials],
    ['/t/globex/login/owner', credentials],
  ];
}

async function resetToken(): Promise<string> {
  const browser = people.browser();
  await browser.post(`${gatehouse.url}/login/reset`, { email });
  return (await people.post.linkTo(email)).split('/').at(-1) ?? '';
}

describe('the forms of signing in', () => {
  it('are refused when another site sends them, whatever browser sends them there [SEC-2]', async () => {
    const { browser } = await people.begin();
    const [before, mails] = [await gatehouse.audit('globex'), await people.post.to(email)];
    for (const [path, fields] of forms()) {
      const page = await browser.post(`${gatehouse.url}${path}`, fields, evil);
      expect([path, page.status]).toEqual([path, 403]);
      expect(page.text).toContain('flow_other_browser');
      const old = people.browser({ origin: 'https://evil.example', 'sec-fetch-site': 'none' });
      expect([path, (await old.post(`${gatehouse.url}${path}`, fields)).status]).toEqual([path, 403]);
    }
    expect(await gatehouse.audit('globex')).toEqual(before);
    expect(await people.post.to(email)).toEqual(mails);
  });

  it('lead nowhere but to us, the application and the identity provider [SEC-2]', async () => {
    const bait = `?return=${evil}&redirect_uri=${evil}&next=//evil.example&url=${evil}&lang=${evil}`;
    for (const path of [
      '/login',
      '/login/ways',
      '/login/password',
      '/login/second-factor',
      '/login/reset',
      '/t/globex/login',
      '/t/globex/login/owner',
    ]) {
      const { browser } = await people.begin();
      const page = await browser.get(`${gatehouse.url}${path}${bait}`);
      const left = browser.history.flatMap(({ location }) => location ?? []);
      for (const location of left) expect(new URL(location, gatehouse.url).origin).toBe(gatehouse.url);
      const targets = [...page.text.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(
        ([, target = '']) => target,
      );
      for (const target of targets)
        expect([path, target]).toEqual([path, expect.stringMatching(/^(?:\/(?!\/)|\?|#)/)]);
    }
    const { browser, page } = await people.begin();
    const asked = await browser.submit(page.form('email'), { email, way: 'password' });
    const done = await browser.submit(asked.form('password'), { email, password, return: evil, next: evil });
    expect(text(done.location)).toContain(people.application.redirectUri);
  });

  it('cannot be framed, run no script but ours, and are kept by no cache [SEC-2]', async () => {
    const { browser } = await people.begin();
    for (const path of [
      '/login',
      '/login/password',
      '/login/second-factor',
      '/login/reset',
      '/login/reset/x',
      '/t/globex/login',
      '/t/nobody/login',
    ]) {
      const { headers, text: markup } = await browser.get(`${gatehouse.url}${path}`);
      expect([path, headers['x-frame-options']]).toEqual([path, 'DENY']);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).not.toContain('unsafe');
      expect([path, headers['cache-control'], headers['referrer-policy']]).toEqual([
        path,
        'no-store',
        'no-referrer',
      ]);
      expect(markup).not.toMatch(/<script(?![^>]*src="\/assets\/)|\son\w+="|style="/);
    }
  });

  it('take a sign-in for the one that it was begun for, and for no other [SEC-2] [LOG-6]', async () => {
    await people.setPolicy('globex', { secondFactor: 'required' });
    const first = await people.begin();
    const page = await people.typePassword(first, email);
    const second = await people.begin({}, first.browser);
    const moved = await first.browser.submit(page.form('code'), { code: totpCode(secretOn(page)) });
    expect([moved.status, moved.text]).toEqual([400, expect.stringContaining('flow_expired')]);
    const anew = await people.typePassword(second, email);
    const thief = people.browser();
    const stolen = await thief.post(`${gatehouse.url}/login/second-factor/set-up`, {
      code: totpCode(secretOn(anew)),
    });
    expect([stolen.status, stolen.text]).toEqual([400, expect.stringContaining('flow_expired')]);
    await people.setPolicy('globex', { secondFactor: 'if-enrolled' });
  });

  it('offer another language only where that is the same page again [POR-2]', async () => {
    for (const [path, fields] of forms()) {
      const { browser } = await people.begin();
      const page = await browser.post(
        `${gatehouse.url}${path}`,
        fields['token'] === undefined
          ? { ...fields, password: 'x' }
          : { token: await resetToken(), password: 'x' },
      );
      if (page.status === 303 || !page.text.includes('class="languages"')) continue;
      const german = await browser.get(`${gatehouse.url}${path}?lang=de`);
      expect([path, german.status, german.text.includes('<html lang="de">')]).toEqual([path, 200, true]);
    }
  });

  it('answer what no page of ours sends with a page, never with a fault of ours [SEC-2]', async () => {
    const { browser } = await people.begin();
    const odd = [
      '',
      'a'.repeat(5000),
      '\u0000',
      '\ud800',
      '<script>alert(1)</script>',
      '{"a":1}',
      '../../etc',
    ];
    for (const [path, fields] of forms())
      for (const value of odd) {
        const bent = Object.fromEntries(Object.keys(fields).map((name) => [name, value]));
        const page = await browser.post(`${gatehouse.url}${path}`, bent);
        expect([path, value.slice(0, 20), page.status < 500]).toEqual([path, value.slice(0, 20), true]);
        expect(page.text).not.toContain('<script>alert');
        const empty = await browser.post(`${gatehouse.url}${path}`, {});
        expect([path, empty.status < 500]).toEqual([path, true]);
      }
  }, 60_000);
});
