import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join, resolve } from 'node:path';
import { accessibilityProblems, launchChromium, whyNoChromium } from '@gatehouse/tools/browser';
import { Gatehouse, text } from '../gatehouse';
import { Organisation, person } from '../organisation';

type Chromium = Awaited<ReturnType<typeof launchChromium>>;
type Tab = Awaited<ReturnType<Chromium['newPage']>>;

const reason = whyNoChromium();
if (reason !== undefined) process.stderr.write(`SKIPPED: ${reason}\n`);
const describeWithChromium = reason === undefined ? describe : describe.skip;

describeWithChromium(`A person whose sign-in is refused${reason ? ` (${reason})` : ''}`, () => {
  let gatehouse: Gatehouse;
  let chromium: Chromium;
  let acme: Organisation;
  let idp: Server;
  let answer: { acsUrl: string; SAMLResponse: string };
  let application: Awaited<ReturnType<Gatehouse['application']>>;

  beforeAll(async () => {
    // Stands in for the identity provider's page, which posts its answer as soon as it is shown.
    idp = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      const { acsUrl, SAMLResponse } = answer;
      response.end(`<form method="post" action="${acsUrl}">
        <input type="hidden" name="SAMLResponse" value="${SAMLResponse}"><button>Go on</button></form>`);
    });
    await new Promise<void>((opened) => idp.listen(0, '127.0.0.1', opened));
    [gatehouse, chromium] = await Promise.all([Gatehouse.start(), launchChromium()]);
    acme = await Organisation.setUp(gatehouse, 'acme');
    application = await gatehouse.application();
  }, 60_000);

  afterAll(async () => {
    await chromium?.close();
    await gatehouse?.stop();
    idp?.close().closeAllConnections();
  });

  /** Comes back from the identity provider as somebody whose address is outside Acme's domains. */
  async function arriveAsStranger(tab: Tab): Promise<void> {
    const { url } = await application.sso.signIn.start({
      redirectUri: application.redirectUri,
      tenant: 'acme',
    });
    const asked = await acme.arriveAtIdp(url);
    const { acsUrl, form } = acme.respond(asked, person('kim@elsewhere.example'));
    answer = { acsUrl, SAMLResponse: form.SAMLResponse };
    const address = idp.address();
    if (address === null || typeof address === 'string') throw new Error('The server listens on no port');
    await tab.goto(`http://127.0.0.1:${address.port}/`);
    await tab.getByRole('button').click();
    await tab.getByRole('heading', { level: 1 }).waitFor();
  }

  it.each([
    ['light', 'en-GB', 'You do not have access', 'an owner of acme Inc.'],
    ['dark', 'de-DE', 'Sie haben keinen Zugang', 'von acme Inc.'],
  ] as const)(
    'reads why and whom to ask without barriers, in %s colours and in %s, on a telephone [LOG-9]',
    async (colorScheme, locale, title, whom) => {
      const viewport = { width: 360, height: 740 };
      const tab = await chromium.newPage({ viewport, colorScheme, locale, bypassCSP: true });
      await arriveAsStranger(tab);
      expect(await tab.getByRole('heading', { level: 1 }).innerText()).toBe(title);
      expect(await tab.getByRole('alert').innerText()).toContain(whom);
      const reference = await tab.locator('.hint code').innerText();
      const { items } = await gatehouse.did(
        'GET',
        `tenants/acme/sign-ins?reference=${reference.toLowerCase()}`,
      );
      expect(items).toMatchObject([{ code: 'email_domain_not_verified', email: 'kim@elsewhere.example' }]);
      await picture(tab, `no-access-${locale}.png`);
      await tab.locator('summary').first().click();
      expect(await accessibilityProblems(tab)).toEqual([]);
      expect(await tab.evaluate('document.documentElement.scrollWidth')).toBe(360);
      await tab.close();
    },
    30_000,
  );

  it.each([
    ['light', 'de-DE', 'Wir haben eine Anmeldung angehalten'],
    ['dark', 'en-US', 'We stopped a sign-in'],
  ] as const)(
    'reads what usually makes a sign-in go round in circles, in %s colours and in %s [LOG-10]',
    async (colorScheme, locale, title) => {
      const viewport = { width: 360, height: 740 };
      const tab = await chromium.newPage({ viewport, colorScheme, locale, bypassCSP: true });
      const { redirectUri } = application;
      const start = () => application.sso.signIn.start({ redirectUri, tenant: 'acme' });
      for (let round = 0; round < 4; round++) await goToIdp(tab, (await start()).url);
      await tab.goto((await start()).url);
      expect(await tab.getByRole('heading', { level: 1 }).innerText()).toContain(title);
      expect(await tab.getByRole('listitem').count()).toBe(4);
      expect(await accessibilityProblems(tab)).toEqual([]);
      expect(await tab.evaluate('document.documentElement.scrollWidth')).toBe(360);
      await picture(tab, `loop-${locale}.png`);
      await tab.close();
    },
    30_000,
  );
});

/** Goes as far as to the identity provider, where nothing answers. */
async function goToIdp(tab: Tab, url: string): Promise<void> {
  const toIdp = await tab.context().request.get(url, { maxRedirects: 0 });
  expect(toIdp.headers()['location']).toContain('SAMLRequest=');
}

/** Kept only when GATEHOUSE_PICTURES names a folder of this repository: tests leave the tree as it is. */
async function picture(tab: Tab, name: string): Promise<void> {
  const folder = text(process.env['GATEHOUSE_PICTURES'] ?? '');
  if (folder === '') return;
  const kept = resolve(__dirname, '../../../..', folder);
  mkdirSync(kept, { recursive: true });
  await tab.screenshot({ path: join(kept, name), fullPage: true });
}
