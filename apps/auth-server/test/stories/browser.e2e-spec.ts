import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createSso } from '@gatehouse/client-sdk';
import { accessibilityProblems, launchChromium, whyNoChromium } from '@gatehouse/tools/browser';
import { demoApplication } from '@gatehouse/tools/demo-application';
import { idpApp, SamlIdp } from '@gatehouse/tools/saml-idp';
import { openDoor, type Door } from '../door';
import { asRecord, Gatehouse, text } from '../gatehouse';

type Chromium = Awaited<ReturnType<typeof launchChromium>>;
type Tab = Awaited<ReturnType<Chromium['newPage']>>;

const reason = whyNoChromium();
if (reason !== undefined) process.stderr.write(`SKIPPED: ${reason}\n`);
const describeWithChromium = reason === undefined ? describe : describe.skip;
const people = ['ana', 'ben'].map((name) => aPerson(name));

describeWithChromium(`A person with a browser${reason ? ` (${reason})` : ''}`, () => {
  let gatehouse: Gatehouse;
  let chromium: Chromium;
  let application: Door;
  let idpDoor: Door;

  beforeAll(async () => {
    [application, idpDoor] = [await openDoor('localhost'), await openDoor('127.0.0.1')];
    [gatehouse, chromium] = await Promise.all([Gatehouse.start(), launchChromium()]);
    application.server.on('request', demoApplication(await registerApplication()));
    await openAcme();
  }, 60_000);

  afterAll(async () => {
    await chromium?.close();
    await gatehouse?.stop();
    for (const door of [application, idpDoor]) door?.server.close().closeAllConnections();
  });

  async function registerApplication() {
    const redirectUris = [`${application.url}/auth/callback`];
    const made = await gatehouse.did('POST', 'applications', { name: 'Tideline', redirectUris });
    const [clientId, clientSecret] = [text(made['clientId']), text(made['clientSecret'])];
    const cookieSecret = randomBytes(32).toString('hex');
    return createSso({ url: gatehouse.url, clientId, clientSecret, cookieSecret, appUrl: application.url });
  }

  /** Acme with its domain and its identity provider, which takes requests by POST so that the page in between is seen. */
  async function openAcme(): Promise<void> {
    await gatehouse.did('POST', 'tenants', { slug: 'acme', name: 'Acme' });
    await gatehouse.did('POST', 'tenants/acme/members', { email: 'ana@acme.example', role: 'owner' });
    const claim = await gatehouse.did('POST', 'tenants/acme/domains', { name: 'acme.example' });
    const proof = asRecord(claim['proof']);
    gatehouse.dns.set(text(proof['name']), 'TXT', [text(proof['value'])]);
    await gatehouse.did('POST', `tenants/acme/domains/${text(claim['id'])}/verify`);
    await connect(`tenants/acme/connections`);
  }

  async function connect(path: string): Promise<void> {
    const idp = new SamlIdp({ entityId: `${idpDoor.url}/metadata`, ssoUrl: `${idpDoor.url}/sso` });
    idpDoor.server.on('request', idpApp({ idp, people, port: 0 }));
    const { entityId, ssoUrl, key } = idp;
    const manual = { entityId, ssoUrl, ssoBinding: 'post', certificates: key.certificatePem };
    const connection = `${path}/${text((await gatehouse.did('POST', path, { label: 'Acme', manual }))['id'])}`;
    const tab = await chromium.newPage();
    await tab.goto(text((await gatehouse.did('POST', `${connection}/tests`))['startUrl']));
    await tab.getByRole('button', { name: 'ana@acme.example' }).click();
    await tab.getByRole('heading', { name: 'The test passed' }).waitFor();
    await tab.close();
    await gatehouse.did('POST', `${connection}/enable`);
  }

  async function openLogin(options: Parameters<Chromium['newPage']>[0] = {}): Promise<Tab> {
    const tab = await chromium.newPage({ viewport: { width: 800, height: 600 }, ...options });
    await tab.goto(`${application.url}/auth/login`);
    await tab.getByRole('heading', { name: 'Sign in to Tideline' }).waitFor();
    return tab;
  }

  async function typeEmail(tab: Tab): Promise<void> {
    await tab.getByLabel('Work e-mail').fill('ben@acme.example');
    await tab.getByRole('button', { name: 'Next' }).click();
  }

  it('signs in from the e-mail address to the application, and no page breaks its policy [LOG-1] [SML-1] [APP-1]', async () => {
    const tab = await openLogin();
    const complaints: string[] = [];
    tab.on('console', (message) => complaints.push(message.text()));
    tab.on('pageerror', (error) => complaints.push(error.message));
    await tab.reload();
    await typeEmail(tab);
    await tab.getByRole('button', { name: 'ben@acme.example' }).click();
    await tab.getByRole('heading', { name: 'Ben Example' }).waitFor();
    expect(await tab.getByText('Signed in to Acme').count()).toBe(1);
    expect(complaints).toEqual([]);
    await picture(tab, 'signed-in.png');
    await tab.close();
  }, 30_000);

  it('signs in without JavaScript: a Continue button sends the request on', async () => {
    const tab = await openLogin({ javaScriptEnabled: false });
    await typeEmail(tab);
    expect(await tab.getByRole('heading').innerText()).toBe('One moment');
    await tab.getByRole('button', { name: 'Continue' }).click();
    await tab.getByRole('button', { name: 'ben@acme.example' }).click();
    await tab.getByRole('button', { name: 'Continue' }).click();
    await tab.getByText('Signed in to Acme').waitFor();
    await tab.close();
  }, 30_000);

  it.each(['light', 'dark'] as const)(
    'reads login and error pages without barriers in %s colours',
    async (colorScheme) => {
      const tab = await openLogin({ colorScheme, bypassCSP: true });
      expect(await accessibilityProblems(tab)).toEqual([]);
      await picture(tab, colorScheme === 'light' ? 'login.png' : 'login-dark.png');
      await tab.goto(`${gatehouse.url}/login/finish?ticket=unknown`);
      await tab.getByRole('heading', { name: 'We could not finish signing you in' }).waitFor();
      await tab.getByText('Details for your IT team').click();
      expect(await accessibilityProblems(tab)).toEqual([]);
      await picture(tab, colorScheme === 'light' ? 'error.png' : 'error-dark.png');
      await tab.close();
    },
    30_000,
  );

  it('needs no sideways scrolling on a screen 360 pixels wide', async () => {
    const tab = await openLogin({ viewport: { width: 360, height: 640 } });
    expect(await tab.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await picture(tab, 'login-narrow.png');
    await tab.close();
  }, 30_000);
});

function aPerson(name: string) {
  const email = `${name}@acme.example`;
  const firstName = name.charAt(0).toUpperCase() + name.slice(1);
  return { nameId: email, email, firstName, lastName: 'Example', groups: ['everyone'] };
}

/** Kept only when GATEHOUSE_PICTURES names a folder of this repository: tests leave the tree as it is. */
async function picture(tab: Tab, name: string): Promise<void> {
  const folder = process.env['GATEHOUSE_PICTURES'];
  if (folder === undefined) return;
  const kept = resolve(__dirname, '../../../..', folder);
  mkdirSync(kept, { recursive: true });
  await tab.screenshot({ path: join(kept, name), fullPage: true });
}
