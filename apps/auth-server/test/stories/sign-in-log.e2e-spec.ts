import { openDatabase } from '@gatehouse/core-postgres';
import type { ResponseChanges } from '@gatehouse/tools/saml-idp';
import { HttpBrowser, type Page } from '@gatehouse/tools/http-browser';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
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

type Json = Readonly<Record<string, unknown>>;

async function list(filter: Record<string, string> = {}, tenant = 'acme'): Promise<Json[]> {
  const { items } = await gatehouse.did('GET', `tenants/${tenant}/sign-ins?${new URLSearchParams(filter)}`);
  return asArray(items).map(asRecord);
}

/** The trace is written after the browser was sent on: it may be a moment late. */
async function details(filter: Record<string, string>, tenant = 'acme'): Promise<Json> {
  for (let tries = 0; tries < 100; tries++) {
    const [found] = await list(filter, tenant);
    if (found) return gatehouse.did('GET', `tenants/${tenant}/sign-ins/${text(found['id'])}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`No sign-in fits ${JSON.stringify(filter)}.`);
}

function referenceOn(page: Page): string {
  return /Reference <code>([^<]+)<\/code>/.exec(page.text)?.[1] ?? 'none';
}

async function refusedWith(changes: ResponseChanges, email = 'mallory@acme.example'): Promise<Json> {
  const page = await acme.answer(await ask(), person(email), changes);
  return details({ reference: referenceOn(page) });
}

function resultsOf(trace: Json): Readonly<Record<string, string>> {
  const checks = asArray(trace['checks']).map(asRecord);
  return Object.fromEntries(checks.map(({ name, result }) => [text(name), text(result)]));
}

const anHourAgo = new Date(Date.now() - 3_600_000);

const refusals: [string, ResponseChanges, string, string | undefined, string][] = [
  ['no signature', { sign: 'none' }, 'saml_signature_missing', 'signing', 'signature-policy'],
  [
    'a status that is a failure',
    { statusCode: 'urn:oasis:names:tc:SAML:2.0:status:Responder' },
    ...(['saml_status_failed', 'assignment', 'status'] as const),
  ],
  ['another version', { version: '1.1' }, 'saml_version_unsupported', 'protocol', 'version'],
  ['another issuer', { issuer: 'https://x.example' }, 'saml_issuer_mismatch', 'entityId', 'issuer'],
  [
    'another destination',
    { destination: 'https://x.example' },
    ...(['saml_destination_mismatch', 'acsUrl', 'destination'] as const),
  ],
  [
    'another recipient',
    { recipient: 'https://x.example' },
    ...(['saml_recipient_mismatch', 'acsUrl', 'recipient'] as const),
  ],
  [
    'a confirmation that is past',
    { confirmationNotOnOrAfter: anHourAgo },
    ...(['saml_expired', 'clock', 'confirmation-window'] as const),
  ],
  ['another audience', { audience: 'https://x.example' }, 'saml_audience_mismatch', 'audience', 'audience'],
  [
    'conditions that are past',
    { notOnOrAfter: anHourAgo, confirmationNotOnOrAfter: new Date(Date.now() + 60_000) },
    'saml_expired',
    'clock',
    'conditions-window',
  ],
  ['no AuthnStatement', { authnInstant: null }, 'saml_authn_statement_missing', undefined, 'authentication'],
  ['no NameID', { nameId: null }, 'saml_nameid_missing', 'nameId', 'subject'],
  [
    'two e-mail addresses',
    { attributes: { email: ['a@acme.example', 'b@acme.example'] } },
    ...(['saml_email_ambiguous', 'attributes', 'attributes'] as const),
  ],
  [
    'a request that is not ours',
    { inResponseTo: `_${'0'.repeat(40)}` },
    ...(['saml_in_response_to_unknown', undefined, 'once'] as const),
  ],
];

describe('the sign-in log', () => {
  it.each(refusals)(
    'shows of %s which check failed, what passed before, and what to change [LOG-11] [SML-14] [CON-9]',
    async (_, changes, code, field, check) => {
      const trace = await refusedWith(changes);
      expect(trace).toMatchObject({ outcome: 'refused', code });
      expect(asRecord(trace['mend'])['field']).toBe(field);
      const results = resultsOf(trace);
      expect(Object.entries(results).filter(([, result]) => result === 'failed')).toEqual([
        [check, 'failed'],
      ]);
      expect(results['encoding']).toBe('passed');
      expect(results['session']).toBe('not-reached');
      const failed = asArray(trace['checks'])
        .map(asRecord)
        .find(({ result }) => result === 'failed');
      expect(failed).toMatchObject({ want: expect.anything(), got: expect.anything() });
    },
  );

  it('shows of a sign-in that passed every check, who came, and by which certificate [LOG-11] [CRT-3]', async () => {
    await acme.answer(await ask(), person('zoe@acme.example'));
    const trace = await details({ email: 'ZOE@acme.example' });
    expect(trace).toMatchObject({
      ...{ outcome: 'signed-in', purpose: 'sign-in', subject: 'zoe@acme.example', email: 'zoe@acme.example' },
      certificateFingerprint: expect.stringMatching(/^[0-9A-F:]{95}$/),
      address: '127.0.0.1',
    });
    expect(trace).not.toHaveProperty('code');
    const notMade = Object.entries(resultsOf(trace)).filter(([, result]) => result !== 'passed');
    expect(notMade).toEqual([
      ['tester', 'not-reached'],
      ['address', 'not-reached'],
    ]);
    for (const check of asArray(trace['checks']).map(asRecord))
      if (check['result'] === 'passed') expect(check['ms']).toBeGreaterThanOrEqual(0);
    expect(trace['totalMs']).toBeGreaterThan(0);
  });

  it('shows the attributes that arrived and what they map to, of others the beginning only [LOG-11] [CON-9]', async () => {
    const attributes = {
      email: ['yan@acme.example'],
      groups: ['Finance', 'Admins'],
      payroll: ['4711-0815-secret'],
      privateMail: ['yan@home.example'],
    };
    await acme.answer(await ask(), person('yan@acme.example'), { attributes });
    const trace = await details({ email: 'yan@acme.example' });
    expect(trace['attributes']).toEqual([
      { name: 'email', values: ['yan@acme.example'], count: 1, mapsTo: 'email' },
      { name: 'groups', values: ['Finance', 'Admins'], count: 2, mapsTo: 'groups' },
      { name: 'payroll', values: ['471… (16 characters)'], count: 1 },
      { name: 'privateMail', values: ['yan@home.example'], count: 1 },
    ]);
    expect(JSON.stringify(trace)).not.toContain('0815');
  });

  it('keeps no answer that could be used again [LOG-11]', async () => {
    const asked = await ask();
    const { form, acsUrl } = acme.respond(asked, person('xia@acme.example'), { sign: 'both' });
    await asked.browser.post(acsUrl, { ...form }, acme.idp.ssoUrl);
    const trace = await details({ email: 'xia@acme.example' });
    const shown = text(trace['response']);
    expect(shown).toContain('<saml:NameID');
    expect(shown).toContain('characters cut]</ds:SignatureValue>');
    const xml = Buffer.from(form.SAMLResponse, 'base64').toString();
    const secrets = [...xml.matchAll(/<(?:ds:)?(SignatureValue|DigestValue|X509Certificate)>([^<]+)</g)];
    expect(secrets.length).toBeGreaterThanOrEqual(4);
    for (const [, , value] of secrets)
      expect(JSON.stringify(trace)).not.toContain(value?.trim().slice(0, 30));
  });

  it.each([
    ['nothing at all', {}, 'encoding'],
    ['no base64', { SAMLResponse: '%%%' }, 'encoding'],
    ['malformed XML', { SAMLResponse: Buffer.from('<samlp:Response').toString('base64') }, 'xml'],
    ['HTML', { SAMLResponse: Buffer.from('<html><body>no</body></html>').toString('base64') }, 'structure'],
    ['NUL and halves of pairs', { SAMLResponse: Buffer.from('<a>\0\uD800</a>').toString('base64') }, 'xml'],
  ])('keeps a row of junk as well: %s [LOG-11]', async (_, form, check) => {
    const url = `${gatehouse.url}/saml/acs/${acme.connection}`;
    const page = await new HttpBrowser().post(url, form, acme.idp.ssoUrl);
    const trace = await details({ reference: referenceOn(page) });
    expect(resultsOf(trace)[check]).toBe('failed');
    expect(trace).not.toHaveProperty('purpose');
  });

  it('shows of a broken answer no more than its beginning, and nothing long enough to be a key [LOG-11]', async () => {
    const honest = acme.respond(await ask(), person('will@acme.example'), { sign: 'both' });
    const xml = Buffer.from(honest.form.SAMLResponse, 'base64').toString();
    const broken = Buffer.from(`<!DOCTYPE a>${xml}`).toString('base64');
    const page = await new HttpBrowser().post(honest.acsUrl, { SAMLResponse: broken }, acme.idp.ssoUrl);
    const shown = text((await details({ reference: referenceOn(page) }))['response']);
    expect(shown.length).toBeLessThanOrEqual(2000);
    expect(shown).toContain('DOCTYPE');
    expect(shown).not.toMatch(/[A-Za-z0-9+/=]{44}/);
  });

  it('keeps rows of bounded size, whatever an identity provider sends [LOG-11]', async () => {
    const attributes = Object.fromEntries(
      Array.from({ length: 200 }, (_, n) => [
        `attribute-${n}`,
        Array.from({ length: 5 }, () => 'v'.repeat(150)),
      ]),
    );
    const trace = await refusedWith({ attributes, audience: 'https://x.example' });
    expect(text(trace['response']).length).toBeLessThanOrEqual(32 * 1024);
    expect(JSON.stringify(trace).length).toBeLessThan(64 * 1024);
  });

  it('tells a test apart, passed or refused [LOG-11] [CON-9]', async () => {
    const page = await acme.test(person('nobody@acme.example'));
    const refused = await details({ reference: referenceOn(page) });
    expect(refused).toMatchObject({ purpose: 'test', outcome: 'refused', code: 'test_person_not_admin' });
    expect(resultsOf(refused)['tester']).toBe('failed');
    expect(page.text).toContain('acme Inc.');
    await expect(details({ purpose: 'test', outcome: 'test-passed' })).resolves.toMatchObject({
      email: acme.owner,
    });
  });

  it('shows only what the filters let through, page by page [LOG-11]', async () => {
    const all = await list({ limit: '200' });
    const ids = all.map(({ id }) => text(id));
    expect(ids).toEqual(ids.toSorted().toReversed());
    const first = await gatehouse.did('GET', 'tenants/acme/sign-ins?limit=3');
    const next = await gatehouse.did('GET', `tenants/acme/sign-ins?limit=3&after=${text(first['next'])}`);
    const shown = [first, next].flatMap(({ items }) => asArray(items).map((item) => asRecord(item)['id']));
    expect(shown).toEqual(ids.slice(0, 6));
    const codes = (await list({ code: 'saml_expired', limit: '200' })).map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(['saml_expired']));
    expect(
      await list({ connection: acme.connection, from: new Date(Date.now() + 60_000).toISOString() }),
    ).toEqual([]);
    expect(await list({ to: new Date(Date.now() - 3_600_000).toISOString() })).toEqual([]);
  });

  it.each([
    'code=no_such_code',
    'outcome=maybe',
    'from=yesterday',
    'connection=conn_1',
    'limit=100000',
    'email=%00',
  ])('refuses a filter that means nothing: %s [LOG-11]', async (filter) => {
    const { status, body } = await gatehouse.api('GET', `tenants/acme/sign-ins?${filter}`);
    expect(status).toBe(400);
    expect(text(body['code'])).toMatch(/validation_failed|id_malformed/);
  });

  it("is closed to other tenants' eyes and to calls without the key [LOG-11] [SEC-3]", async () => {
    const beta = await Organisation.setUp(gatehouse, 'beta');
    const [row] = await list();
    const path = `sign-ins/${text(row?.['id'])}`;
    expect((await gatehouse.api('GET', `tenants/acme/${path}`)).status).toBe(200);
    expect((await gatehouse.api('GET', `tenants/beta/${path}`)).status).toBe(404);
    expect((await gatehouse.api('GET', `tenants/acme/${path}`, undefined, null)).status).toBe(401);
    expect((await list({}, 'beta')).every(({ connectionId }) => connectionId === beta.connection)).toBe(true);
  });

  it('is described in the API documentation with its filters [LOG-11]', async () => {
    const answer = await fetch(`${gatehouse.url}/docs-json`);
    const { paths } = asRecord(await answer.json());
    const { get } = asRecord(asRecord(paths)['/api/v1/tenants/{tenant}/sign-ins']);
    const names = asArray(asRecord(get)['parameters']).map((parameter) => asRecord(parameter)['name']);
    expect(names).toEqual(
      expect.arrayContaining(['connection', 'outcome', 'code', 'email', 'reference', 'from', 'to']),
    );
  });

  it('keeps a sign-in going when its trace cannot be written [LOG-11]', async () => {
    const { ownerUrl } = gatehouse.database;
    const owner = await openDatabase({ url: ownerUrl, poolSize: 1 });
    try {
      await owner.query('ALTER TABLE sign_in_traces RENAME TO hidden_traces');
      const page = await acme.answer(await ask(), person('vic@acme.example'));
      expect(text(page.location)).toContain(`${application.redirectUri}?code=`);
      const refused = await acme.answer(await ask(), person('vic@acme.example'), { audience: 'x' });
      expect(refused.status).toBe(403);
      expect(refused.text).toContain('saml_audience_mismatch');
      const [last] = await gatehouse.audit('acme');
      expect(last?.['data']).toMatchObject({
        code: 'saml_audience_mismatch',
        reference: referenceOn(refused),
      });
    } finally {
      await owner.query('ALTER TABLE hidden_traces RENAME TO sign_in_traces');
      await owner.destroy();
    }
  });
});
