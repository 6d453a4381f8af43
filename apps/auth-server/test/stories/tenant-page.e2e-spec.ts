import type { Page } from '@gatehouse/tools/http-browser';
import { Gatehouse, text } from '../gatehouse';
import { LocalPeople, password } from '../local-account';
import { Organisation, person } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let people: LocalPeople;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  people = new LocalPeople(gatehouse, await gatehouse.application());
  await gatehouse.did('POST', 'tenants', { slug: 'globex', name: 'Globex' });
  await gatehouse.did('POST', 'tenants/globex/members', { email: 'boss@globex.example', role: 'owner' });
  await people.join('globex', 'ana@globex.example');
}, 60_000);

afterAll(() => gatehouse?.stop());

function address(slug: string): string {
  return `${gatehouse.url}/t/${slug}/login`;
}

function ssoButtons(page: Page): string[] {
  return page.forms.flatMap(({ buttons }) =>
    buttons.filter(({ name }) => name === 'connection').map(({ label }) => label),
  );
}

describe('the sign-in page of an organisation', () => {
  it('has a button for each connection that is on, by its label, and a password where that will do [LOG-4]', async () => {
    const made = await gatehouse.did('POST', 'tenants/acme/connections', {
      label: 'Not switched on',
      metadataXml: acme.idp.metadata(),
    });
    const page = await people.browser().get(address('acme'));
    expect(page.url).toContain('/t/acme/login');
    expect(page.text).toContain('Sign in to acme Inc.');
    expect(ssoButtons(page)).toEqual(['Sign in with SAML Company sign-in']);
    expect(page.form('password').action).toBe(address('acme'));
    await gatehouse.did('PATCH', `tenants/acme/connections/${acme.connection}`, { label: 'Acme Okta' });
    expect(ssoButtons(await people.browser().get(address('acme')))).toEqual(['Sign in with SAML Acme Okta']);
    await gatehouse.did('DELETE', `tenants/acme/connections/${text(made['id'])}`);
  });

  it('leads owners to a page of their own where single sign-on is required [LOG-4] [ENF-4]', async () => {
    await people.setPolicy('acme', { sso: 'required' });
    const browser = people.browser();
    const page = await browser.get(address('acme'));
    expect(page.forms.flatMap(({ fields }) => Object.keys(fields))).not.toContain('password');
    expect(page.text).toContain('Owner access');
    const owners = await browser.follow('/t/acme/login/owner');
    expect(owners.form('password').action).toBe(`${address('acme')}/owner`);
    const atOnce = await people.browser().get(`${address('acme')}/owner`);
    expect(atOnce.form('password').action).toBe(`${address('acme')}/owner`);
    await people.setPolicy('acme', { sso: 'optional' });
  });

  it('has no button where single sign-on is off, or not part of what the organisation uses [TEN-9] [ENF-1]', async () => {
    await people.setPolicy('acme', { sso: 'off' });
    const off = await people.browser().get(address('acme'));
    expect([ssoButtons(off), off.text.includes('type="password"')]).toEqual([[], true]);
    await people.setPolicy('acme', { sso: 'required' });
    await gatehouse.did('PATCH', 'tenants/acme', { ssoEntitled: false });
    const without = await people.browser().get(address('acme'));
    expect([ssoButtons(without), without.text.includes('type="password"')]).toEqual([[], true]);
    await gatehouse.did('PATCH', 'tenants/acme', { ssoEntitled: true });
    await people.setPolicy('acme', { sso: 'optional' });
  });

  it('signs in to the application that waits, by the button [LOG-4]', async () => {
    const begun = await people.begin();
    await begun.browser.get(address('acme'));
    const left = await begun.browser.press('Sign in with SAML');
    const question = acme.idp.readRedirect(text(left.location));
    const page = await acme.answer({ browser: begun.browser, question }, person('ben@acme.example'));
    expect((await people.finish(begun, page)).tenant).toMatchObject({ slug: 'acme' });
  });

  it('signs in to the account of the person where no application waits [LOG-4]', async () => {
    const browser = people.browser();
    const page = await browser.get(address('globex'));
    expect(page.text).toContain('Sign in to Globex');
    const account = await browser.submit(page.form('password'), { email: 'ana@globex.example', password });
    expect(new URL(account.url).pathname).toBe('/account');
    expect(account.text).toContain('ana@globex.example');
    expect(new URL((await browser.get(address('globex'))).url).pathname).toBe('/account');
  });

  it('leaves a sign-in to another organisation to that one, and begins one of its own [SES-2]', async () => {
    const begun = await people.begin({ tenant: 'globex' });
    expect(begun.page.url).toContain('/t/globex/login');
    const page = await begun.browser.get(address('acme'));
    expect(page.text).toContain('Sign in to acme Inc.');
    const again = await begun.browser.submit(page.form('password'), {
      email: 'ana@globex.example',
      password,
    });
    expect([again.status, again.text]).toEqual([403, expect.stringContaining('You do not have access')]);
  });

  it('is where an application leads that names an organisation without single sign-on [APP-2]', async () => {
    const begun = await people.begin({ tenant: 'globex' });
    const page = await begun.browser.submit(begun.page.form('password'), {
      email: 'ana@globex.example',
      password,
    });
    expect((await people.finish(begun, page)).tenant).toMatchObject({ slug: 'globex' });
  });

  it('is the way on where an identity provider let somebody down, with no way round in circles [LOG-9] [POR-3]', async () => {
    const begun = await people.begin({ tenant: 'acme' });
    const question = acme.idp.readRedirect(text(begun.page.location));
    const refused = await acme.answer({ browser: begun.browser, question }, person('kim@elsewhere.example'));
    expect(refused.text).toContain('href="/login/ways"');
    const page = await begun.browser.follow('/login/ways');
    expect(new URL(page.url).pathname).toBe('/t/acme/login');
    expect(ssoButtons(page)).toHaveLength(1);
  });

  it('tells nothing of names that nobody has [LOG-4]', async () => {
    for (const name of [
      'nobody',
      'acme%20',
      'ACME',
      '..%2Facme',
      '%2F%2Fevil.example',
      'ten-x',
      'a'.repeat(80),
    ]) {
      const page = await people.browser().get(address(name));
      expect([name, page.status]).toEqual([name, 404]);
      expect(page.text).toContain('There is no such page');
      expect(page.text).not.toMatch(/acme|globex|not_found/i);
    }
    const posted = await people.browser().post(address('nobody'), { email: 'a@b.example', password });
    expect([posted.status, posted.text]).toEqual([404, expect.stringContaining('There is no such page')]);
  });

  it('says so where the browser keeps no cookie, instead of asking for ever [LOG-10]', async () => {
    const begun = await people.begin({ tenant: 'globex' });
    const page = await people.browser().get(begun.page.url);
    expect(begun.page.url).toContain('interaction=');
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('cookies_blocked')]);
  });

  it('speaks the language that was chosen on it, and so does every page after it [POR-2]', async () => {
    const browser = people.browser({ 'accept-language': 'en' });
    await browser.get(address('globex'));
    const french = await browser.follow('?lang=fr');
    expect(french.text).toContain('<html lang="fr">');
    expect(french.text).toContain('Se connecter à Globex');
    expect((await browser.get(`${gatehouse.url}/login/reset`)).text).toContain('<html lang="fr">');
    expect((await browser.get(`${gatehouse.url}/t/nobody/login`)).text).toContain('<html lang="fr">');
    expect((await browser.get(`${gatehouse.url}/login/reset?lang=%22%3E%3Cscript%3E`)).text).not.toContain(
      '<script>',
    );
  });
});
