import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { generateKeyAndCertificate, SamlIdp } from '@gatehouse/tools/saml-idp';
import { anIdp, ConnectionDesk } from '../connection-desk';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { Organisation, person } from '../organisation';

const idp = anIdp('published');
const day = 24 * 60 * 60 * 1000;
const serviceProvider =
  '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="a"><SPSSODescriptor/></EntityDescriptor>';

/** What the web server of the identity provider has at each path. */
const documents: Readonly<Record<string, readonly [status: number, type: string, body: string]>> = {
  '/metadata': [200, 'text/html', idp.metadata()],
  '/sign-in': [200, 'text/html', '<!doctype html><html><body>Please sign in</body></html>'],
  '/openid': [
    200,
    'application/json',
    '{"issuer":"https://idp.example","jwks_uri":"https://idp.example/keys"}',
  ],
  '/sp': [200, 'application/samlmetadata+xml', serviceProvider],
  '/empty': [200, 'text/xml', ''],
  '/huge': [200, 'text/xml', ' '.repeat(1024 * 1024 + 1)],
  '/gone': [410, 'text/html', 'internal page'],
};

const answer: RequestListener = ({ url = '' }, response) => {
  const [status, type, body] = documents[url] ?? [404, 'text/plain', 'not here'];
  response.writeHead(status, { 'content-type': type }).end(body);
};

let site: Server;
let siteUrl: string;
let gatehouse: Gatehouse;
let acme: Organisation;

beforeAll(async () => {
  site = createServer(answer).listen(0, '127.0.0.1');
  await once(site, 'listening');
  const address = site.address();
  const host = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  siteUrl = `http://${host}`;
  gatehouse = await Gatehouse.start({ allowedPrivateHosts: [host, '127.0.0.1:9'] });
  acme = await Organisation.setUp(gatehouse, 'acme');
}, 60_000);

afterAll(async () => {
  site?.close();
  await gatehouse?.stop();
});

const importFrom = (source: object) =>
  gatehouse.api('POST', `${acme.path}/connections`, { label: 'Imported', ...source });

async function rows() {
  const { items } = await gatehouse.did('GET', `${acme.path}/connections`);
  return { connections: asArray(items).length, audit: (await gatehouse.audit('acme')).length };
}

describe('a metadata address', () => {
  it('is read for what it holds, whatever the server calls it [CON-6] [CRT-5]', async () => {
    const made = await importFrom({ metadataUrl: `${siteUrl}/metadata` });
    expect(made).toMatchObject({
      status: 201,
      body: { metadataUrl: `${siteUrl}/metadata`, idp: { entityId: idp.entityId } },
    });
  });

  it.each<[string, string, string, object]>([
    ['a sign-in page', '/sign-in', 'metadata_is_html', {}],
    ['an OpenID configuration', '/openid', 'metadata_is_json', {}],
    ['a service provider', '/sp', 'metadata_is_service_provider', {}],
    ['nothing', '/empty', 'metadata_empty', {}],
    ['a mebibyte and more', '/huge', 'response_too_large', {}],
    ['an error', '/gone', 'metadata_unreachable', { reason: 'status', got: 'HTTP status 410' }],
    ['a port where nobody listens', 'http://127.0.0.1:9/', 'metadata_unreachable', { reason: 'refused' }],
    ['a private network', 'https://10.0.0.1/metadata', 'address_not_allowed', { reason: 'private' }],
    ['a name without address', 'https://idp.absent.invalid/', 'metadata_unreachable', { reason: 'dns' }],
    [
      'a whole Entra ID directory',
      'https://login.microsoftonline.com/5c2e/federationmetadata/2007-06/federationmetadata.xml',
      'metadata_is_tenant_wide',
      {},
    ],
  ])(
    'that leads to %s says so and offers the other ways in; nothing is written [CON-6] [CRT-5] [CRT-6]',
    async (_what, address, code, more) => {
      const before = await rows();
      const refused = await importFrom({ metadataUrl: new URL(address, siteUrl).href });
      expect(refused).toMatchObject({
        status: 422,
        body: { code, mender: 'it-admin', instead: ['metadataXml', 'manual'], ...more },
      });
      expect(text(refused.body['detail'])).toContain('enter the values by hand');
      expect(JSON.stringify(refused.body)).not.toContain('internal page');
      expect(await rows()).toEqual(before);
    },
  );
});

/** An identity provider whose certificate lasts this long from now. */
function lasting(name: string, ms: number): SamlIdp {
  const notAfter = new Date(Date.now() + ms);
  const key = generateKeyAndCertificate({ notBefore: new Date('2020-01-01T00:00:00Z'), notAfter });
  const origin = `https://${name}.example`;
  return new SamlIdp({ entityId: `${origin}/entity`, ssoUrl: `${origin}/sso`, key });
}

describe('the certificates of an identity provider', () => {
  it.each([
    ['healthy', 31 * day],
    ['expiring_soon', 29 * day],
    ['expired', -day],
  ])('are shown with subject, fingerprint, validity and health: %s [CRT-1]', async (health, left) => {
    const made = await importFrom({ metadataXml: lasting(health.replace('_', '-'), left).metadata() });
    const [certificate] = asArray(asRecord(made.body['idp'])['certificates']).map(asRecord);
    expect(certificate).toMatchObject({ health, subject: expect.stringContaining('CN=') });
    expect(certificate?.['fingerprint']).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(Date.parse(text(certificate?.['notAfter']))).toBeGreaterThan(
      Date.parse(text(certificate?.['notBefore'])),
    );
  });

  it('go on signing in once expired, unless the connection refuses that [CRT-7]', async () => {
    const application = await gatehouse.application();
    const desk = await ConnectionDesk.enabled(gatehouse, acme, lasting('past', -day));
    expect((await desk.signIn(application, person('ben@acme.example'))).profile.email).toBe(
      'ben@acme.example',
    );
    await desk.did('PATCH', '', { settings: { expiredCertificates: 'refuse' } });
    const page = await desk.answer(await desk.begin(application), person('ben@acme.example'));
    expect(page.status).toBe(403);
    expect(page.text).toContain('saml_certificate_expired');
  });

  it('with a key that no sign-in accepts are refused at once, with the reason [CON-6] [SML-4]', async () => {
    const { certificatePem: certificates } = generateKeyAndCertificate({ modulusLength: 1024 });
    const manual = { entityId: idp.entityId, ssoUrl: idp.ssoUrl, certificates };
    expect(await importFrom({ manual })).toMatchObject({
      status: 422,
      body: { code: 'certificate_weak', got: 'RSA 1024' },
    });
  });
});
