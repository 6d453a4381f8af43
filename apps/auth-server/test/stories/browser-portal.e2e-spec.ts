import { randomBytes } from 'node:crypto';
import { createSso } from '@gatehouse/client-sdk';
import { launchChromium, whyNoChromium } from '@gatehouse/tools/browser';
import { demoApplication } from '@gatehouse/tools/demo-application';
import { idpApp, SamlIdp } from '@gatehouse/tools/saml-idp';
import { openDoor, type Door } from '../door';
import { asRecord, Gatehouse, text } from '../gatehouse';

type Chromium = Awaited<ReturnType<typeof launchChromium>>;
type Tab = Awaited<ReturnType<Chromium['newPage']>>;

const reason = whyNoChromium();
if (reason !== undefined) process.stderr.write(`SKIPPED: ${reason}\n`);
const describeWithChromium = reason === undefined ? describe : describe.skip;
const ana = { nameId: 'ana@acme.example', email: 'ana@acme.example', firstName: 'Ana', lastName: 'Example' };
const ben = { nameId: 'ben@acme.example', email: 'ben@acme.example', firstName: 'Ben', lastName: 'Example' };

// The identity provider has another host name than the rest: to the browser it is another site.
describeWithChromium(`A browser between an IdP's portal and us${reason ? ` (${reason})` : ''}`, () => {
  let gatehouse: Gatehouse;
  let chromium: Chromium;
  let application: Door;
  let idpDoor: Door;
  let idp: SamlIdp;
  let connection = '';
  let sloUrl = '';
  const received: Record<string, unknown>[] = [];

  beforeAll(async () => {
    [application, idpDoor] = [await openDoor('localhost'), await openDoor('127.0.0.1')];
    [gatehouse, chromium] = await Promise.all([Gatehouse.start(), launchChromium()]);
    idp = new SamlIdp({
      entityId: `${idpDoor.url}/metadata`,
      ssoUrl: `${idpDoor.url}/sso`,
      sloUrl: `${idpDoor.url}/slo`,
    });
    idpDoor.server.on('request', withLogout());
    application.server.on('request', demoApplication(await registerApplication()));
    await openAcme();
  }, 60_000);

  afterAll(async () => {
    await chromium?.close();
    await gatehouse?.stop();
    for (const door of [application, idpDoor]) door?.server.close().closeAllConnections();
  });

  /** The identity provider with a logout address, and a page that signs people out by a frame. */
  function withLogout() {
    return idpApp({
      ...{ idp, people: [ana, ben], port: 0 },
      extend: (app) => {
        app.all('/slo', (request, response) => {
          received.push({ ...asRecord(request.query), ...asRecord(request.body ?? {}) });
          response.send('<title>bye</title>bye');
        });
        app.get('/sign-out', (_, response) => void response.send('<iframe src="/sign-out/frame"></iframe>'));
        app.get('/sign-out/frame', (_, response) => {
          const { form } = idp.logout.request(sloUrl, { nameId: ben.nameId });
          const value = form['SAMLRequest'] ?? '';
          response.send(
            `<form method="post" action="${sloUrl}"><input name="SAMLRequest" value="${value}"></form><script>document.forms[0].submit()</script>`,
          );
        });
      },
    });
  }

  async function registerApplication() {
    const made = await gatehouse.did('POST', 'applications', {
      name: 'Tideline',
      redirectUris: [`${application.url}/auth/callback`],
      postLogoutRedirectUris: [`${application.url}/`],
      initiateLoginUri: `${application.url}/auth/initiate`,
    });
    const [clientId, clientSecret] = [text(made['clientId']), text(made['clientSecret'])];
    const cookieSecret = randomBytes(32).toString('hex');
    return createSso({ url: gatehouse.url, clientId, clientSecret, cookieSecret, appUrl: application.url });
  }

  async function openAcme(): Promise<void> {
    await gatehouse.did('POST', 'tenants', { slug: 'acme', name: 'Acme' });
    await gatehouse.did('POST', 'tenants/acme/members', { email: ana.email, role: 'owner' });
    const claim = await gatehouse.did('POST', 'tenants/acme/domains', { name: 'acme.example' });
    const proof = asRecord(claim['proof']);
    gatehouse.dns.set(text(proof['name']), 'TXT', [text(proof['value'])]);
    await gatehouse.did('POST', `tenants/acme/domains/${text(claim['id'])}/verify`);
    const wanted = { label: 'Acme', metadataXml: idp.metadata() };
    const made = await gatehouse.did('POST', 'tenants/acme/connections', wanted);
    connection = `tenants/acme/connections/${text(made['id'])}`;
    sloUrl = text(asRecord(made['serviceProvider'])['sloUrl']);
    const tab = await chromium.newPage();
    await tab.goto(text((await gatehouse.did('POST', `${connection}/tests`))['startUrl']));
    await tab.getByRole('button', { name: ana.email }).click();
    await tab.getByRole('heading', { name: 'The test passed' }).waitFor();
    await tab.close();
    await gatehouse.did('POST', `${connection}/enable`);
  }

  /** Opens the application from the identity provider's own page. */
  async function openFromPortal(mode: 'bounce' | 'accept'): Promise<Tab> {
    await gatehouse.did('PATCH', connection, { settings: { idpInitiated: mode } });
    const tab = await chromium.newPage();
    await tab.goto(idpDoor.url);
    await tab.getByRole('button', { name: ben.email }).first().click();
    return tab;
  }

  it('opens the application at once where the connection accepts it [SML-2]', async () => {
    const tab = await openFromPortal('accept');
    await tab.getByText('Signed in to Acme').waitFor();
    expect(new URL(tab.url()).origin).toBe(application.url);
    await tab.context().close();
  }, 30_000);

  it('goes back to the identity provider first where the connection bounces it [SML-2]', async () => {
    const tab = await openFromPortal('bounce');
    await tab.getByText('asks who you are').waitFor();
    expect(new URL(tab.url()).origin).toBe(idpDoor.url);
    await tab.getByRole('button', { name: ben.email }).click();
    await tab.getByText('Signed in to Acme').waitFor();
    await tab.context().close();
  }, 30_000);

  it('is signed out by a frame of the identity provider, whose answer arrives there [SML-11]', async () => {
    const tab = await openFromPortal('accept');
    await tab.getByText('Signed in to Acme').waitFor();
    received.length = 0;
    await tab.goto(`${idpDoor.url}/sign-out`);
    await tab.frameLocator('iframe').getByText('bye').waitFor();
    expect(received).toEqual([{ SAMLResponse: expect.any(String) }]);
    await tab.goto(`${application.url}/auth/login?tenant=acme`);
    await tab.getByText('asks who you are').waitFor();
    await tab.context().close();
  }, 30_000);

  it('signs out of the application over the identity provider [SML-11] [APP-1]', async () => {
    const tab = await openFromPortal('accept');
    await tab.getByText('Signed in to Acme').waitFor();
    received.length = 0;
    await tab.getByRole('button', { name: 'Sign out' }).click();
    await tab.getByRole('heading', { name: 'Sign out?' }).waitFor();
    await tab.getByRole('button', { name: 'Sign out' }).click();
    await tab.getByText('bye').waitFor();
    expect(received).toEqual([
      expect.objectContaining({ SAMLRequest: expect.any(String), Signature: expect.any(String) }),
    ]);
    const sent = (await gatehouse.audit('acme')).find((entry) => entry['type'] === 'logout.sent');
    const { requestId } = asRecord(sent?.['data']);
    await tab.goto(idp.logout.response(sloUrl, text(requestId)).redirectUrl);
    await tab.getByRole('heading', { name: 'Sign in to Tideline' }).waitFor();
    expect(tab.url()).toBe(`${application.url}/`);
    await tab.context().close();
  }, 30_000);
});
