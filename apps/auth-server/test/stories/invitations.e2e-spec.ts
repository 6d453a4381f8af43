import { HttpBrowser } from '@gatehouse/tools/http-browser';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { Organisation, person } from '../organisation';
import { PostOffice } from '../post-office';

let gatehouse: Gatehouse;
let acme: Organisation;
let post: PostOffice;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  post = new PostOffice(gatehouse);
  acme = await Organisation.setUp(gatehouse, 'acme');
}, 60_000);

afterAll(() => gatehouse?.stop());

function aBrowser(): HttpBrowser {
  return new HttpBrowser({ follow: (next) => next.startsWith(gatehouse.url) });
}

async function invite(email: string, given: object = {}): Promise<string> {
  await gatehouse.did('POST', 'tenants/acme/invitations', { email, role: 'member', ...given });
  return post.linkTo(email);
}

async function memberOf(email: string) {
  const { items } = await gatehouse.did('GET', 'tenants/acme/members?limit=200');
  return asArray(items)
    .map(asRecord)
    .find((each) => each['email'] === email);
}

const password = 'a goose sings at the gate';

describe('an invitation', () => {
  it('makes somebody of any domain a member, by the mailbox and a password [TEN-5]', async () => {
    const browser = aBrowser();
    const shown = await browser.get(await invite('guest@elsewhere.example', { role: 'viewer' }));
    expect(shown.text).toContain('acme Inc. invites guest@elsewhere.example');
    await browser.press('Continue');
    const joined = await browser.press('Join', { name: 'Gus Guest', password });
    expect(joined.text).toContain('You belong to acme Inc. now.');
    await expect(memberOf('guest@elsewhere.example')).resolves.toMatchObject({ role: 'viewer' });
  });

  it('changes nothing by being opened, however often a scanner of mails does [TEN-5]', async () => {
    const link = await invite('scanned@elsewhere.example');
    for (let round = 0; round < 3; round++) expect((await aBrowser().get(link)).status).toBe(200);
    await expect(memberOf('scanned@elsewhere.example')).resolves.toBeUndefined();
    expect((await aBrowser().get(link)).headers['referrer-policy']).toBe('no-referrer');
  });

  it('goes on in the browser alone that opened it, once, and with a password that is good [TEN-5]', async () => {
    const link = await invite('once@elsewhere.example');
    const browser = aBrowser();
    await browser.get(link);
    const form = (await browser.press('Continue')).form('password');
    expect((await aBrowser().get(`${browser.page.url}?lang=de`)).text).toContain(
      '<h1>acme Inc. beitreten</h1>',
    );
    const weak = await browser.submit(form, { name: 'On Ce', password: 'password1234' });
    expect(weak.status).toBe(422);
    expect(weak.form('password').fields['name']).toBe('On Ce');
    const thief = aBrowser();
    await thief.get(link);
    expect((await thief.press('Continue')).status).toBe(403);
    expect((await thief.post(form.action, { password, name: 'Thief' })).status).toBe(403);
    expect((await browser.submit(form, { name: 'On Ce', password })).text).toContain('You belong to');
    const again = await browser.get(link);
    expect([again.status, again.text]).toEqual([410, expect.stringContaining('It was used already.')]);
  });

  it('says of a link that was taken back or never was what to do [TEN-5]', async () => {
    const link = await invite('revoked@elsewhere.example');
    const { items } = await gatehouse.did('GET', 'tenants/acme/invitations');
    const open = asArray(items).map(asRecord);
    const { id } = open.find((each) => each['email'] === 'revoked@elsewhere.example') ?? {};
    await gatehouse.did('POST', `tenants/acme/invitations/${text(id)}/revoke`);
    expect((await aBrowser().get(link)).text).toContain('It was withdrawn.');
    const never = await aBrowser().get(`${gatehouse.url}/invitations/${'x'.repeat(43)}`);
    expect([never.status, never.text]).toEqual([
      404,
      expect.stringContaining('There is no such invitation.'),
    ]);
  });

  it('leads people of the organisation through its own sign-in, which makes the member [TEN-5] [ENF-7]', async () => {
    const email = 'nora@acme.example';
    const browser = aBrowser();
    await browser.get(await invite(email, { role: 'admin' }));
    const step = await browser.press('Continue');
    expect(step.text).toContain('acme Inc. signs its people in itself.');
    expect(step.text).not.toContain('type="password"');
    const leave = await browser.follow('/account/sign-in?tenant=acme');
    const question = acme.idp.readRedirect(text(leave.location));
    const account = await acme.answer({ browser, question }, person(email));
    expect(account.text).toMatch(/nora@acme\.example.*admin/s);
    await expect(memberOf(email)).resolves.toMatchObject({ role: 'admin', sso: 'sso' });
  });

  it('lets somebody who has an account join with it, without a second password [TEN-1] [TEN-5]', async () => {
    const email = 'guest@elsewhere.example';
    await gatehouse.did('POST', 'tenants', { slug: 'globex', name: 'Globex' });
    await gatehouse.did('POST', 'tenants/globex/members', { email: 'o@globex.example', role: 'owner' });
    await gatehouse.did('POST', 'tenants/globex/invitations', { email, role: 'member' });
    const browser = aBrowser();
    await browser.get(await post.linkTo(email));
    const step = await browser.press('Continue');
    expect(step.text).not.toContain('type="password"');
    expect((await browser.press(`Join as ${email}`)).text).toContain('You belong to Globex now.');
  });

  it('sends forms of no other site [SEC-2]', async () => {
    const link = await invite('forged@elsewhere.example');
    const browser = aBrowser();
    await browser.get(link);
    expect((await browser.post(`${link}/open`, {}, 'https://evil.example/')).status).toBe(403);
  });
});
