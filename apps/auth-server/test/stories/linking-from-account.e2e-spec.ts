import type { HttpBrowser } from '@gatehouse/tools/http-browser';
import { Gatehouse, text } from '../gatehouse';
import { LinkDesk } from '../link-desk';
import { LocalPeople, password } from '../local-account';
import { Organisation, person } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let desk: LinkDesk;
let people: LocalPeople;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  desk = new LinkDesk(gatehouse, acme);
  people = new LocalPeople(gatehouse, await gatehouse.application());
  await people.setPassword(acme.owner);
  await gatehouse.did('POST', 'tenants', { slug: 'globex', name: 'Globex' });
}, 60_000);

afterAll(() => gatehouse?.stop());

/** At the list of what their account is connected to, signed in by their own password. */
async function atConnections(email: string): Promise<HttpBrowser> {
  const browser = acme.openBrowser();
  const way = new URLSearchParams({ tenant: 'acme', way: 'password', return: '/account/connections' });
  const asked = await browser.get(`${gatehouse.url}/account/sign-in?${way.toString()}`);
  await browser.submit(asked.form('password'), { email, password });
  return browser;
}

async function connect(browser: HttpBrowser, who = person(acme.owner)) {
  const page = await browser.press('Connect with Company sign-in of acme Inc.');
  return desk.answer(browser, page, who);
}

describe('connecting from the account page', () => {
  it('links an owner who is signed in by a password, to an identity of the same address, at once [LNK-3] [LNK-5]', async () => {
    const browser = await atConnections(acme.owner);
    expect(browser.page.text).toContain('not connected to any sign-in yet');
    const done = await connect(browser);
    expect(done.text).toContain('Your account is connected');
    await expect(desk.linkedTo(acme.owner)).resolves.toBe(acme.owner);
    const codes = (await desk.post.to(acme.owner)).filter(({ text: body }) => /\d{4} \d{4}/.test(body));
    expect(codes).toEqual([]);
    const [linked] = (await gatehouse.audit('acme')).filter(({ type }) => type === 'member.linked');
    expect(linked).toMatchObject({ data: { cause: 'account', provenBy: 'session' } });
    const again = await atConnections(acme.owner);
    expect(again.page.text).toContain('Company sign-in of acme Inc.');
    expect(again.page.text).toContain('Connected since');
  });

  it('asks whether both belong together where the addresses differ, and links nothing before [LNK-5]', async () => {
    const email = 'olga@acme.example';
    await people.join('acme', email, 'owner');
    const browser = await atConnections(email);
    const page = await connect(browser, person('olga.private@acme.example'));
    expect(page.text).toContain('signed you in as olga.private@acme.example');
    expect(page.text).toContain(`You are signed in here as ${email}`);
    await expect(desk.linkedTo('olga.private@acme.example')).resolves.toBeUndefined();
    const done = await browser.press('Connect the account');
    expect(done.text).toContain('Your account is connected');
    await expect(desk.linkedTo('olga.private@acme.example')).resolves.toBe(email);
  });

  it('is confirmed by nobody who is not signed in as that very person by then [LNK-5]', async () => {
    const [email, other] = ['otto@acme.example', 'oskar@acme.example'];
    for (const each of [email, other]) await people.join('acme', each, 'owner');
    const browser = await atConnections(email);
    await connect(browser, person('otto.else@acme.example'));
    const { action } = browser.page.form();
    await browser.get(`${gatehouse.url}/account/sessions`);
    const way = new URLSearchParams({ tenant: 'acme', way: 'password' });
    await desk.change(`UPDATE sessions SET ended_at = now() WHERE ended_at IS NULL`, []);
    const asked = await browser.get(`${gatehouse.url}/account/sign-in?${way.toString()}`);
    await browser.submit(asked.form('password'), { email: other, password });
    const refused = await browser.post(action, {});
    expect(refused.status).toBe(403);
    expect((await browser.get(action.replace('/session', ''))).url).toContain('/login/password');
    await expect(desk.linkedTo('otto.else@acme.example')).resolves.toBeUndefined();
  });

  it('wants the password once more where it was shown more than ten minutes ago [LNK-5]', async () => {
    const email = 'opal@acme.example';
    await people.join('acme', email, 'owner');
    const browser = await atConnections(email);
    const stale = `UPDATE sessions SET authenticated_at = authenticated_at - interval '11 minutes' WHERE ended_at IS NULL`;
    await desk.change(stale, []);
    const page = await browser.press('Connect with Company sign-in of acme Inc.');
    expect(page.url).toContain('/login/password');
  });

  it('asks for the password again, not for nothing, where it took too long at the identity provider [LNK-5]', async () => {
    const email = 'orla@acme.example';
    await people.join('acme', email, 'owner');
    const browser = await atConnections(email);
    const page = await browser.press('Connect with Company sign-in of acme Inc.');
    const stale = `UPDATE sessions SET authenticated_at = authenticated_at - interval '11 minutes' WHERE ended_at IS NULL`;
    await desk.change(stale, []);
    const question = await desk.answer(browser, page, person(email));
    expect(question.text).toContain('Connect this account?');
    await expect(desk.linkedTo(email)).resolves.toBeUndefined();
    const asked = await browser.press('Connect the account');
    expect(asked.url).toContain('/login/password');
    const back = await browser.submit(asked.form('password'), { email, password });
    expect(back.text).toContain('Connect this account?');
    await browser.press('Connect the account');
    await expect(desk.linkedTo(email)).resolves.toBe(email);
  });

  it('is offered to nobody whom an identity provider alone vouches for, and for no connection of strangers [LNK-5] [SEC-3]', async () => {
    const asked = await acme.arriveAtIdp(`${gatehouse.url}/account/sign-in?tenant=acme`);
    await acme.answer(asked, person('new@acme.example'));
    const connectAt = `${gatehouse.url}/account/connections/connect`;
    const stale = await asked.browser.post(connectAt, { connection: acme.connection });
    expect(stale.url).toContain('/login/password');
    const email = 'gina@globex.example';
    await people.join('globex', email, 'owner');
    const browser = people.browser();
    const page = await browser.get(`${gatehouse.url}/account/sign-in?tenant=globex`);
    await browser.submit(page.form('password'), { email, password });
    const shown = await browser.get(`${gatehouse.url}/account/connections`);
    expect(shown.text).not.toContain('acme');
    for (const connection of [acme.connection, 'conn_01kbkrrt000000000000000001', 'x']) {
      const refused = await browser.post(connectAt, { connection });
      expect([refused.status, refused.location]).toEqual([404, undefined]);
    }
  });

  it('shows who came by an organisation what concerns that one, and no other [SEC-3] [SES-2]', async () => {
    const email = 'both@acme.example';
    const asked = await acme.arriveAtIdp(`${gatehouse.url}/account/sign-in?tenant=acme`);
    await acme.answer(asked, person(email));
    await gatehouse.did('POST', 'tenants/globex/members', { email });
    const page = await asked.browser.get(`${gatehouse.url}/account/connections`);
    expect(page.text).toContain('Connected since');
    expect(page.text).toContain('Only what concerns acme Inc. is shown here');
    const proof = await asked.browser.press('Show them with my password or passkey');
    expect(text(proof.url)).toContain('/login/password');
  });
});
