import { launchChromium, whyNoChromium } from '@gatehouse/tools/browser';
import { ben } from '@gatehouse/tools/simplesamlphp';
import {
  describeWithSimpleSamlPhp,
  openPremises,
  SimpleSamlPhpCompany,
  type Premises,
} from '../simplesamlphp-company';

type Chromium = Awaited<ReturnType<typeof launchChromium>>;
type Tab = Awaited<ReturnType<Chromium['newPage']>>;

/** Frames, scripts, cookies and page policies as a real browser has them. */
function tests(): void {
  let premises: Premises;
  let acme: SimpleSamlPhpCompany;
  let chromium: Chromium;

  beforeAll(async () => {
    // One after the other: where one fails, what stands already is closed.
    premises = await openPremises({ sameSite: 'Lax' });
    chromium = await launchChromium();
    acme = await SimpleSamlPhpCompany.connected(premises);
  }, 60_000);

  afterAll(async () => {
    await chromium?.close();
    await premises?.close();
  });

  /** Signs in as a person does; what the application shows then is not the matter here. */
  async function signIn(tab: Tab): Promise<void> {
    const { sso, redirectUri, appUrl } = premises.application;
    await tab.route(`${appUrl}/**`, (route) => route.fulfill({ body: 'The application' }));
    const { url, sealedState } = await sso.signIn.start({ redirectUri, connection: acme.connection });
    await tab.goto(url);
    await tab.locator('input[name=username]').fill(ben.username);
    await tab.locator('input[name=password]').fill(ben.password);
    await tab.locator('input[name=password]').press('Enter');
    await tab.getByText('The application').waitFor();
    const { profile } = await sso.signIn.finish({ callbackUrl: tab.url(), sealedState, redirectUri });
    expect(profile.email).toBe(ben.mail);
  }

  async function userinfo(): Promise<number> {
    const headers = { authorization: `Bearer ${premises.accessTokens.at(-1) ?? ''}` };
    return (await fetch(`${premises.gatehouse.url}/oidc/me`, { headers })).status;
  }

  it.each(['redirect', 'post'] as const)(
    'ends our session in a frame by %s, with no page blocked by its policy [SML-11] [SEC-2]',
    async (binding) => {
      await acme.speakLogout(binding, 'iframe');
      const context = await chromium.newContext();
      const tab = await context.newPage();
      const complaints: string[] = [];
      tab.on('console', (message) => complaints.push(message.text()));
      await signIn(tab);
      expect(await userinfo()).toBe(200);
      await tab.goto(premises.idp.idpInitiatedLogoutUrl());
      await tab.locator('#logout-all').click();
      await tab.waitForURL(premises.idp.signedOutUrl);
      expect(complaints.filter((text) => /polic|frame|refused/i.test(text))).toEqual([]);
      expect((await acme.latest('logout.received'))['data']).toMatchObject({ sessions: 1 });
      expect(await userinfo()).toBe(401);
      await context.close();
    },
    30_000,
  );
}

describeWithSimpleSamlPhp('Logout at SimpleSAMLphp in a real browser', tests, whyNoChromium());
