import { HttpBrowser } from '../http-browser';
import type { Page } from '../http-browser';
import { IdpLogout } from './idp-logout';
import type { LogoutChanges } from './idp-logout';
import { SamlIdp, certificateBody, generateKeyAndCertificate, readLogoutForm, startIdpServer } from './index';
import { readLogoutRedirect } from './read-logout';

const [key, retiring, stranger] = [1, 2, 3].map(() => generateKeyAndCertificate());
if (!key || !retiring || !stranger) throw new Error('no keys');
const sloUrl = 'https://idp.example/slo';
const urls = { entityId: 'https://idp.example/', ssoUrl: 'https://idp.example/sso', sloUrl };
const idp = new SamlIdp({ ...urls, key });
const people = [{ nameId: 'ana@acme.example', firstName: 'Ana <3' }, { nameId: 'ben@acme.example' }];
const now = () => new Date();
const services = ['one', 'two'].map((name) => `http://${name}.example/`);
const [one = '', two = ''] = services;
const gone = 'http://gone.example/';
const spOf = (entityId: string, signer = key) => new IdpLogout(entityId, signer, now);
let server: Awaited<ReturnType<typeof startIdpServer>>;

/** Both services sign with either of two keys and take logout messages; a third one knows no logout. */
async function metadataOf(entityId: string): Promise<string> {
  if (entityId === gone) throw new Error(`${gone} answered 404`);
  const keys = [retiring, key].map(
    (pair) =>
      `<m:KeyDescriptor use="signing"><X509Certificate>${certificateBody(pair?.certificatePem ?? '')}</X509Certificate></m:KeyDescriptor>`,
  );
  const endpoint = (binding: string) =>
    `<m:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-${binding}" Location="${entityId}slo"/>`;
  const slo = services.includes(entityId) ? `${endpoint('Redirect')}${endpoint('POST')}` : '';
  const encryption = `<m:KeyDescriptor use="encryption"><X509Certificate>${certificateBody(stranger?.certificatePem ?? '')}</X509Certificate></m:KeyDescriptor>`;
  return `<m:EntityDescriptor xmlns:m="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}"><m:SPSSODescriptor>${keys.join('')}${encryption}${slo}</m:SPSSODescriptor></m:EntityDescriptor>`;
}

beforeAll(async () => {
  server = await startIdpServer({ idp, port: 0, people, metadataOf });
});
afterAll(() => server.close());

const aBrowser = () => new HttpBrowser({ follow: (url) => url.startsWith(server.url) });

/** Signs in to a service; the SessionIndex that it is told. */
async function signIn(browser: HttpBrowser, service = one, button = 'Ana <3'): Promise<string> {
  const xml = `<p:AuthnRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_7" AssertionConsumerServiceURL="${service}acs"><a:Issuer xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion">${service}</a:Issuer></p:AuthnRequest>`;
  await browser.post(`${server.url}/sso`, { SAMLRequest: Buffer.from(xml).toString('base64') });
  const { fields } = (await browser.press(button)).form('SAMLResponse');
  const response = Buffer.from(fields['SAMLResponse'] ?? '', 'base64').toString();
  return /SessionIndex="([^"]+)"/.exec(response)?.[1] ?? '';
}

async function whoIsSignedIn(browser: HttpBrowser): Promise<string> {
  const { text } = await browser.get(server.url);
  return /Signed in here as ([^<]*)/.exec(text)?.[1] ?? 'nobody';
}

/** The identity provider's own address is another than where it listens in this test. */
const here = (url: string) => url.replace('https://idp.example', server.url);
const ana = { nameId: 'ana@acme.example' };

/** What the service answers to the request that this page leads to. */
function answerTo(page: Page, service: string, changes: LogoutChanges = {}): string {
  const asked = readLogoutRedirect(page.location ?? '', idp.key.certificatePem);
  return here(spOf(service).response(sloUrl, asked.attributes['ID'] ?? '', changes).redirectUrl);
}

it('publishes where logout messages go, by Redirect and by POST [SML-11]', async () => {
  const { text } = await new HttpBrowser().get(`${server.url}/metadata`);
  const found = [...text.matchAll(/SingleLogoutService Binding="[^"]*:([\w-]+)" Location="([^"]*)"/g)];
  expect(found.map(([, binding, url]) => [binding, url])).toEqual([
    ['HTTP-Redirect', sloUrl],
    ['HTTP-POST', sloUrl],
  ]);
});

it('remembers who signed in, in this browser only, and names one session to every service [SML-11]', async () => {
  const browser = aBrowser();
  expect(await whoIsSignedIn(browser)).toBe('nobody');
  const index = await signIn(browser);
  expect(await signIn(browser, two)).toBe(index);
  expect(await whoIsSignedIn(browser)).toBe('Ana &lt;3');
  expect(await whoIsSignedIn(aBrowser())).toBe('nobody');
  expect(await signIn(browser, one, 'ben@acme.example')).not.toBe(index);
  expect(await whoIsSignedIn(browser)).toBe('ben@acme.example');
});

it.each(['redirect', 'post'] as const)(
  'ends the session that a service names by %s, and answers, signed [SML-11]',
  async (binding) => {
    const [browser, other] = [aBrowser(), aBrowser()];
    const index = await signIn(browser);
    await signIn(other);
    const relayState = "r'&1";
    const asked = spOf(one).request(sloUrl, { ...ana, sessionIndexes: [index] }, { relayState });
    const page =
      binding === 'redirect'
        ? await browser.get(here(asked.redirectUrl))
        : await browser.post(`${server.url}/slo`, { ...asked.form }, one);
    const answer =
      binding === 'redirect'
        ? readLogoutRedirect(page.location ?? '', idp.key.certificatePem)
        : readLogoutForm(page.form('SAMLResponse').fields, idp.key.certificatePem);
    expect(answer).toMatchObject({ kind: 'LogoutResponse', issuer: idp.entityId, relayState });
    expect(answer.attributes).toMatchObject({ InResponseTo: asked.id, Destination: `${one}slo` });
    expect(answer.statusCodes).toEqual(['urn:oasis:names:tc:SAML:2.0:status:Success']);
    expect([await whoIsSignedIn(browser), await whoIsSignedIn(other)]).toEqual(['nobody', 'Ana &lt;3']);
  },
);

it('tells the other services before it answers the one that asked [SML-11]', async () => {
  const browser = aBrowser();
  await signIn(browser, one);
  await signIn(browser, two);
  const asked = spOf(one, retiring).request(sloUrl, ana);
  const told = await browser.get(here(asked.redirectUrl));
  expect(told.location).toMatch(`${two}slo?SAMLRequest=`);
  const answer = await browser.get(answerTo(told, two));
  expect(answer.location).toMatch(`${one}slo?SAMLResponse=`);
});

it.each<[string, LogoutChanges, string]>([
  ['is not signed', { key: null }, 'not signed'],
  ['a stranger signed', { key: stranger }, 'No key of'],
  ['is for another address', { destination: 'https://other.example/slo' }, 'Destination is'],
  ['has expired', { notOnOrAfter: new Date(Date.now() - 1000) }, 'has expired'],
  ['nobody here knows the sender of', { issuer: gone }, 'gone.example/ answered 404'],
  ['comes from another service', { issuer: 'http://third.example/' }, 'nowhere where to send'],
])('says what is wrong with a request that %s, and ends nothing [SML-11]', async (_, changes, complaint) => {
  const browser = aBrowser();
  await signIn(browser);
  const asked = spOf(one).request(sloUrl, ana, changes);
  const pages = [
    await browser.get(here(asked.redirectUrl)),
    await browser.post(`${server.url}/slo`, { ...asked.form }, one),
  ];
  expect(pages.map(({ status }) => status)).toEqual([400, 400]);
  expect(pages.at(0)?.text).toContain(complaint === 'not signed' ? 'No key of' : complaint);
  expect(pages.at(1)?.text).toContain(complaint);
  expect(await whoIsSignedIn(browser)).toBe('Ana &lt;3');
});

it('reads nothing that was not signed, in the query or around the signed message [SML-11]', async () => {
  const browser = aBrowser();
  await signIn(browser, one, 'ben@acme.example');
  const honest = spOf(one).request(sloUrl, { nameId: 'nobody' });
  const evil = spOf(one).request(sloUrl, { nameId: 'ben@acme.example' }, { key: null });
  const unsigned = new URL(evil.redirectUrl).search.slice(1);
  await browser.get(here(honest.redirectUrl.replace('?', `?${unsigned}&`)));
  await browser.get(here(`${honest.redirectUrl}&${unsigned}`));
  const inner = Buffer.from(honest.form['SAMLRequest'] ?? '', 'base64').toString();
  const xml = Buffer.from(evil.form['SAMLRequest'] ?? '', 'base64').toString();
  const wrapped = xml.replace(/<\/samlp:LogoutRequest>$/, (end) => inner + end);
  const page = await browser.post(`${server.url}/slo`, {
    SAMLRequest: Buffer.from(wrapped).toString('base64'),
  });
  expect([page.status, page.text]).toEqual([400, expect.stringContaining('does not cover the whole')]);
  expect(await whoIsSignedIn(browser)).toBe('ben@acme.example');
});

it('signs out everywhere by its button: each service is told, and the page says what each said [SML-11]', async () => {
  const browser = aBrowser();
  const index = await signIn(browser, one);
  for (const service of [two, 'http://three.example/', gone]) await signIn(browser, service);
  await browser.get(server.url);
  const first = await browser.press('Sign out everywhere');
  const asked = readLogoutRedirect(first.location ?? '', idp.key.certificatePem);
  expect(asked).toMatchObject({ kind: 'LogoutRequest', ...ana, sessionIndexes: [index] });
  expect(asked.nameIdAttributes['Format']).toMatch(/emailAddress$/);
  expect(await whoIsSignedIn(browser)).toBe('nobody');
  const second = await browser.get(answerTo(first, one));
  const denied = { statusCode: 'urn:oasis:names:tc:SAML:2.0:status:RequestDenied' };
  const { text } = await browser.get(answerTo(second, two, denied));
  const outcomes = [...text.matchAll(/<li>([^:]*:[^:]*): <strong>([^<]*)<\/strong>/g)];
  expect(outcomes.map(([, service, outcome]) => [service, outcome])).toEqual([
    [one, 'signed out'],
    [two, denied.statusCode],
    ['http://three.example/', 'knows no logout'],
    [gone, `${gone} answered 404`],
  ]);
  expect(text).toContain('<h1>Not signed out everywhere');
});

it('takes an answer once, from the service that it waits for, and signed [SML-11]', async () => {
  const browser = aBrowser();
  await signIn(browser);
  await browser.get(server.url);
  const asked = await browser.press('Sign out everywhere');
  for (const [service, changes, complaint] of [
    [one, { key: stranger }, 'No key of'],
    [two, {}, 'Issuer is'],
  ] as const) {
    const page = await browser.get(answerTo(asked, service, changes));
    expect([page.status, page.text]).toEqual([400, expect.stringContaining(complaint)]);
  }
  expect((await browser.get(answerTo(asked, one))).text).toContain('<h1>Signed out everywhere');
  expect((await browser.get(answerTo(asked, one))).text).toContain('Nobody here waits');
});

it('signs nobody out for a form of another site, and shows no button to a stranger [SML-11] [SEC-2]', async () => {
  const browser = aBrowser();
  await signIn(browser);
  await browser.post(`${server.url}/sign-out`, {}, 'https://evil.example/');
  expect(await whoIsSignedIn(browser)).toBe('Ana &lt;3');
  expect((await aBrowser().get(server.url)).text).not.toContain('Sign out everywhere');
});

it('has no logout address where it cannot find out about services', async () => {
  const plain = await startIdpServer({ idp, port: 0, people });
  expect((await new HttpBrowser().get(`${plain.url}/slo`)).status).toBe(404);
  await plain.close();
});
