import { HttpBrowser, type Page } from '@gatehouse/tools/http-browser';
import { asRecord, Gatehouse, operatorKey, text } from '../gatehouse';
import { Organisation, person } from '../organisation';
import { PostOffice } from '../post-office';

let gatehouse: Gatehouse;
let acme: Organisation;
let post: PostOffice;
let application: Awaited<ReturnType<Gatehouse['application']>>;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  post = new PostOffice(gatehouse);
  acme = await Organisation.setUp(gatehouse, 'acme');
  await Organisation.setUp(gatehouse, 'globex', 'login.globex.example');
  application = await gatehouse.application();
}, 90_000);

afterAll(() => gatehouse?.stop());

const evil = 'evil.example';
const poisons: [string, Readonly<Record<string, string>>][] = [
  ['Host', { host: evil }],
  ['Host with a port', { host: `${evil}:8080` }],
  ['Host that ends like ours', { host: `localhost.${evil}` }],
  ['X-Forwarded-Host', { 'x-forwarded-host': evil }],
  ['several X-Forwarded-Host', { 'x-forwarded-host': `${evil}, ${evil}` }],
  ['Forwarded', { forwarded: `for=192.0.2.7;host=${evil};proto=https` }],
  [
    'proto and port',
    { 'x-forwarded-proto': evil, 'x-forwarded-port': '666', 'x-forwarded-prefix': `//${evil}` },
  ],
  ['rewritten addresses', { 'x-original-url': `//${evil}/`, 'x-rewrite-url': `//${evil}/`, 'x-host': evil }],
];

function aBrowser(headers: Readonly<Record<string, string>> = {}): HttpBrowser {
  return new HttpBrowser({ headers, follow: (next) => next.startsWith(gatehouse.url) });
}

function all({ text: body, headers }: Page): string {
  return body + JSON.stringify(headers);
}

describe.each(poisons)('a poisoned %s', (kind, headers) => {
  it.each([
    ...['/', '/login', '/login/reset', '/account', '/t/acme/login', '/t/acme/login/owner', '/t/nobody/login'],
    ...[
      '/oidc/.well-known/openid-configuration',
      '/oidc/jwks',
      '/oidc/auth',
      '/oidc/session/end',
      '/docs-json',
    ],
    ...[
      '/saml/acs',
      '/nowhere',
      '/login/finish',
      '/login/arrived',
      '/signed-out',
      '//login',
      '/api/v1/nowhere',
    ],
  ])('changes nothing of %s [LOG-4] [TEN-8]', async (path) => {
    const follow = () => false;
    const clean = await new HttpBrowser({ follow }).get(gatehouse.url + path);
    const poisoned = await new HttpBrowser({ follow, headers }).get(gatehouse.url + path);
    expect(all(poisoned)).not.toContain('evil');
    expect([poisoned.status, originOf(poisoned)]).toEqual([clean.status, originOf(clean)]);
  });

  it('leads nobody astray who signs in: each redirect stays with us, the provider and the application [LOG-4]', async () => {
    const { sso, redirectUri } = application;
    const { url, sealedState } = await sso.signIn.start({ redirectUri, domain: acme.domain });
    const browser = aBrowser(headers);
    const question = acme.idp.readRedirect(text((await browser.get(url)).location));
    expect(question).toMatchObject({ acsUrl: `${gatehouse.url}/saml/acs/${acme.connection}` });
    const { acsUrl, form } = acme.idp.respond(question, person('ben@acme.example'));
    const page = await browser.post(acsUrl, { ...form }, acme.idp.ssoUrl);
    for (const { location } of browser.history) expect(location ?? '').not.toContain('evil');
    const callbackUrl = text(page.location);
    expect(callbackUrl.startsWith(redirectUri)).toBe(true);
    await sso.signIn.finish({ callbackUrl, sealedState, redirectUri });
  });

  it('is in no address that the API hands out, and in no mail [TEN-5]', async () => {
    const call = async (path: string, body: object) => {
      const browser = new HttpBrowser({
        headers: { ...headers, authorization: `Bearer ${operatorKey}`, accept: 'application/json' },
      });
      const page = await browser.post(`${gatehouse.url}/api/v1/${path}`, { ...body });
      expect([page.status, all(page).includes('evil')]).toEqual([201, false]);
      return asRecord(page.json());
    };
    const { startUrl } = await call(`${acme.path}/connections/${acme.connection}/tests`, {});
    expect(text(startUrl).startsWith(`${gatehouse.url}/login/test?`)).toBe(true);
    const email = `guest-${poisons.findIndex(([what]) => what === kind)}@elsewhere.example`;
    await call(`${acme.path}/invitations`, { email, role: 'member' });
    expect(await post.linkTo(email)).toMatch(new RegExp(`^${gatehouse.url}/`));
    const reset = aBrowser(headers);
    await reset.get(await post.linkTo(email));
    await reset.press('Continue');
    await reset.press('Join', { name: 'Gus Guest', password: 'a goose sings at the gate' });
    await reset.get(`${gatehouse.url}/login/reset`);
    await reset.submit(reset.page.form('email'), { email });
    const [invited, ...more] = await post.to(email);
    const asked = more.find(({ subject }) => subject === 'Choose a new password for Gatehouse');
    expect(asked?.text).toContain(`\n${gatehouse.url}/`);
    for (const mail of [invited, ...more]) expect(JSON.stringify(mail)).not.toContain('evil');
  });
});

function originOf({ location }: Page): string | undefined {
  return location === undefined ? undefined : new URL(location, gatehouse.url).origin;
}
