import { randomBytes } from 'node:crypto';
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
const people = ['Ana', 'Ben'].map((firstName) => {
  const email = `${firstName.toLowerCase()}@acme.example`;
  return { nameId: email, email, firstName, lastName: 'Example' };
});

// As in the demo: the identity provider has another host name than the rest, so to the browser it is another site.
describeWithChromium(`Leaving, in a browser${reason ? ` (${reason})` : ''}`, () => {
  let gatehouse: Gatehouse;
  let chromium: Chromium;
  let application: Door;
  let idpDoor: Door;
  let entityId = '';

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
    const made = await gatehouse.did('POST', 'applications', {
      name: 'Tideline',
      redirectUris: [`${application.url}/auth/callback`],
      postLogoutRedirectUris: [`${application.url}/`],
    });
    const [clientId, clientSecret] = [text(made['clientId']), text(made['clientSecret'])];
    const cookieSecret = randomBytes(32).toString('hex');
    return createSso({ url: gatehouse.url, clientId, clientSecret, cookieSecret, appUrl: application.url });
  }

  async function openAcme(): Promise<void> {
    await gatehouse.did('POST', 'tenants', { slug: 'acme', name: 'Acme' });
    await gatehouse.did('POST', 'tenants/acme/members', { email: 'ana@acme.example', role: 'owner' });
    const claim = await gatehouse.did('POST', 'tenants/acme/domains', { name: 'acme.example' });
    const proof = asRecord(claim['proof']);
    gatehouse.dns.set(text(proof['name']), 'TXT', [text(proof['value'])]);
    await gatehouse.did('POST', `tenants/acme/domains/${text(claim['id'])}/verify`);
    const { url } = idpDoor;
    const idp = new SamlIdp({ entityId: `${url}/metadata`, ssoUrl: `${url}/sso`, sloUrl: `${url}/slo` });
    const metadataOf = async (service: string) => (await fetch(service)).text();
    idpDoor.server.on('request', idpApp({ idp, people, port: 0, metadataOf }));
    const wanted = { label: 'Acme', metadataXml: idp.metadata() };
    const made = await gatehouse.did('POST', 'tenants/acme/connections', wanted);
    entityId = text(asRecord(made['serviceProvider'])['entityId']);
    const connection = `tenants/acme/connections/${text(made['id'])}`;
    const tab = await chromium.newPage();
    await tab.goto(text((await gatehouse.did('POST', `${connection}/tests`))['startUrl']));
    await tab.getByRole('button', { name: 'ana@acme.example' }).click();
    await tab.getByRole('heading', { name: 'The test passed' }).waitFor();
    await tab.context().close();
    await gatehouse.did('POST', `${connection}/enable`);
  }

  async function signIn(options: Parameters<Chromium['newPage']>[0] = {}): Promise<Tab> {
    const tab = await chromium.newPage(options);
    await tab.goto(`${application.url}/auth/login?tenant=acme`);
    await tab.getByRole('button', { name: 'ben@acme.example' }).click();
    await tab.getByText('Signed in to Acme').waitFor();
    return tab;
  }

  async function logoutEntries(): Promise<unknown[]> {
    const types = (await gatehouse.audit('acme')).map((entry) => entry['type']);
    return types.filter((type) => String(type).startsWith('logout.'));
  }

  it('signs out of the application, over the identity provider, and arrives at the application [SML-11] [APP-1]', async () => {
    const tab = await signIn();
    await tab.goto(idpDoor.url);
    await tab.getByText('Signed in here as Ben').waitFor();
    await tab.goto(application.url);
    await tab.getByRole('button', { name: 'Sign out' }).click();
    await tab.getByRole('heading', { name: 'Sign out?' }).waitFor();
    await tab.getByRole('button', { name: 'Sign out' }).click();
    await tab.getByRole('heading', { name: 'Sign in to Tideline' }).waitFor();
    expect(tab.url()).toBe(`${application.url}/`);
    expect((await logoutEntries()).slice(0, 2)).toEqual(['logout.answered', 'logout.sent']);
    await tab.goto(idpDoor.url);
    await tab.getByRole('heading', { name: 'Acme Identity' }).waitFor();
    expect(await tab.getByRole('button', { name: 'Sign out everywhere' }).count()).toBe(0);
    await tab.context().close();
  }, 30_000);

  it('signs out everywhere from the identity provider, which shows what we answered [SML-11] [SES-3]', async () => {
    const tab = await signIn();
    await tab.goto(idpDoor.url);
    await tab.getByRole('button', { name: 'Sign out everywhere' }).click();
    await tab.getByRole('heading', { name: 'Signed out everywhere' }).waitFor();
    expect(await tab.getByRole('listitem').allInnerTexts()).toEqual([`${entityId}: signed out`]);
    expect((await logoutEntries())[0]).toBe('logout.received');
    await tab.goto(`${application.url}/auth/login?tenant=acme`);
    await tab.getByText('asks who you are').waitFor();
    await tab.context().close();
  }, 30_000);

  it.each(['light', 'dark'] as const)(
    'reads the pages of the way out without barriers in %s colours, 360 pixels wide',
    async (colorScheme) => {
      const tab = await signIn({ colorScheme, bypassCSP: true, viewport: { width: 360, height: 740 } });
      await tab.goto(idpDoor.url);
      const button = tab.getByRole('button', { name: 'Sign out everywhere' });
      for (const [page, ready] of [
        ['home', button],
        ['gone', tab.getByRole('heading', { name: 'Signed out everywhere' })],
      ] as const) {
        await ready.waitFor();
        expect(await accessibilityProblems(tab)).toEqual([]);
        expect(await tab.evaluate('document.documentElement.scrollWidth')).toBe(360);
        if (page === 'home') await button.click();
      }
      await tab.context().close();
    },
    30_000,
  );
});
