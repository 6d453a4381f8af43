import { asRecord, Gatehouse, text } from './gatehouse';
import { Organisation, person } from './organisation';

let gatehouse: Gatehouse;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
}, 60_000);

afterAll(() => gatehouse?.stop());

describe('credentials', () => {
  it('keeps everybody out who has no operator key [APP-3]', async () => {
    const none = await gatehouse.api('GET', 'tenants', undefined, null);
    expect(none).toMatchObject({ status: 401, body: { code: 'credential_missing' } });
    const wrong = await gatehouse.api('GET', 'tenants', undefined, 'not-the-key');
    expect(wrong).toMatchObject({ status: 401, body: { code: 'credential_invalid' } });
  });

  it('opens no address of the management API without it, but for discovery [APP-3] [SEC-3]', async () => {
    const document = asRecord(await (await fetch(`${gatehouse.url}/docs-json`)).json());
    const calls = Object.entries(asRecord(document['paths']))
      .flatMap(([path, item]) => Object.keys(asRecord(item)).map((method) => ({ path, method })))
      .filter(({ path }) => path.startsWith('/api/v1/') && path !== '/api/v1/discover');
    expect(calls.length).toBeGreaterThan(40);
    const statuses = calls.map(async ({ path, method }) => {
      const address = path.replace('/api/v1/', '').replaceAll(/\{\w+\}/g, 'any');
      const { status } = await gatehouse.api(method.toUpperCase(), address, undefined, null);
      return `${method} ${path}: ${status}`;
    });
    const open = (await Promise.all(statuses)).filter((each) => !each.endsWith(': 401'));
    expect(open).toEqual([]);
  });

  it('answers refusals as problem+json [APP-3]', async () => {
    const answer = await gatehouse.api('GET', 'tenants/nobody');
    expect(answer.type).toContain('application/problem+json');
    expect(answer).toMatchObject({
      status: 404,
      body: { code: 'not_found', mender: 'developer', status: 404 },
    });
  });
});

describe('tenants and members', () => {
  it('lets one person belong to many tenants, whatever the case of the address [TEN-1]', async () => {
    await gatehouse.did('POST', 'tenants', { slug: 'north', name: 'North' });
    await gatehouse.did('POST', 'tenants', { slug: 'south', name: 'South' });
    const owner = await gatehouse.did('POST', 'tenants/north/members', {
      email: 'Ida@mail.example',
      role: 'owner',
    });
    const viewer = await gatehouse.did('POST', 'tenants/south/members', {
      email: 'ida@MAIL.example',
      role: 'viewer',
    });
    expect(viewer['userId']).toBe(owner['userId']);
    const twice = await gatehouse.api('POST', 'tenants/south/members', { email: 'IDA@mail.example' });
    expect(twice).toMatchObject({ status: 409, body: { code: 'conflict' } });
  });

  it('never lets the last owner go [TEN-2]', async () => {
    await gatehouse.did('POST', 'tenants', { slug: 'solo', name: 'Solo' });
    const owner = await gatehouse.did('POST', 'tenants/solo/members', {
      email: 'solo@mail.example',
      role: 'owner',
    });
    const answer = await gatehouse.api('PATCH', `tenants/solo/members/${text(owner['id'])}`, {
      role: 'viewer',
    });
    expect(answer).toMatchObject({ status: 409, body: { code: 'last_owner' } });
  });

  it('never shows a member of one tenant under another [SEC-3]', async () => {
    await gatehouse.did('POST', 'tenants', { slug: 'east', name: 'East' });
    await gatehouse.did('POST', 'tenants', { slug: 'west', name: 'West' });
    const member = await gatehouse.did('POST', 'tenants/east/members', { email: 'e@mail.example' });
    const answer = await gatehouse.api('GET', `tenants/west/members/${text(member['id'])}`);
    expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it.each([
    ['a slug with spaces', 'tenants', { slug: 'not a slug', name: 'X' }],
    ['a body that is not JSON', 'tenants', '{"slug":'],
    ['a member without address', 'tenants/north/members', { email: 'nobody' }],
    ['an unknown role', 'tenants/north/members', { email: 'x@mail.example', role: 'king' }],
    ['a NUL in a text', 'tenants', { slug: 'nul', name: 'a\0b' }],
    ['a NUL in an address', 'tenants/%00/members', {}],
    ['an address that cannot be decoded', 'tenants/%E0%A4%A/members', {}],
    ['an ID of another kind', 'tenants/north/domains/mem_1/verify', {}],
  ])('refuses %s with a code and no server error', async (_, path, body) => {
    const answer = await gatehouse.api('POST', path, body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(text(answer.body['detail']).length).toBeGreaterThan(10);
  });
});

describe('domains', () => {
  async function claim(tenant: string, name: string) {
    const claimed = await gatehouse.did('POST', `tenants/${tenant}/domains`, { name });
    const proof = asRecord(claimed['proof']);
    const verify = () => gatehouse.api('POST', `tenants/${tenant}/domains/${text(claimed['id'])}/verify`);
    return { name: text(proof['name']), value: text(proof['value']), verify };
  }

  it('are proved by a TXT record, several to a tenant, in chunks too [DOM-1] [DOM-4]', async () => {
    const first = await claim('north', 'north.example');
    expect(first.name).toBe('_gatehouse-challenge.north.example');
    gatehouse.dns.set(first.name, 'TXT', [[first.value.slice(0, 20), first.value.slice(20)]]);
    expect(await first.verify()).toMatchObject({ status: 200, body: { state: 'verified' } });
    const second = await claim('north', 'north-two.example');
    gatehouse.dns.set('north-two.example', 'TXT', ['v=spf1 -all', second.value]);
    expect(await second.verify()).toMatchObject({ status: 200, body: { state: 'verified' } });
  });

  it('belong to one tenant: the second is refused at once and when both race [DOM-5]', async () => {
    const [a, b] = [await claim('north', 'shared.example'), await claim('south', 'shared.example')];
    gatehouse.dns.set(a.name, 'TXT', [a.value, b.value]);
    const statuses = (await Promise.all([a.verify(), b.verify()])).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 409]);
    const late = await gatehouse.api('POST', 'tenants/east/domains', { name: 'shared.example' });
    expect(late).toMatchObject({
      status: 409,
      body: { code: 'domain_claimed', detail: 'This domain has already been claimed.' },
    });
  });

  it.each(['gmail.com', 'GMAIL.com', 'co.uk', 'github.io'])(
    'refuses the public domain %s [DOM-6]',
    async (name) => {
      const answer = await gatehouse.api('POST', 'tenants/north/domains', { name });
      expect(answer).toMatchObject({ status: 422, body: { code: 'domain_public' } });
    },
  );

  it('tells an absent name, another value and a silent resolver apart [DOM-7]', async () => {
    const { name, value, verify } = await claim('north', 'later.example');
    expect(await verify()).toMatchObject({ status: 422, body: { code: 'dns_name_absent', lookedUp: name } });
    gatehouse.dns.set(name, 'TXT', ['gatehouse-verify=old']);
    expect(await verify()).toMatchObject({
      status: 422,
      body: { code: 'domain_proof_different', want: value, got: ['gatehouse-verify=old'] },
    });
    gatehouse.dns.servfail(name);
    expect(await verify()).toMatchObject({ status: 503, body: { code: 'dns_unavailable' } });
  });
});

describe('connections', () => {
  it('must pass a test by an owner or admin, of exactly this configuration, before they are enabled [CON-8] [CON-17]', async () => {
    const acme = new Organisation(gatehouse, 'tested');
    await acme.register();
    await acme.verifyDomain();
    await acme.connect();
    const enable = () => gatehouse.api('POST', `tenants/tested/connections/${acme.connection}/enable`);
    expect(await enable()).toMatchObject({ status: 409, body: { code: 'connection_not_tested' } });
    const stranger = await acme.test(person('stranger@tested.example'));
    expect(stranger.text).toContain('test_person_not_admin');
    expect(await enable()).toMatchObject({ status: 409 });
    expect((await acme.test(person(acme.owner))).text).toContain('The test passed');
    const path = `tenants/tested/connections/${acme.connection}`;
    await gatehouse.did('PATCH', path, { settings: { signaturePolicy: 'assertion' } });
    expect(await enable()).toMatchObject({
      status: 409,
      body: { got: 'a test of an earlier configuration' },
    });
    await acme.test(person(acme.owner));
    expect(await enable()).toMatchObject({ status: 200, body: { state: 'enabled' } });
  });

  it('are made by hand as well, and publish our metadata [CON-5] [CON-6]', async () => {
    const { idp } = new Organisation(gatehouse, 'typed');
    const manual = { entityId: idp.entityId, ssoUrl: idp.ssoUrl, certificates: idp.key.certificatePem };
    const made = await gatehouse.did('POST', 'tenants/north/connections', { label: 'By hand', manual });
    expect(made).toMatchObject({ state: 'configured', idp: { entityId: idp.entityId } });
    const own = asRecord(made['serviceProvider']);
    const metadata = await fetch(text(own['metadataUrl']));
    expect(metadata.headers.get('content-type')).toContain('application/samlmetadata+xml');
    expect(await metadata.text()).toContain(`Location="${text(own['acsUrl'])}"`);
  });

  it.each([
    ['HTML', { metadataXml: '<!doctype html><html><body>Sign in</body></html>' }, 'metadata_is_html'],
    ['no XML', { metadataXml: 'hello' }, 'metadata_not_xml'],
    ['a private address', { metadataUrl: 'https://127.0.0.1/metadata' }, 'address_not_allowed'],
    ['an absent host', { metadataUrl: 'https://idp.absent.invalid/metadata' }, 'metadata_unreachable'],
  ])('say what is wrong with metadata that is %s [CON-6] [CRT-5] [CRT-6]', async (_, source, code) => {
    const answer = await gatehouse.api('POST', 'tenants/north/connections', { label: 'Bad', ...source });
    expect(answer).toMatchObject({ status: 422, body: { code } });
  });
});

describe('documentation', () => {
  it('describes every call as OpenAPI 3.1 at /docs [APP-3]', async () => {
    const page = await fetch(`${gatehouse.url}/docs`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("style-src 'self' 'unsafe-inline'");
    const login = await fetch(`${gatehouse.url}/login?from=/docs`);
    expect(login.headers.get('content-security-policy')).not.toContain('unsafe-inline');
    const document = asRecord(await (await fetch(`${gatehouse.url}/docs-json`)).json());
    expect(document['openapi']).toBe('3.1.0');
    expect(Object.keys(asRecord(document['paths']))).toContain(
      '/api/v1/tenants/{tenant}/connections/{id}/enable',
    );
  });

  it('names every placeholder of an address as a parameter [APP-3]', async () => {
    const document = asRecord(await (await fetch(`${gatehouse.url}/docs-json`)).json());
    const path = asRecord(asRecord(document['paths'])['/api/v1/tenants/{tenant}/connections/{id}/enable']);
    const parameter = { in: 'path', required: true, schema: { type: 'string' } };
    expect(asRecord(path['post'])['parameters']).toEqual([
      { name: 'tenant', ...parameter },
      { name: 'id', ...parameter },
    ]);
  });
});

describe('an audit row', () => {
  it('says who changed what, and holds no secret [AUD-1]', async () => {
    const audit = await gatehouse.audit('north');
    expect(audit.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['tenant.created', 'domain.verified']),
    );
    expect(audit.every(({ actor }) => asRecord(actor)['kind'] === 'operator')).toBe(true);
    expect(JSON.stringify(audit)).not.toContain('BEGIN CERTIFICATE');
  });

  it('says who made an application and who changed where it begins a sign-in [AUD-1]', async () => {
    const clientSecret = 'a-secret-of-at-least-32-characters';
    const redirectUris = ['https://shop.example/back'];
    const made = await gatehouse.did('POST', 'applications', { name: 'Shop', redirectUris, clientSecret });
    const id = text(made['clientId']);
    const initiateLoginUri = 'https://shop.example/begin';
    await gatehouse.did('PATCH', `applications/${id}`, { initiateLoginUri });
    const { items } = await gatehouse.did('GET', 'applications/audit?limit=2');
    const described = { name: 'Shop', redirectUris, postLogoutRedirectUris: [] };
    const who = { subject: id, actor: { kind: 'operator', address: '127.0.0.1' } };
    expect(items).toMatchObject([
      {
        ...{ ...who, type: 'application.changed' },
        data: { before: described, after: { ...described, initiateLoginUri } },
      },
      { ...who, type: 'application.created', data: { after: described } },
    ]);
    expect(JSON.stringify(items)).not.toContain(clientSecret);
    expect(JSON.stringify(items)).not.toContain('ealed');
  });
});
