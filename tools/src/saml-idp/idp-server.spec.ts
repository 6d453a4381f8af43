import { deflateRawSync } from 'node:zlib';
import { HttpBrowser } from '../http-browser';
import { SamlIdp, generateKeyAndCertificate, startIdpServer } from './index';

const idp = new SamlIdp({
  entityId: 'https://idp.example/',
  ssoUrl: 'https://idp.example/sso',
  key: generateKeyAndCertificate(),
});
const people = [
  { nameId: 'ana@acme.example', firstName: 'Ana <3', about: 'owner' },
  { nameId: 'ben@acme.example' },
];
const xml =
  '<p:AuthnRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_7" AssertionConsumerServiceURL="http://sp.example/acs">' +
  '<a:Issuer xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion">http://sp.example/</a:Issuer></p:AuthnRequest>';
let server: Awaited<ReturnType<typeof startIdpServer>>;

beforeAll(async () => {
  server = await startIdpServer({ idp, port: 0, people });
});
afterAll(() => server.close());

it('serves its metadata', async () => {
  expect((await new HttpBrowser().get(`${server.url}/metadata`)).text).toBe(idp.metadata());
});

it('lets a person be chosen after a redirect and answers with a signed form', async () => {
  const browser = new HttpBrowser();
  const query = new URLSearchParams({
    SAMLRequest: deflateRawSync(xml).toString('base64'),
    RelayState: 'r"1',
  });
  await browser.get(`${server.url}/sso?${query}`);
  const { action, fields } = (await browser.press('Ana <3')).form('SAMLResponse');
  expect([action, fields['RelayState']]).toEqual(['http://sp.example/acs', 'r"1']);
  const response = Buffer.from(fields['SAMLResponse'] ?? '', 'base64').toString();
  expect(response).toContain('InResponseTo="_7"');
  expect(response).toMatch(/<ds:SignatureValue>.*ana@acme\.example/s);
});

it('takes a posted request as well, and its pages allow only their own script', async () => {
  const browser = new HttpBrowser();
  await browser.post(`${server.url}/sso`, { SAMLRequest: Buffer.from(xml).toString('base64') });
  const page = await browser.press('ben@acme.example');
  expect(page.form('SAMLResponse').fields['RelayState']).toBeUndefined();
  expect(page.headers['content-security-policy']).toMatch(/default-src 'none'.*script-src 'sha256-/);
});

it('opens from its own pages what somebody has signed in to before, with an answer to no request [SML-2]', async () => {
  const browser = new HttpBrowser();
  const refused = await browser.post(`${server.url}/portal`, { service: 'x', person: 'ana@acme.example' });
  expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('Nobody has signed in to x')]);
  await browser.post(`${server.url}/sso`, { SAMLRequest: Buffer.from(xml).toString('base64') });
  await browser.get(server.url);
  const { action, fields } = (await browser.press('Ana <3')).form('SAMLResponse');
  const response = Buffer.from(fields['SAMLResponse'] ?? '', 'base64').toString();
  expect(action).toBe('http://sp.example/acs');
  expect(response).not.toContain('InResponseTo');
  expect(response).toMatch(/<ds:SignatureValue>.*ana@acme\.example/s);
});

it.each([
  ['nothing', '/sso', 'needs a SAML request'],
  ['what is not deflated', '/sso?SAMLRequest=abc', 'must be base64 of raw DEFLATE'],
])('says what is wrong when the request holds %s', async (_, path, complaint) => {
  const page = await new HttpBrowser().get(server.url + path);
  expect([page.status, page.text]).toEqual([400, expect.stringContaining(complaint)]);
});
