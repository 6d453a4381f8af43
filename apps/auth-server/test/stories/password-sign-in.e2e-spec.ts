import { Gatehouse, text } from '../gatehouse';
import { LocalPeople, password, secretOn, totpCode } from '../local-account';
import { Organisation } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let people: LocalPeople;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  people = new LocalPeople(gatehouse, await gatehouse.application());
  for (const [slug, name] of [
    ['globex', 'Globex'],
    ['initech', 'Initech'],
  ]) {
    await gatehouse.did('POST', 'tenants', { slug, name });
    await gatehouse.did('POST', `tenants/${slug}/members`, { email: `boss@${slug}.example`, role: 'owner' });
  }
}, 60_000);

afterAll(() => gatehouse?.stop());

/** The page with what differs by design taken out: the address that was typed, and the sign-in that waits. */
function without(email: string, markup: string): string {
  return markup.replaceAll(email, 'ADDRESS').replaceAll(/interaction=[\w-]+/g, '');
}

describe('a sign-in by password', () => {
  it('ends at the application, which knows by what [LOG-5] [APP-2]', async () => {
    await people.join('globex', 'Ana@globex.example');
    const begun = await people.begin();
    const asked = await begun.browser.submit(begun.page.form('email'), { email: 'ana@globex.example' });
    expect(asked.form('password').fields['email']).toBe('ana@globex.example');
    const page = await begun.browser.submit(asked.form('password'), { password });
    const { profile, tenant, session } = await people.finish(begun, page);
    expect(profile.email).toBe('Ana@globex.example');
    expect(tenant).toMatchObject({ slug: 'globex' });
    expect(session).toMatchObject({ via: 'password', user: { role: 'member' } });
    const [newest] = await gatehouse.audit('globex');
    expect(newest).toMatchObject({
      type: 'sign_in.succeeded',
      data: { via: 'password', rule: 'sso-not-in-effect' },
    });
  });

  it('takes the address in any case, and no other for it [LOG-5]', async () => {
    await people.join('globex', 'cleo@globex.example');
    const loud = await people.begin();
    const page = await people.typePassword(loud, 'CLEO@GLOBEX.EXAMPLE');
    expect((await people.finish(loud, page)).profile.email).toBe('cleo@globex.example');
    for (const email of ['cleo+x@globex.example', 'cleo@globex.example.', 'cleo@sub.globex.example']) {
      const other = await people.typePassword(await people.begin(), email);
      expect([email, other.status]).toEqual([email, 403]);
    }
  });

  it('says the same of an unknown account, of one without a password and of a wrong one [LOG-3] [LOG-5]', async () => {
    await people.join('globex', 'dora@globex.example');
    await gatehouse.did('POST', 'tenants/globex/members', { email: 'none@globex.example', role: 'member' });
    const tried = ['dora@globex.example', 'none@globex.example', 'nobody@globex.example'];
    const pages = [];
    for (const email of tried) {
      const page = await people.typePassword(await people.begin(), email, 'a wrong password indeed');
      pages.push([page.status, without(email, page.text)]);
    }
    expect(pages[0]?.[0]).toBe(403);
    expect(pages[0]?.[1]).toContain('E-mail address or password is not right.');
    expect(pages[1]).toEqual(pages[0]);
    expect(pages[2]).toEqual(pages[0]);
  });

  it('slows down whoever guesses, says for how long, and keeps nobody else waiting [LOG-5] [SEC-1]', async () => {
    await people.join('globex', 'emil@globex.example');
    const begun = await people.begin();
    let page = await people.typePassword(begun, 'emil@globex.example', 'wrong wrong wrong');
    for (let round = 0; round < 4; round++)
      page = await begun.browser.submit(page.form('password'), { password: 'wrong wrong wrong' });
    expect(page.status).toBe(429);
    const seconds = Number(page.headers['retry-after']);
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(page.text).toContain(`Wait ${seconds} second`);
    await people.join('globex', 'fay@globex.example');
    const other = await people.begin();
    await expect(
      people.finish(other, await people.typePassword(other, 'fay@globex.example')),
    ).resolves.toMatchObject({
      profile: { email: 'fay@globex.example' },
    });
  });

  it('gives a new session each time, whatever cookies the browser brought [SES-6]', async () => {
    await people.join('globex', 'gus@globex.example');
    const first = await people.begin();
    await people.typePassword(first, 'gus@globex.example');
    const url = new URL(gatehouse.url);
    const cookies = () => first.browser.cookies.header(url, { method: 'GET', crossSite: false });
    const sessionOf = (header: string) => /gatehouse_issuer_session=([^;]*)/.exec(header)?.[1];
    const before = sessionOf(cookies());
    expect(before).toBeDefined();
    const { sso, redirectUri } = people.application;
    const again = await sso.signIn.start({ redirectUri, tenant: 'initech' });
    await people.join('initech', 'gus@globex.example');
    const page = await first.browser.get(again.url);
    await first.browser.submit(page.form('password'), { email: 'gus@globex.example', password });
    expect(sessionOf(cookies())).not.toBe(before);
  });

  it('asks which of several organisations is meant, and takes no other [LOG-5] [SES-2]', async () => {
    const email = 'hana@globex.example';
    await people.join('globex', email);
    await gatehouse.did('POST', 'tenants/initech/members', { email, role: 'admin' });
    const begun = await people.begin();
    const chooser = await people.typePassword(begun, email);
    expect(chooser.status).toBe(200);
    expect(chooser.text).toContain('Choose an organisation');
    const forged = chooser.form('tenant');
    const foreign = text((await gatehouse.did('GET', 'tenants/acme'))['id']);
    const refused = await begun.browser.submit(forged, { tenant: foreign });
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('You do not have access');

    const anew = await people.begin();
    await people.typePassword(anew, email);
    const page = await anew.browser.press('Initech');
    expect((await people.finish(anew, page)).tenant).toMatchObject({ slug: 'initech' });
    const named = await people.begin({ tenant: 'globex' });
    const direct = await named.browser.submit(named.page.form('password'), { email, password });
    expect((await people.finish(named, direct)).tenant).toMatchObject({ slug: 'globex' });
  });

  it('opens nothing for who belongs nowhere, and says whom to ask [LOG-9]', async () => {
    await people.join('initech', 'ivo@initech.example');
    const named = await people.begin({ tenant: 'globex' });
    const page = await named.browser.submit(named.page.form('password'), {
      email: 'ivo@initech.example',
      password,
    });
    expect(page.status).toBe(403);
    expect(page.text).toContain('You do not have access');
    const reference = /Reference\s*<code>([0-9A-Z-]+)/.exec(page.text)?.[1];
    expect(await gatehouse.audit('globex')).toContainEqual(
      expect.objectContaining({
        type: 'sign_in.refused',
        data: expect.objectContaining({ code: 'password_unavailable', reference }),
      }),
    );
  });
});

describe('a second factor', () => {
  it('is set up by who may not come in without one, with codes for the day it is lost [LOG-5] [LOG-6] [ENF-4]', async () => {
    await people.join('initech', 'kay@initech.example');
    await people.setPolicy('initech', { secondFactor: 'required' });
    const begun = await people.begin();
    const page = await people.typePassword(begun, 'kay@initech.example');
    expect(page.text).toContain('Set up a second factor');
    expect(page.text).toContain('class="qr"');
    const secret = secretOn(page);
    expect(secretOn(await begun.browser.get(page.url))).toBe(secret);
    const wrong = await begun.browser.submit(page.form('code'), { code: '000000' });
    expect([wrong.status, secretOn(wrong)]).toEqual([403, secret]);
    const shown = await begun.browser.submit(wrong.form('code'), { code: totpCode(secret) });
    const codes = [...shown.text.matchAll(/<li><code>([\w-]+)<\/code>/g)].map(([, code = '']) => code);
    expect(new Set(codes).size).toBe(10);
    const done = await begun.browser.follow(/class="button" href="([^"]+)"/.exec(shown.text)?.[1] ?? '');
    expect((await people.finish(begun, done)).session).toMatchObject({ via: 'password' });
    await asksForIt('kay@initech.example', secret, codes);
    await people.setPolicy('initech', { secondFactor: 'if-enrolled' });
  }, 30_000);

  /** From then on: a code of the app that was not used yet, or one of the recovery codes, each once. */
  async function asksForIt(email: string, secret: string, codes: readonly string[]): Promise<void> {
    const byApp = await people.begin();
    const asked = await people.typePassword(byApp, email);
    expect(asked.text).toContain('Confirm that it is you');
    expect(asked.text).toContain('autocomplete="one-time-code"');
    const used = await byApp.browser.submit(asked.form('code'), { code: totpCode(secret) });
    expect([used.status, used.text]).toEqual([403, expect.stringContaining('was used already')]);
    const page = await byApp.browser.submit(used.form('code'), { code: totpCode(secret, 1) });
    expect((await people.finish(byApp, page)).session).toMatchObject({ via: 'password' });

    const byPaper = await people.begin();
    const totp = await people.typePassword(byPaper, email);
    const paper = await byPaper.browser.follow(
      /href="([^"]*by=recovery-code[^"]*)"/.exec(totp.text)?.[1]?.replaceAll('&amp;', '&') ?? '',
    );
    const [code = ''] = codes;
    const typed = code.toUpperCase().replaceAll('-', ' ');
    const opened = await byPaper.browser.submit(paper.form('code'), { code: typed });
    await expect(people.finish(byPaper, opened)).resolves.toBeDefined();

    const again = await people.begin();
    const form = (await people.typePassword(again, email)).form('code');
    const twice = await again.browser.submit(form, { by: 'recovery-code', code });
    expect([twice.status, twice.text]).toEqual([403, expect.stringContaining('Try another one')]);
  }

  it('cannot be left out, and nothing of the page is proof [LOG-6]', async () => {
    const browser = people.browser();
    const page = await browser.get(`${gatehouse.url}/login/second-factor?by=passkey&of=totp.evil.passkey`);
    expect(page.text).toContain('name="of" value="totp.passkey"');
    const nobody = await browser.post(`${gatehouse.url}/login/second-factor`, { by: 'totp', code: '123456' });
    expect([nobody.status, nobody.text]).toEqual([400, expect.stringContaining('flow_expired')]);
    const setUp = await browser.get(`${gatehouse.url}/login/second-factor/set-up`);
    expect([setUp.status, setUp.text]).toEqual([400, expect.stringContaining('flow_expired')]);
    const tenant = text((await gatehouse.did('GET', 'tenants/globex'))['id']);
    const chosen = await browser.post(`${gatehouse.url}/login/tenant`, { tenant });
    expect([chosen.status, chosen.text]).toEqual([400, expect.stringContaining('flow_expired')]);
  });
});

describe('a password where single sign-on is required', () => {
  beforeAll(() => people.setPolicy('acme', { sso: 'required' }));
  afterAll(() => people.setPolicy('acme', { sso: 'optional' }));

  it('is refused with the button that leads on, and as a problem to programs [LOG-8] [ENF-4]', async () => {
    await people.join('acme', 'lea@acme.example');
    const begun = await people.begin();
    const page = await people.typePassword(begun, 'lea@acme.example');
    expect(page.status).toBe(403);
    expect(page.text).toContain('<h1>Your organization requires SSO</h1>');
    const left = await begun.browser.press('Sign in with SAML');
    expect(text(left.location)).toContain(acme.idp.ssoUrl);
    expect(await gatehouse.audit('acme')).toContainEqual(
      expect.objectContaining({
        type: 'sign_in.refused',
        data: expect.objectContaining({ via: 'password', code: 'sso_required' }),
      }),
    );

    const program = await people.begin({}, people.browser({ accept: 'application/json' }));
    const answer = await people.typePassword(program, 'lea@acme.example');
    expect(answer.status).toBe(403);
    expect(answer.json()).toMatchObject({
      code: 'sso_required',
      connections: [{ id: acme.connection, label: 'Company sign-in' }],
    });
  });

  it('lets an owner in with a second factor, by a page that is the same for everybody [LOG-4] [LOG-6] [ENF-4] [ENF-11]', async () => {
    await people.setPassword(acme.owner);
    const begun = await people.begin({}, people.browser());
    const tenantPage = await begun.browser.get(`${gatehouse.url}/t/acme/login`);
    expect(tenantPage.text).toContain('Sign in with SAML');
    expect(tenantPage.text).not.toContain('type="password"');
    const owners = await begun.browser.follow('/t/acme/login/owner');
    const refused = await begun.browser.submit(owners.form('password'), {
      email: 'lea@acme.example',
      password,
    });
    expect(refused.text).toContain('Your organization requires SSO');
    const page = await begun.browser.submit(owners.form('password'), { email: acme.owner, password });
    expect(page.text).toContain('Set up a second factor');
    const shown = await begun.browser.submit(page.form('code'), { code: totpCode(secretOn(page)) });
    const done = await begun.browser.follow(/class="button" href="([^"]+)"/.exec(shown.text)?.[1] ?? '');
    expect((await people.finish(begun, done)).tenant).toMatchObject({ slug: 'acme' });
    expect(await gatehouse.audit('acme')).toContainEqual(
      expect.objectContaining({
        type: 'sign_in.succeeded',
        data: expect.objectContaining({ breakGlass: true, secondFactor: 'totp' }),
      }),
    );
  }, 30_000);
});
