import { accessibilityProblems, launchChromium, whyNoChromium } from '@gatehouse/tools/browser';
import { Gatehouse } from '../gatehouse';
import { LocalPeople, password } from '../local-account';
import { picture } from '../picture';

type Chromium = Awaited<ReturnType<typeof launchChromium>>;
type Tab = Awaited<ReturnType<Chromium['newPage']>>;

const reason = whyNoChromium();
if (reason !== undefined) process.stderr.write(`SKIPPED: ${reason}\n`);
const describeWithChromium = reason === undefined ? describe : describe.skip;
const email = 'ana@globex.example';
const wide = { width: 800, height: 700 };

describeWithChromium(`The account of a person, in a browser${reason ? ` (${reason})` : ''}`, () => {
  let gatehouse: Gatehouse;
  let chromium: Chromium;
  let people: LocalPeople;
  let tab: Tab;

  beforeAll(async () => {
    [gatehouse, chromium] = await Promise.all([Gatehouse.start(), launchChromium()]);
    people = new LocalPeople(gatehouse, await gatehouse.application());
    await gatehouse.did('POST', 'tenants', { slug: 'globex', name: 'Globex' });
    tab = await chromium.newPage({ viewport: wide, bypassCSP: true });
  }, 60_000);

  afterAll(async () => {
    await chromium?.close();
    await gatehouse?.stop();
  });

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

  async function typePassword(): Promise<void> {
    await tab.getByLabel('Password').fill(password);
    await tab.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  it('begins with an invitation, and ends on its own page [TEN-5] [POR-2]', async () => {
    const invited = { email, name: 'Ana Almeida', role: 'owner' };
    await gatehouse.did('POST', 'tenants/globex/invitations', invited);
    await tab.goto(await people.post.linkTo(email));
    await tab.getByRole('button', { name: 'Continue' }).click();
    await tab.getByLabel('Choose a password').waitFor();
    await pictures('invitation');
    await tab.getByLabel('Choose a password').fill(password);
    await tab.getByRole('button', { name: 'Join' }).click();
    await tab.getByRole('link', { name: 'Sign in' }).click();
    await tab.getByLabel('Work e-mail').fill(email);
    await typePassword();
    await tab.getByRole('heading', { name: 'Your account' }).waitFor();
    await tab.getByText('Ana Almeida (ana@globex.example)').waitFor();
  }, 60_000);

  it('gets recovery codes with the first passkey, and a fresh proof is asked for before the next [LOG-5]', async () => {
    await addAuthenticator(tab);
    await tab.goto(`${gatehouse.url}/account/security`);
    await tab.getByLabel('Name of this passkey').fill('Laptop');
    await tab.getByRole('button', { name: 'Add a passkey' }).click();
    await tab.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
    expect(await tab.getByRole('listitem').count()).toBe(10);
    await tab.getByRole('link', { name: 'I have kept them' }).click();
    await tab.getByText('Your passkey is added.').waitFor();
    await pictures('account-security');
    // The session was opened by a password alone, and there is more to prove now.
    await tab.getByLabel('Name of this passkey').fill('Phone');
    await tab.getByRole('button', { name: 'Add a passkey' }).click();
    await tab.getByText('Show once more that it is you').waitFor();
    expect(await tab.getByLabel('Work e-mail').inputValue()).toBe(email);
    await typePassword();
    await tab.getByRole('button', { name: 'Use a passkey' }).click();
    await tab.getByRole('heading', { name: 'Sign-in and security' }).waitFor();
  }, 60_000);

  it('shows where it is signed in, and ends what is not wanted [SES-3] [POR-2]', async () => {
    await tab.goto(`${gatehouse.url}/account/sessions`);
    await tab.getByText('this browser').waitFor();
    await pictures('account-sessions');
    await tab.getByRole('button', { name: 'End all other sessions' }).click();
    await tab.getByText('All other sessions have ended.').waitFor();
    expect(await tab.getByRole('button', { name: 'End this session' }).count()).toBe(0);
  }, 60_000);
});

/** An authenticator in the browser itself that verifies its holder, as a laptop's does. */
async function addAuthenticator(tab: Tab): Promise<void> {
  const devtools = await tab.context().newCDPSession(tab);
  await devtools.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', automaticPresenceSimulation: true } as const;
  const holder = { hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
  await devtools.send('WebAuthn.addVirtualAuthenticator', { options: { ...options, ...holder } });
}
