import { CheckDomains, DomainProofs, KeyRing, OutboundFetch, SystemChance } from '@gatehouse/core';
import { PostgresDomainCheckStore } from '@gatehouse/core-postgres';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { Organisation, person } from '../organisation';

const hour = 3_600_000;
const chance = new SystemChance();
let gatehouse: Gatehouse;
let acme: Organisation;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
}, 60_000);
afterAll(() => gatehouse?.stop());
afterEach(() => jest.restoreAllMocks());

/** A claim of the tenant, as its IT admin sees it. */
async function aClaim(name: string) {
  const claim = await gatehouse.did('POST', `${acme.path}/domains`, { name });
  const path = `${acme.path}/domains/${text(claim['id'])}`;
  const record = asRecord(claim['proof']);
  const [, tag] = asArray(claim['proofs']).map(asRecord);
  const verify = (body?: unknown) => gatehouse.api('POST', `${path}/verify`, body);
  return {
    claim,
    path,
    record,
    tag: asRecord(tag),
    verify,
    host: text(record['name']),
    value: text(record['value']),
  };
}

/** Stands in for the web: these pages, and a 404 elsewhere. */
function serve(pages: Readonly<Record<string, string>>): jest.SpyInstance {
  return jest.spyOn(gatehouse.app.get(OutboundFetch), 'get').mockImplementation(async (url) => {
    const body = Buffer.from(pages[url] ?? '<title>Nothing</title>');
    return { url, status: 200, contentType: 'text/html', body };
  });
}

describe('a claim to a domain', () => {
  it('shows what to copy for either proof, until when it holds, and offers a new value [DOM-1] [DOM-2] [DOM-3]', async () => {
    const before = Date.now();
    const { claim, path, tag, value } = await aClaim('shown.example');
    expect(claim).toMatchObject({
      state: 'pending',
      proof: { by: 'dns-txt', type: 'TXT', name: '_gatehouse-challenge.shown.example' },
    });
    expect(tag).toEqual({
      ...{ by: 'meta-tag', name: 'gatehouse-verify', value: value.replace('gatehouse-verify=', '') },
      urls: ['https://shown.example/', 'https://shown.example/index.html'],
      html: `<meta name="gatehouse-verify" content="${text(tag['value'])}">`,
    });
    const until = new Date(text(claim['tokenExpiresAt'])).getTime();
    expect((until - before) / (24 * hour)).toBeCloseTo(14, 2);
    const renewed = await gatehouse.did('POST', `${path}/token`);
    expect(asRecord(renewed['proof'])['value']).not.toBe(value);
  });

  it('is refused with a value that expired unused, and proved by a new one [DOM-3]', async () => {
    const { claim, path, host, value, verify } = await aClaim('late.example');
    gatehouse.dns.set(host, 'TXT', [value]);
    const sql = `UPDATE domains SET token_expires_at = now() WHERE id = '${text(claim['id'])}' RETURNING id`;
    await asTenant(sql);
    expect(await verify()).toMatchObject({ status: 422, body: { code: 'domain_token_expired' } });
    const renewed = await gatehouse.did('POST', `${path}/token`);
    expect(await verify()).toMatchObject({ status: 422, body: { code: 'domain_proof_different' } });
    gatehouse.dns.set(host, 'TXT', [text(asRecord(renewed['proof'])['value'])]);
    expect(await verify()).toMatchObject({ status: 200, body: { state: 'verified' } });
  });

  it('is looked at so often and no more, as it may be somebody else who is overrun [DOM-7] [SEC-1]', async () => {
    const eager = await Organisation.setUp(gatehouse, 'eager');
    const claim = await gatehouse.did('POST', `${eager.path}/domains`, { name: 'victim.example' });
    const web = serve({});
    const verify = () =>
      gatehouse.api('POST', `${eager.path}/domains/${text(claim['id'])}/verify`, { by: 'meta-tag' });
    const answers = await Promise.all(Array.from({ length: 75 }, verify));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(10);
    expect(refused[0]).toMatchObject({ body: { code: 'rate_limited' } });
    expect(web.mock.calls.length).toBeLessThanOrEqual(2 * (75 - refused.length));
  });

  it('is proved by the tag in the head of its page, and not by one in the body [DOM-2]', async () => {
    const { claim, tag, verify } = await aClaim('site.example');
    const html = text(tag['html']);
    serve({ 'https://site.example/': `<title>a</title><p>A guest wrote: ${html}` });
    expect(await verify({ by: 'meta-tag' })).toMatchObject({
      status: 422,
      body: { code: 'domain_proof_elsewhere', lookedUp: 'https://site.example/', want: html },
    });
    serve({ 'https://site.example/': `<title>a</title>${html}<p>Welcome` });
    expect(await verify({ by: 'meta-tag' })).toMatchObject({
      status: 200,
      body: { state: 'verified', provedBy: 'meta-tag' },
    });
    expect(await verify()).toMatchObject({ status: 200, body: { provedBy: 'meta-tag' } });
    const verified = (await gatehouse.audit('acme')).filter(({ subject }) => subject === claim['id']);
    expect(verified.filter(({ type }) => type === 'domain.verified')).toHaveLength(1);
    expect(await verify({ by: 'carrier-pigeon' })).toMatchObject({ status: 400 });
  });

  it('whose check fails says which of the mistakes it was, at the check and afterwards [DOM-7]', async () => {
    const { path, host, value, verify } = await aClaim('wrong.example');
    const { dns } = gatehouse;
    const says = async (code: string, more: object = {}) => {
      expect(await verify()).toMatchObject({ body: { code, ...more } });
      expect(await gatehouse.did('GET', path)).toMatchObject({ state: 'pending', lastCheck: { code } });
    };
    await says('dns_name_absent', { lookedUp: host, want: value });
    dns.set(host, 'TXT', []);
    await says('domain_proof_missing');
    dns.set(host, 'TXT', ['gatehouse-verify=old']);
    await says('domain_proof_different', { want: value, got: ['gatehouse-verify=old'] });
    dns.set(host, 'TXT', ['one', 'two']);
    await says('domain_proof_several');
    dns.remove(host);
    dns.set(`${host}.wrong.example`, 'TXT', [value]);
    await says('domain_proof_elsewhere', { foundAt: `${host}.wrong.example` });
    dns.set(host, 'CNAME', ['parked.example']);
    await says('domain_proof_alias', { canonicalName: 'parked.example' });
    dns.servfail(host);
    await says('dns_unavailable', { reason: 'server-failure' });
  });

  it('keeps what stands in DNS as text, whatever it is [DOM-7]', async () => {
    const { path, host, verify } = await aClaim('hostile.example');
    gatehouse.dns.set(host, 'TXT', ['\0<script>', 'x'.repeat(250)]);
    expect(await verify()).toMatchObject({ status: 422, body: { code: 'domain_proof_several' } });
    const { found } = asRecord((await gatehouse.did('GET', path))['lastCheck']);
    expect(asArray(found).map(text).sort()).toEqual(['x'.repeat(250), '\uFFFD<script>']);
  });
});

/** As a worker's statement in the name of the tenant, for what only time could do. */
async function asTenant(sql: string): Promise<void> {
  const { id } = await gatehouse.did('GET', acme.path);
  await gatehouse.database.app.transaction(async (manager) => {
    await manager.query(`SELECT set_config('gatehouse.tenant', $1, true)`, [text(id)]);
    const [rows] = asArray(await manager.query(sql));
    expect(rows).toHaveLength(1);
  });
}

async function arrive(email: string) {
  const asked = await acme.arriveAtIdp(`${gatehouse.url}/account/sign-in?tenant=acme`);
  return acme.answer(asked, person(email));
}

/** The worker's look every hour, for so many days from the time that is given. */
async function live(days: number, from: number): Promise<number> {
  let now = new Date(from);
  const database = gatehouse.database.app;
  const keyRing = new KeyRing([{ name: 'k1', key: chance.bytes(32) }], chance);
  const report = (error: unknown) => {
    throw error;
  };
  const store = new PostgresDomainCheckStore(database, chance, keyRing);
  const proofs = gatehouse.app.get(DomainProofs);
  const checks = new CheckDomains({ store, proofs, chance, report, clock: { now: () => now } });
  for (; now.getTime() < from + days * 24 * hour; now = new Date(now.getTime() + hour)) await checks.run();
  return now.getTime();
}

describe('a verified domain', () => {
  const ownDomain = async () => {
    const { items } = await gatehouse.did('GET', `${acme.path}/domains`);
    const found = asArray(items)
      .map(asRecord)
      .find(({ name }) => name === acme.domain);
    return asRecord(found);
  };

  it('says beforehand whom its removal touches, which wants their number [DOM-9]', async () => {
    await gatehouse.did('POST', `${acme.path}/members`, { email: 'paula@acme.example', role: 'member' });
    const path = `${acme.path}/domains/${text((await ownDomain())['id'])}`;
    const effects = await gatehouse.did('GET', `${path}/effects`);
    expect(effects).toEqual({
      ...{ members: 2, linked: 0, unlinked: 2, required: false },
      stops: ['discovery', 'new_members', 'linking'],
    });
    for (const [query, got] of [
      ['', 'no confirmation'],
      ['?confirm=1', 'confirm=1'],
    ])
      expect(await gatehouse.api('DELETE', `${path}${query}`)).toMatchObject({
        status: 409,
        body: { code: 'domain_removal_not_confirmed', want: 'confirm=2', got, members: 2 },
      });
    const { claim } = await aClaim('unproved.acme.example');
    await gatehouse.did('DELETE', `${acme.path}/domains/${text(claim['id'])}`);
    expect(await gatehouse.did('GET', path)).toMatchObject({ state: 'verified' });
  });

  it('that lapses lets nobody new in and leads nobody to the identity provider; who is linked goes on [DOM-8]', async () => {
    await arrive('linked@acme.example');
    expect((await arrive('linked@acme.example')).location ?? '').not.toContain('error');
    const before = await gatehouse.count('acme');
    const record = '_gatehouse-challenge.acme.example';
    gatehouse.dns.remove(record);
    serve({});
    const lapsed = await live(18, Date.now());
    const domain = await ownDomain();
    expect(domain).toMatchObject({ state: 'lapsed', lastCheck: { code: 'dns_name_absent' } });
    expect(domain).not.toHaveProperty('verifiedAt');

    await arrive('linked@acme.example');
    await arrive('newcomer@acme.example');
    const after = await gatehouse.count('acme');
    expect([after['signIns'], after['members']]).toEqual([(before['signIns'] ?? 0) + 1, before['members']]);
    const refused = (await gatehouse.audit('acme')).find(({ type }) => type === 'sign_in.refused');
    expect(asRecord(refused?.['data'])).toMatchObject({ code: 'email_domain_not_verified' });
    const discovered = await gatehouse.did('GET', `${acme.path}/domains/${text(domain['id'])}/effects`);
    expect(discovered).toMatchObject({ members: 0, stops: [] });

    gatehouse.dns.set(record, 'TXT', [text(asRecord(domain['proof'])['value'])]);
    await live(1.5, lapsed);
    expect(await ownDomain()).toMatchObject({ state: 'verified' });
    await arrive('newcomer@acme.example');
    expect((await gatehouse.count('acme'))['members']).toBe((before['members'] ?? 0) + 1);
  }, 60_000);

  it('is removed with the number of people that was confirmed, and recorded with it [DOM-9] [AUD-1]', async () => {
    const path = `${acme.path}/domains/${text((await ownDomain())['id'])}`;
    const { members } = await gatehouse.did('GET', `${path}/effects`);
    expect(await gatehouse.api('DELETE', `${path}?confirm=${String(members)}`)).toMatchObject({
      status: 204,
    });
    const removed = (await gatehouse.audit('acme')).filter(({ type }) => type === 'domain.removed');
    expect(removed.map(({ data }) => data)).toContainEqual({ members });
  });
});
