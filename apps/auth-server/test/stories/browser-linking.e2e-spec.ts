import { connectionId, LinkRequests, memberId, tenantId } from '@gatehouse/core';
import { accessibilityProblems, launchChromium, whyNoChromium } from '@gatehouse/tools/browser';
import { idpApp, SamlIdp } from '@gatehouse/tools/saml-idp';
import { openDoor, type Door } from '../door';
import { Gatehouse, text } from '../gatehouse';
import { Organisation } from '../organisation';
import { picture } from '../picture';
import { PostOffice } from '../post-office';

type Chromium = Awaited<ReturnType<typeof launchChromium>>;
type Tab = Awaited<ReturnType<Chromium['newPage']>>;

const reason = whyNoChromium();
if (reason !== undefined) process.stderr.write(`SKIPPED: ${reason}\n`);
const describeWithChromium = reason === undefined ? describe : describe.skip;
const email = 'ana@acme.example';
const wide = { width: 800, height: 700 };
// At the company Ana goes by another address than the one that her account has.
const people = ['owner@acme.example', 'ana.almeida@acme.example'].map((address) => ({
  ...{ nameId: address, email: address, firstName: 'Ana', lastName: 'Almeida', groups: [] },
}));

describeWithChromium(`Linking an account, in a browser${reason ? ` (${reason})` : ''}`, () => {
  let gatehouse: Gatehouse;
  let chromium: Chromium;
  let idpDoor: Door;
  let post: PostOffice;
  let tab: Tab;

  beforeAll(async () => {
    idpDoor = await openDoor('127.0.0.1');
    [gatehouse, chromium] = await Promise.all([Gatehouse.start(), launchChromium()]);
    post = new PostOffice(gatehouse);
    const acme = new Organisation(gatehouse, 'acme');
    await acme.register();
    await acme.verifyDomain();
    await ask(await connect());
    tab = await chromium.newPage({ viewport: wide, bypassCSP: true });
  }, 60_000);

  afterAll(async () => {
    await chromium?.close();
    await gatehouse?.stop();
    idpDoor?.server.close().closeAllConnections();
  });

  async function connect(): Promise<string> {
    const idp = new SamlIdp({ entityId: `${idpDoor.url}/metadata`, ssoUrl: `${idpDoor.url}/sso` });
    idpDoor.server.on('request', idpApp({ idp, people, port: 0 }));
    const made = { label: 'Acme Okta', metadataXml: idp.metadata() };
    const id = text((await gatehouse.did('POST', 'tenants/acme/connections', made))['id']);
    const page = await chromium.newPage();
    await page.goto(text((await gatehouse.did('POST', `tenants/acme/connections/${id}/tests`))['startUrl']));
    await page.getByRole('button', { name: 'owner@acme.example' }).click();
    await page.getByRole('heading', { name: 'The test passed' }).waitFor();
    await page.close();
    await gatehouse.did('POST', `tenants/acme/connections/${id}/enable`);
    return id;
  }

  async function ask(connection: string): Promise<void> {
    const { id: tenant } = await gatehouse.did('GET', 'tenants/acme');
    const { id: member } = await gatehouse.did('POST', 'tenants/acme/members', { email });
    const [of, whom] = [tenantId.parse(tenant), memberId.parse(member)];
    await gatehouse.app.get(LinkRequests).ask(of, whom, connectionId.parse(connection));
  }

  /** As it looks by day, by night and on a telephone; none of the three has a barrier. */
  async function pictures(name: string): Promise<void> {
    await picture(tab, `${name}.png`);
    await tab.emulateMedia({ colorScheme: 'dark' });
    await picture(tab, `${name}-dark.png`);
    expect(await accessibilityProblems(tab)).toEqual([]);
    await tab.emulateMedia({ colorScheme: 'light' });
    await tab.setViewportSize({ width: 320, height: 640 });
    await picture(tab, `${name}-narrow.png`);
    expect(await tab.evaluate('document.documentElement.scrollWidth')).toBe(320);
    await tab.setViewportSize(wide);
  }

  it('begins with a mail, and leads to the code that another address needs [LNK-3] [LNK-5] [POR-2]', async () => {
    await tab.goto(await post.linkTo(email));
    await tab.getByRole('heading', { name: 'Connect your account' }).waitFor();
    await pictures('link-mailed');
    await tab.getByRole('button', { name: 'Continue and sign in' }).click();
    await tab.getByRole('button', { name: 'ana.almeida@acme.example' }).click();
    await tab.getByRole('heading', { name: 'Type the code from your mail' }).waitFor();
    await tab.getByText('Acme Okta signed you in as ana.almeida@acme.example').waitFor();
    await pictures('link-code');
  }, 60_000);

  it('says next to the field that a code is wrong, and takes the right one by the keyboard alone [LNK-5] [POR-2]', async () => {
    await tab.keyboard.type('0000 0000');
    await tab.keyboard.press('Enter');
    await tab.getByRole('heading', { name: 'Something needs' }).or(tab.getByRole('alert')).first().waitFor();
    expect(await tab.getByLabel('Code').getAttribute('aria-invalid')).toBe('true');
    await pictures('link-code-wrong');
    const code = /\b\d{4} \d{4}\b/.exec((await post.to(email)).at(-1)?.text ?? '')?.[0] ?? '';
    await tab.getByLabel('Code').fill(code);
    await tab.keyboard.press('Enter');
    await tab.getByRole('heading', { name: 'Your account is connected' }).waitFor();
    await pictures('link-done');
  }, 60_000);

  it('ends in an ordinary sign-in by the identity provider, which lists the link [LNK-1] [LNK-3]', async () => {
    await tab.getByRole('link', { name: 'Sign in to your account' }).click();
    await tab.getByRole('button', { name: 'ana.almeida@acme.example' }).click();
    await tab.getByRole('heading', { name: 'Your account' }).waitFor();
    // Its address follows the company's from now on (LNK-11).
    await tab.getByText('ana.almeida@acme.example').first().waitFor();
    await tab.getByRole('link', { name: 'Single sign-on' }).click();
    await tab.getByText('Acme Okta of acme Inc.').waitFor();
    await pictures('account-connections');
  }, 60_000);
});
