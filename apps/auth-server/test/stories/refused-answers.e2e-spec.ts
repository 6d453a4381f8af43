import type { ResponseChanges } from '@gatehouse/tools/saml-idp';
import { HttpBrowser } from '@gatehouse/tools/http-browser';
import { Gatehouse, text } from '../gatehouse';
import { Organisation, person, type Asked } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let application: Awaited<ReturnType<Gatehouse['application']>>;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  application = await gatehouse.application();
}, 60_000);

afterAll(() => gatehouse?.stop());

async function ask(organisation: Organisation = acme): Promise<Asked> {
  const { sso, redirectUri } = application;
  const { url } = await sso.signIn.start({ redirectUri, tenant: organisation.slug });
  return organisation.arriveAtIdp(url);
}

async function lastRefusal(tenant: string) {
  const audit = await gatehouse.audit(tenant);
  return audit.find((entry) => entry['type'] === 'sign_in.refused')?.['data'];
}

const anHourAgo = new Date(Date.now() - 3_600_000);

const refused: [string, ResponseChanges, string][] = [
  ['for another audience [SML-5]', { audience: 'https://elsewhere.example' }, 'saml_audience_mismatch'],
  [
    'for another address [SML-5]',
    { destination: 'https://elsewhere.example/acs' },
    'saml_destination_mismatch',
  ],
  ['that expired [SML-6]', { notOnOrAfter: anHourAgo, confirmationNotOnOrAfter: anHourAgo }, 'saml_expired'],
  ['without a signature [SML-3]', { sign: 'none' }, 'saml_signature_missing'],
  ['of another issuer [SML-5]', { issuer: 'https://idp.other.example/entity' }, 'saml_issuer_mismatch'],
  ['to no request [SML-2]', { inResponseTo: null }, 'saml_unsolicited_disabled'],
  [
    'to a request that is not ours [SML-5]',
    { inResponseTo: `_${'0'.repeat(40)}` },
    'saml_in_response_to_unknown',
  ],
  [
    'about a transient NameID [SML-8]',
    { nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' },
    'saml_nameid_transient',
  ],
];

describe('an answer that is refused', () => {
  it.each(refused)('%s: has its code, and leaves an audit row and nothing else', async (_, changes, code) => {
    const before = await gatehouse.count('acme');
    const page = await acme.answer(await ask(), person('mallory@acme.example'), changes);
    expect(page.status).toBe(403);
    expect(page.text).toContain(code);
    expect(await lastRefusal('acme')).toMatchObject({ code });
    expect(await gatehouse.count('acme')).toEqual(before);
  });

  it('gives the person a reference that the IT admin finds in the audit log [LOG-9]', async () => {
    const page = await acme.answer(await ask(), person('mallory@elsewhere.example'));
    const reference = /Reference <code>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})<\/code>/.exec(page.text)?.[1];
    expect(page.text).toContain('You do not have access');
    expect(await lastRefusal('acme')).toMatchObject({ reference, code: 'email_domain_not_verified' });
  });

  it('about an address that only begins like one of ours [LNK-8]', async () => {
    const page = await acme.answer(await ask(), person('ceo@acme.example/victim.com'));
    expect(page.status).toBe(403);
    expect(page.text).toContain('email_domain_not_verified');
  });

  it.each([
    ['half a surrogate pair', { statusCode: `${'a'.repeat(199)}😀` }],
    ['a status of 300,000 letters', { statusCode: 'x'.repeat(300_000) }],
  ])('with %s is refused and recorded, in a row of bounded size [AUD-1]', async (_, changes) => {
    const page = await acme.answer(await ask(), person('mallory@acme.example'), changes);
    expect(page.status).toBe(403);
    expect(JSON.stringify(await lastRefusal('acme')).length).toBeLessThan(4000);
  });

  it('is accepted once: the same answer again is a replay [SML-7]', async () => {
    const asked = await ask();
    const { acsUrl, form } = acme.respond(asked, person('ben@acme.example'));
    await asked.browser.post(acsUrl, { ...form }, acme.idp.ssoUrl);
    const again = await asked.browser.post(acsUrl, { ...form }, acme.idp.ssoUrl);
    expect(again.status).toBe(403);
    expect(again.text).toContain('saml_replay');
  });

  it('of 20 equal answers posted at once exactly one wins [SML-7]', async () => {
    const { acsUrl, form } = acme.respond(await ask(), person('race@acme.example'));
    const post = () => new HttpBrowser({ follow: () => false }).post(acsUrl, { ...form }, acme.idp.ssoUrl);
    const pages = await Promise.all(Array.from({ length: 20 }, post));
    expect(pages.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(pages.filter(({ text: shown }) => shown.includes('saml_replay'))).toHaveLength(19);
  });

  it("of another tenant's IdP about this tenant's e-mail [LNK-8]", async () => {
    const evil = await Organisation.setUp(gatehouse, 'evil');
    const before = [await gatehouse.count('acme'), await gatehouse.count('evil')];
    const page = await evil.answer(await ask(evil), person('owner@acme.example'));
    expect(page.status).toBe(403);
    expect(page.text).toContain('email_domain_not_verified');
    expect(await lastRefusal('evil')).toMatchObject({ code: 'email_domain_not_verified' });
    expect([await gatehouse.count('acme'), await gatehouse.count('evil')]).toEqual(before);
  });

  it("of another tenant's IdP, with its own signature, at this tenant's address [SML-3]", async () => {
    const foreign = new Organisation(gatehouse, 'foreign');
    const asked = await ask();
    const honest = acme.respond(asked, person('ben@acme.example'));
    const forged = foreign.idp.respond(asked.question, person('ben@acme.example'));
    const page = await asked.browser.post(honest.acsUrl, { ...forged.form }, acme.idp.ssoUrl);
    expect(page.text).toMatch(/saml_issuer_mismatch|saml_signature_invalid/);
  });

  it('taken up by another browser than the one that began [SES-6]', async () => {
    const asked = await ask();
    const { acsUrl, form } = acme.respond(asked, person('ben@acme.example'));
    const { browser: stranger } = await ask();
    const page = await stranger.post(acsUrl, { ...form }, acme.idp.ssoUrl);
    expect(page.status).toBe(403);
    expect(page.text).toContain('flow_other_browser');
  });

  it('taken up by a browser that never was here, or keeps no cookies [SES-6] [LOG-10]', async () => {
    const asked = await ask();
    const { acsUrl, form } = acme.respond(asked, person('ben@acme.example'));
    const stranger = new HttpBrowser({ follow: (next) => next.startsWith(gatehouse.url) });
    const page = await stranger.post(acsUrl, { ...form }, acme.idp.ssoUrl);
    expect(page.status).toBe(403);
    expect(page.text).toContain('cookies_blocked');
  });

  it('asks an existing member to link instead of matching by e-mail [LNK-1]', async () => {
    const page = await acme.answer(await ask(), person(acme.owner));
    expect(page.status).toBe(403);
    expect(page.text).toContain('link_required');
  });

  it('by e-mail only where the tenant chose association [LNK-9]', async () => {
    await gatehouse.did('PATCH', 'tenants/acme', { associateByEmail: true });
    const page = await acme.answer(await ask(), person(acme.owner));
    await gatehouse.did('PATCH', 'tenants/acme', { associateByEmail: false });
    expect(text(page.location)).toContain(application.redirectUri);
  });

  it.each([
    ['nothing at all', {}],
    ['no base64', { SAMLResponse: '%%%' }],
    ['malformed XML', { SAMLResponse: Buffer.from('<samlp:Response').toString('base64') }],
    ['HTML', { SAMLResponse: Buffer.from('<html><body>no</body></html>').toString('base64') }],
    ['a document type', { SAMLResponse: Buffer.from('<!DOCTYPE a><a/>').toString('base64') }],
    ['a body over the limit', { SAMLResponse: 'A'.repeat(1_200_000) }],
  ])('for bad input (%s) says what is wrong and never fails [SML-10] [SML-14]', async (_, form) => {
    const browser = new HttpBrowser();
    const page = await browser.post(`${gatehouse.url}/saml/acs/${acme.connection}`, form, acme.idp.ssoUrl);
    expect(page.status).toBeGreaterThanOrEqual(400);
    expect(page.status).toBeLessThan(500);
    expect((await gatehouse.api('GET', 'tenants')).status).toBe(200);
  });

  it('reaches the connection by path and by query alike [CON-4]', async () => {
    const asked = await ask();
    const { form } = acme.respond(asked, person('query@acme.example'), {});
    const page = await asked.browser.post(
      `${gatehouse.url}/saml/acs?connection=${acme.connection}`,
      { ...form },
      acme.idp.ssoUrl,
    );
    expect(text(page.location)).toContain(application.redirectUri);
  });
});
