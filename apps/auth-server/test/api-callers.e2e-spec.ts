import { scopes } from '@gatehouse/core';
import { verdictOf } from './api-routes';
import { ApiCaller, signInAs } from './callers';
import { asArray, asRecord, Gatehouse, operatorKey, text } from './gatehouse';
import { Organisation } from './organisation';
import { sendRaw } from './send-raw';

let gatehouse: Gatehouse;
let acme: Organisation;
let globex: Organisation;
let owner: ApiCaller;
let member: ApiCaller;
let viewer: ApiCaller;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  globex = await Organisation.setUp(gatehouse, 'globex');
  owner = await signInAs(gatehouse, acme, 'owner');
  member = await signInAs(gatehouse, acme, 'member');
  viewer = await signInAs(gatehouse, acme, 'viewer');
}, 60_000);

afterAll(() => gatehouse?.stop());

async function aToken(of: ApiCaller, granted: readonly string[]): Promise<ApiCaller> {
  const wanted = { name: 'A program', scopes: granted, memberId: of.memberId };
  const made = await gatehouse.did('POST', `${acme.path}/api-tokens`, wanted);
  return ApiCaller.withKey(gatehouse, text(made['secret']));
}

describe("another tenant's things", () => {
  it('are refused in the same words as those of a tenant that does not exist [SEC-3]', async () => {
    const say = async (name: string) => {
      const { status, body } = await owner.call('GET', `tenants/${name}/members`);
      const { instance, ...said } = body;
      return {
        status,
        said: JSON.parse(JSON.stringify(said).replaceAll(name, 'NAME')),
        named: typeof instance,
      };
    };
    await expect(say('globex')).resolves.toEqual(await say('nobody'));
  });

  it('are absent also for somebody who owns both, by the session of one [SES-2] [SEC-3]', async () => {
    const email = 'member-acme@acme.example';
    await gatehouse.did('POST', `${globex.path}/members`, { email, role: 'owner' });
    const answer = await member.call('GET', `${globex.path}/members`);
    expect(verdictOf(answer)).toBe('no such tenant');
  });

  it("are not reached by IDs of theirs below one's own tenant [SEC-3]", async () => {
    const { items } = await gatehouse.did('GET', `${globex.path}/members`);
    const [member] = asArray(items).map(asRecord);
    const { items: domains } = await gatehouse.did('GET', `${globex.path}/domains`);
    const [domain] = asArray(domains).map(asRecord);
    for (const path of [
      `members/${text(member?.['id'])}`,
      `domains/${text(domain?.['id'])}`,
      `connections/${globex.connection}`,
    ])
      expect((await owner.call('GET', `${acme.path}/${path}`)).status).toBe(404);
  });
});

describe('an owner', () => {
  it('makes nobody a member without being asked, and hears nothing of people whom other tenants know [SEC-3]', async () => {
    const person = { email: 'known-to-globex@mail.example', name: 'Known Elsewhere' };
    await gatehouse.did('POST', `${globex.path}/members`, person);
    const added = await owner.call('POST', `${acme.path}/members`, { email: person.email });
    expect(added).toMatchObject({ status: 403, body: { code: 'operator_required' } });
    const known = await owner.did('POST', `${acme.path}/invitations`, { email: person.email });
    const email = 'known-to-nobody@mail.example';
    const unknown = await owner.did('POST', `${acme.path}/invitations`, { email });
    expect(JSON.stringify(known)).not.toContain(person.name);
    expect(Object.keys(known)).toEqual(Object.keys(unknown));
  });

  it('grants the organisation nothing that the operator grants, nor reaches the deployment [SEC-3] [TEN-9]', async () => {
    const program = await aToken(owner, scopes);
    const tries = [
      ['PATCH', acme.path, { ssoEntitled: true }],
      ['PATCH', acme.path, { host: 'login.acme.example' }],
      ['POST', 'tenants', { slug: 'mine', name: 'Mine' }],
      ['GET', 'tenants', undefined],
      ['GET', 'applications', undefined],
      ['POST', 'saml-keys/rotate', { to: 'next' }],
    ] as const;
    for (const caller of [owner, program])
      for (const [method, path, body] of tries) {
        const answer = await caller.call(method, path, body);
        expect([method, path, answer.status, answer.body['code']]).toEqual([
          method,
          path,
          403,
          'operator_required',
        ]);
      }
  });
});

describe('who may not', () => {
  it('is told whom to ask, and nobody outside the organisation is told names [TEN-3]', async () => {
    const answer = await viewer.call('GET', `${acme.path}/connections`);
    expect(answer).toMatchObject({
      status: 403,
      body: { code: 'not_an_admin', want: 'owner or admin', got: 'viewer' },
    });
    expect(answer.body['ask']).toEqual(
      expect.arrayContaining(['owner@acme.example', 'owner-acme@acme.example']),
    );
    expect(text(answer.body['detail'])).toContain('owner@acme.example');
    const outside = await viewer.call('GET', `${globex.path}/connections`);
    expect(JSON.stringify(outside.body)).not.toContain('@');
  });

  it('may from the next call on, once the role is changed, and no longer than it lasts [TEN-4]', async () => {
    const ada = viewer;
    const token = await aToken(ada, ['sessions:read']);
    const path = `${acme.path}/members/${ada.memberId}`;
    const look = async () => [
      (await ada.call('GET', `${acme.path}/connections`)).status,
      text(asRecord((await token.did('GET', 'me'))['member'])['role']),
    ];
    await expect(look()).resolves.toEqual([403, 'viewer']);
    await gatehouse.did('PATCH', path, { role: 'admin' });
    await expect(look()).resolves.toEqual([200, 'admin']);
    await gatehouse.did('PATCH', path, { role: 'viewer' });
    await expect(look()).resolves.toEqual([403, 'viewer']);
  });
});

describe('a call', () => {
  it('with two Authorization headers is refused, in either order and whatever their case [SEC-3]', async () => {
    const good = `Bearer ${operatorKey}`;
    for (const pair of [
      [good, 'Bearer other'],
      ['Bearer other', good],
      [good, good],
    ]) {
      const headers = pair.flatMap((value, index) => [
        index === 0 ? 'Authorization' : 'aUTHORIZATION',
        value,
      ]);
      const { status, body } = await sendRaw(gatehouse.url, '/api/v1/tenants', headers);
      expect([status, body['code']]).toEqual([400, 'credential_ambiguous']);
    }
  });

  it('with a key in its address is refused, and the key is neither repeated nor logged [SES-4]', async () => {
    const key = text(
      (
        await gatehouse.did('POST', `${acme.path}/api-tokens`, {
          name: 'Leaked',
          scopes: [],
          memberId: owner.memberId,
        })
      )['secret'],
    );
    const written: string[] = [];
    const keep = (chunk: unknown) => written.push(String(chunk)) > 0;
    const spies = [process.stdout, process.stderr].map((stream) =>
      jest.spyOn(stream, 'write').mockImplementation(keep),
    );
    try {
      for (const query of [`access_token=${key}`, `anything=${key}`, `access_token=${operatorKey}`]) {
        const answer = await new ApiCaller(gatehouse, {}).call('GET', `me?${query}`);
        expect(answer).toMatchObject({ status: 400, body: { code: 'credential_misplaced' } });
        expect(JSON.stringify(answer.body)).not.toContain(query.split('=')[1]);
      }
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
    expect(written.join('')).not.toContain(key);
    expect(JSON.stringify(await gatehouse.audit(acme.slug))).not.toContain(key);
  });

  it('goes by its key alone where a browser session came along, also where the key is wrong [SEC-2]', async () => {
    const { cookie = '' } = owner.headers;
    const both = new ApiCaller(gatehouse, { cookie, authorization: 'Bearer garbage' });
    expect(verdictOf(await both.call('GET', `${acme.path}/connections`))).toBe('credential_invalid');
    const operator = new ApiCaller(gatehouse, { cookie, authorization: `Bearer ${operatorKey}` });
    expect(await operator.did('GET', 'me')).toMatchObject({ caller: 'operator' });
  });

  it('cannot choose by its Host header where our links lead, nor which tenant it is for [SEC-2] [SEC-3]', async () => {
    const authorization = `Bearer ${operatorKey}`;
    const headers = [
      'Authorization',
      authorization,
      'X-Forwarded-Host',
      'evil.example',
      'X-Forwarded-Proto',
      'https',
    ];
    const path = `/api/v1/${acme.path}/connections/${acme.connection}`;
    const { status, body } = await sendRaw(gatehouse.url, path, headers, 'evil.example');
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toContain('evil.example');
    expect(JSON.stringify(body)).toContain(gatehouse.url);
  });

  it('is never answered to another origin, nor kept by a cache [SEC-2]', async () => {
    const { headers } = owner;
    const answer = await fetch(`${gatehouse.url}/api/v1/me`, {
      headers: { ...headers, origin: 'https://evil.example' },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('asks who one is, and hears it with what one may do [APP-3] [TEN-4]', async () => {
    const tenant = { slug: 'acme', name: 'acme Inc.' };
    expect(await viewer.did('GET', 'me')).toMatchObject({
      ...{ caller: 'session', tenant, member: { role: 'viewer' }, session: { via: 'saml' } },
      may: { 'api-tokens:read': 'own' },
    });
    const token = await aToken(owner, ['audit:read', 'sessions:read']);
    expect(await token.did('GET', 'me')).toMatchObject({
      ...{
        caller: 'token',
        tenant,
        user: { email: 'owner-acme@acme.example' },
        token: { name: 'A program' },
      },
      may: { 'audit:read': 'all', 'sessions:read': 'all' },
    });
  });
});
