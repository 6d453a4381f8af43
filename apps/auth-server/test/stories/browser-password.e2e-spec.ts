import { randomBytes } from 'node:crypto';
import { createSso } from '@gatehouse/client-sdk';
import { accessibilityProblems, launchChromium, whyNoChromium } from '@gatehouse/tools/browser';
import { demoApplication } from '@gatehouse/tools/demo-application';
import { z } from 'zod';
import { openDoor, type Door } from '../door';
import { Gatehouse, text } from '../gatehouse';
import { LocalPeople, password, totpCode } from '../local-account';
import { Organisation } from '../organisation';
import { picture } from '../picture';

type Chromium = Awaited<ReturnType<typeof launchChromium>>;
type Tab = Awaited<ReturnType<Chromium['newPage']>>;

const reason = whyNoChromium();
if (reason !== undefined) process.stderr.write(`SKIPPED: ${reason}\n`);
const describeWithChromium = reason === undefined ? describe : describe.skip;
const email = 'ana@globex.example';

describeWithChromium(`A person with a browser and a password${reason ? ` (${reason})` : ''}`, () => {
  let gatehouse: Gatehouse;
  let chromium: Chromium;
  let application: Door;
  let people: LocalPeople;
  let secret = '';

  beforeAll(async () => {
    application = await openDoor('localhost');
    [gatehouse, chromium] = await Promise.all([Gatehouse.start(), launchChromium()]);
    application.server.on('request', demoApplication(await register()));
    people = new LocalPeople(gatehouse, await gatehouse.application());
    await Organisation.setUp(gatehouse, 'acme');
    await gatehouse.did('POST', 'tenants', { slug: 'globex', name: 'Globex' });
    await gatehouse.did('POST', 'tenants/globex/members', { email, role: 'owner' });
    await people.setPassword(email);
  }, 60_000);

  afterAll(async () => {
    await chromium?.close();
    await gatehouse?.stop();
    application?.server.close().closeAllConnections();
  });

  async function register() {
    const redirectUris = [`${application.url}/auth/callback`];
    const made = await gatehouse.did('POST', 'applications', { name: 'Tideline', redirectUris });
    const [clientId, clientSecret] = [text(made['clientId']), text(made['clientSecret'])];
    const cookieSecret = randomBytes(32).toString('hex');
    return createSso({ url: gatehouse.url, clientId, clientSecret, cookieSecret, appUrl: application.url });
  }

  async function openLogin(options: Parameters<Chromium['newPage']>[0] = {}): Promise<Tab> {
    const tab = await chromium.newPage({ viewport: { width: 800, height: 700 }, ...options });
    await tab.goto(`${application.url}/auth/login`);
    await tab.getByRole('heading', { name: 'Sign in to Tideline' }).waitFor();
    return tab;
  }

  it('signs in by the keyboard alone: the cursor waits in the field that comes next [LOG-5] [POR-2]', async () => {
    const tab = await openLogin();
    await tab.keyboard.type(email);
    await tab.keyboard.press('Enter');
    await tab.getByLabel('Password').waitFor();
    await picture(tab, 'password.png');
    await tab.keyboard.type('not my password');
    await tab.keyboard.press('Enter');
    await tab.getByRole('alert').waitFor();
    expect(await tab.title()).toBe('Problem: Sign in to Tideline · Gatehouse');
    expect(await focused(tab)).toMatchObject({
      name: 'password',
      invalid: 'true',
      description: expect.stringContaining('is not right'),
    });
    await picture(tab, 'password-wrong.png');
    await tab.keyboard.type(password);
    await tab.keyboard.press('Enter');
    await tab.getByText('Signed in to Globex').waitFor();
    await tab.close();
  }, 30_000);

  it('reaches everything on a page by the keyboard, and sees where it is [POR-2]', async () => {
    const tab = await openLogin();
    await tab.goto(`${gatehouse.url}/t/acme/login`);
    await tab.evaluate('document.activeElement.blur()');
    const reached: string[] = [];
    for (let step = 0; step < 20; step++) {
      await tab.keyboard.press('Tab');
      const { label, outline } = await focused(tab);
      if (label === '') break;
      expect([label, outline]).toEqual([label, expect.stringMatching(/^solid [3-9]px/)]);
      reached.push(label);
    }
    expect(reached).toEqual([
      ...['Sign in with SAML Company sign-in', 'email', 'password', 'Sign in', 'Forgot your password?'],
      ...['Sign in with a passkey', 'English', 'Deutsch', 'Français'],
    ]);
    await tab.close();
  }, 30_000);

  it('goes from what the summary says to the field that it is about [POR-2]', async () => {
    const tab = await openLogin();
    await tab.getByRole('button', { name: 'Next' }).click();
    const summary = tab.getByRole('alert').getByRole('link');
    await summary.click();
    expect(await focused(tab)).toMatchObject({ name: 'email', invalid: 'true' });
    await tab.close();
  }, 30_000);

  it('signs in without script, where no button promises what needs one [POR-4]', async () => {
    const tab = await openLogin({ javaScriptEnabled: false });
    expect(await tab.getByRole('button').allInnerTexts()).toEqual(['Next', 'Use a password instead']);
    await tab.getByLabel('Work e-mail').fill(email);
    await tab.getByRole('button', { name: 'Use a password instead' }).click();
    expect(await tab.getByLabel('Work e-mail').inputValue()).toBe(email);
    await tab.getByLabel('Password').fill(password);
    await tab.getByRole('button', { name: 'Sign in', exact: true }).click();
    await tab.getByText('Signed in to Globex').waitFor();
    await tab.close();
  }, 30_000);

  it('gives a password manager both fields at once, and takes what is pasted [POR-4]', async () => {
    const tab = await openLogin();
    const autocomplete = (name: string) => tab.locator(`[name=${name}]`).getAttribute('autocomplete');
    expect([await autocomplete('email'), await autocomplete('password')]).toEqual([
      'username',
      'current-password',
    ]);
    expect(await tab.locator('[name=password]').isVisible()).toBe(false);
    await tab.goto(`${gatehouse.url}/login/password`);
    await paste(tab, 'email', email);
    await paste(tab, 'password', password);
    await tab.getByRole('button', { name: 'Sign in', exact: true }).click();
    await tab.getByText('Signed in to Globex').waitFor();
    await tab.close();
  }, 30_000);

  it('sets an authenticator app up on the way in, and is asked for it from then on [LOG-5] [LOG-6]', async () => {
    await people.setPolicy('globex', { secondFactor: 'required' });
    const tab = await signInBy(await openLogin({ colorScheme: 'dark', bypassCSP: true }));
    await tab.getByRole('heading', { name: 'Set up a second factor' }).waitFor();
    await picture(tab, 'second-factor-set-up-dark.png');
    secret = (await tab.locator('.key').innerText()).replaceAll(' ', '');
    await tab.getByLabel('Then type the code').fill(totpCode(secret));
    await tab.keyboard.press('Enter');
    await tab.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
    expect(await tab.getByRole('listitem').count()).toBe(10);
    expect(await accessibilityProblems(tab)).toEqual([]);
    await tab.getByRole('link', { name: 'I have kept them' }).click();
    await tab.getByText('Signed in to Globex').waitFor();
    await tab.close();
    const again = await signInBy(await openLogin({ viewport: { width: 320, height: 640 } }));
    await again.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
    await picture(again, 'second-factor-narrow.png');
    await again.keyboard.type(totpCode(secret, 1));
    await again.keyboard.press('Enter');
    await again.getByText('Signed in to Globex').waitFor();
    await again.close();
  }, 60_000);

  it('makes a passkey, and needs nothing else from then on [LOG-5] [SEC-2]', async () => {
    await people.setPolicy('globex', { secondFactor: 'if-enrolled' });
    const person = 'ben@globex.example';
    await people.join('globex', person);
    const tab = await openLogin();
    const complaints: string[] = [];
    tab.on('console', (message) => complaints.push(message.text()));
    tab.on('pageerror', (error) => complaints.push(error.message));
    await addAuthenticator(tab);
    await signInBy(tab, person);
    await tab.getByText('Signed in to Globex').waitFor();
    await tab.goto(`${gatehouse.url}/account/security`);
    await tab.getByLabel('Name of this passkey').fill('Laptop');
    await tab.getByRole('button', { name: 'Add a passkey' }).click();
    await tab.getByRole('link', { name: 'I have kept them' }).click();
    await tab.getByText('Your passkey is added.').waitFor();

    await tab.context().clearCookies();
    await tab.goto(`${application.url}/auth/login`);
    await tab.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await tab.getByText('Signed in to Globex').waitFor();

    await tab.context().clearCookies();
    await tab.goto(`${application.url}/auth/login`);
    await signInBy(tab, person);
    await tab.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
    await tab.getByRole('button', { name: 'Use a passkey' }).click();
    await tab.getByText('Signed in to Globex').waitFor();
    expect(complaints).toEqual([]);
    await tab.close();
  }, 60_000);

  it('is told that the browser gave no passkey, and goes on another way [LOG-5] [POR-3]', async () => {
    const tab = await openLogin();
    await tab.route('**/login/passkey/options', (route) => route.abort());
    await tab.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await tab.getByText('No passkey was used.').waitFor();
    expect(await tab.getByRole('button', { name: 'Sign in with a passkey' }).isEnabled()).toBe(true);
    await tab.close();
  }, 30_000);

  it('sees the page of its organisation, and that single sign-on is required [LOG-4] [LOG-8]', async () => {
    const tab = await openLogin();
    await tab.goto(`${gatehouse.url}/t/acme/login`);
    await tab.getByRole('heading', { name: 'Sign in to acme Inc.' }).waitFor();
    await picture(tab, 'tenant-page.png');
    await tab.emulateMedia({ colorScheme: 'dark' });
    await picture(tab, 'tenant-page-dark.png');
    await tab.emulateMedia({ colorScheme: 'light' });
    await people.join('acme', 'lea@acme.example');
    await people.setPolicy('acme', { sso: 'required' });
    await tab.goto(`${gatehouse.url}/t/acme/login/owner`);
    await tab.getByLabel('Work e-mail').fill('lea@acme.example');
    await tab.getByLabel('Password').fill(password);
    await tab.keyboard.press('Enter');
    await tab.getByRole('heading', { name: 'Your organization requires SSO' }).waitFor();
    await picture(tab, 'sso-required.png');
    await tab.close();
  }, 30_000);
});

async function signInBy(tab: Tab, person = email): Promise<Tab> {
  await tab.getByLabel('Work e-mail').fill(person);
  await tab.getByRole('button', { name: 'Next' }).click();
  await tab.getByLabel('Password').fill(password);
  await tab.keyboard.press('Enter');
  return tab;
}

const said = z.string().default('');
const focus = z.object({ name: said, label: said, outline: said, invalid: said, description: said });

/** What has the focus, and how that is seen and heard. */
async function focused(tab: Tab) {
  const found = await tab.evaluate(`(() => {
    const at = document.activeElement;
    if (at === document.body) return { label: '' };
    const { outlineStyle, outlineWidth } = getComputedStyle(at);
    const described = (at.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean);
    return {
      name: at.getAttribute('name') ?? '',
      label: at.tagName === 'INPUT' ? at.name : at.innerText.replaceAll(/\\s+/g, ' ').trim(),
      outline: outlineStyle + ' ' + outlineWidth,
      invalid: at.getAttribute('aria-invalid') ?? '',
      description: described.map((id) => document.getElementById(id).innerText).join(' '),
    };
  })()`);
  return focus.parse(found);
}

async function paste(tab: Tab, name: string, typed: string): Promise<void> {
  await tab.locator(`[name=${name}]`).focus();
  await tab.keyboard.insertText(typed);
}

/** An authenticator in the browser itself that verifies its holder, as a laptop's does. */
async function addAuthenticator(tab: Tab): Promise<void> {
  const devtools = await tab.context().newCDPSession(tab);
  await devtools.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', automaticPresenceSimulation: true } as const;
  const holder = { hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
  await devtools.send('WebAuthn.addVirtualAuthenticator', { options: { ...options, ...holder } });
}
