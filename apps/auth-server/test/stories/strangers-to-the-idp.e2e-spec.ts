import type { HttpBrowser, Page } from '@gatehouse/tools/http-browser';
import { Gatehouse } from '../gatehouse';
import { LocalPeople, password } from '../local-account';
import { Organisation } from '../organisation';

let gatehouse: Gatehouse;
let people: LocalPeople;

/** Acme requires single sign-on; who is exempt from it is nobody to its identity provider. */
beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  await Organisation.setUp(gatehouse, 'acme');
  people = new LocalPeople(gatehouse, await gatehouse.application());
  await people.setPolicy('acme', { sso: 'required' });
  await gatehouse.did('POST', 'tenants', { slug: 'globex', name: 'Globex' });
}, 60_000);

afterAll(() => gatehouse?.stop());

/** Opens the invitation, and is where the person is asked to join. */
async function openInvitation(email: string): Promise<HttpBrowser> {
  const exemption = { reason: 'Works for a partner.' };
  await gatehouse.did('POST', 'tenants/acme/invitations', { email, role: 'member', exemption });
  const browser = people.browser();
  await browser.get(await people.post.linkTo(email));
  await browser.press('Continue');
  return browser;
}

/** Follows the link with this text. */
function followLink(browser: HttpBrowser, page: Page, label: string): Promise<Page> {
  const [, address = ''] = new RegExp(`href="([^"]+)"\\s*>${label}<`).exec(page.text) ?? [];
  return browser.follow(address.replaceAll('&amp;', '&'));
}

describe('somebody whom the identity provider of the organisation does not know', () => {
  it('goes from the invitation to the password, and not to that identity provider [TEN-5] [ENF-5]', async () => {
    const email = 'cora@contractor.example';
    const browser = await openInvitation(email);
    const joined = await browser.press('Join', { name: 'Cora', password });
    const asked = await followLink(browser, joined, 'Sign in');
    const account = await browser.submit(asked.form('password'), { email, password });
    expect(account.text).toMatch(/cora@contractor\.example.*acme Inc\..*password/s);
  });

  it('goes there from another organisation by the password, too [SES-2] [ENF-5]', async () => {
    const email = 'pat@partner.example';
    await people.join('globex', email);
    await (await openInvitation(email)).press(`Join as ${email}`);
    const browser = people.browser();
    const globex = await browser.get(`${gatehouse.url}/account/sign-in?tenant=globex`);
    await browser.submit(globex.form('password'), { email, password });
    const listed = await browser.get(`${gatehouse.url}/account/organisations`);
    const asked = await followLink(browser, listed, 'Go to acme Inc\\.');
    const account = await browser.submit(asked.form('password'), { email, password });
    expect(account.text).toMatch(/pat@partner\.example.*acme Inc\..*password/s);
  });
});
