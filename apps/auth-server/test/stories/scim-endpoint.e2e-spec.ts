import { request } from 'node:http';
import { createTokenSecret, SystemChance } from '@gatehouse/core';
import { DataSource } from 'typeorm';
import { DirectoryClient } from '../directory-client';
import { asArray, asRecord, Gatehouse, operatorKey, text } from '../gatehouse';
import { Organisation } from '../organisation';

const errorSchema = 'urn:ietf:params:scim:api:messages:2.0:Error';
let gatehouse: Gatehouse;
let okta: DirectoryClient;
let theirs: DirectoryClient;

beforeAll(async () => {
  gatehouse = await Gatehouse.start({ scimRequestsPerMinute: 200 });
  await Organisation.setUp(gatehouse, 'acme');
  await Organisation.setUp(gatehouse, 'globex', 'sso.globex.example');
  okta = await DirectoryClient.setUp(gatehouse, 'acme');
  theirs = await DirectoryClient.setUp(gatehouse, 'globex');
}, 60_000);

afterAll(() => gatehouse?.stop());

/** Asks as this client, but with other headers, or elsewhere. */
function as(client: DirectoryClient, secret: string, baseUrl = client.baseUrl): DirectoryClient {
  return new DirectoryClient(baseUrl, client.id, secret, client.path);
}

async function change(tenant: string, sql: string, values: readonly unknown[]): Promise<void> {
  const { id } = await gatehouse.did('GET', `tenants/${tenant}`);
  await gatehouse.app.get(DataSource).transaction(async (manager) => {
    await manager.query(`SET LOCAL gatehouse.tenant = '${text(id)}'`);
    await manager.query(sql, [...values]);
  });
}

/** What a client is told that is not let in: the status as text, and what to do. */
function refusal(status: number, detail: unknown = expect.any(String)) {
  return { status, body: { schemas: [errorSchema], status: String(status), detail } };
}

it('answers so many requests of a client at once, and asks it to wait with the others [SCM-1]', async () => {
  const hasty = await DirectoryClient.setUp(gatehouse, 'globex');
  const path = `/Users/dusr_${'0'.repeat(26)}`;
  const Operations = Array.from({ length: 50 }, () => ({ method: 'DELETE', path }));
  const bulk = { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], Operations };
  const answers = await Promise.all(Array.from({ length: 90 }, () => hasty.send('POST', '/Bulk', bulk)));
  const refused = answers.filter(({ status }) => status === 429);
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(50);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]?.headers.get('retry-after')).toBe('1');
  await expect(hasty.send('POST', '/Bulk', bulk)).resolves.toMatchObject({ status: 200 });
}, 20_000);

describe("a directory's client", () => {
  it('creates, finds, changes and removes a person, who is a member meanwhile [SCM-1] [SCM-3]', async () => {
    const made = await okta.create('ada@acme.example', { displayName: 'Ada Example' });
    const id = text(made['id']);
    expect(asRecord(made['meta'])['location']).toBe(`${okta.baseUrl}/Users/${id}`);
    const members = async () => JSON.stringify(await gatehouse.did('GET', 'tenants/acme/members'));
    await expect(members()).resolves.toContain('ada@acme.example');
    const filter = encodeURIComponent('userName eq "ADA@acme.example"');
    await expect(okta.did('GET', `/Users?filter=${filter}`)).resolves.toMatchObject({ totalResults: 1 });
    const patch = { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'] };
    const off = { ...patch, Operations: [{ op: 'Replace', path: 'active', value: 'False' }] };
    await okta.did('PATCH', `/Users/${id}`, off);
    await expect(okta.did('GET', `/Users/${id}`)).resolves.toMatchObject({ active: false });
    expect((await okta.send('DELETE', `/Users/${id}`)).status).toBe(204);
    expect(await okta.send('GET', `/Users/${id}`)).toMatchObject(refusal(404));
    await expect(members()).resolves.not.toContain('ada@acme.example');
  });

  it('is told what this server can, in the content type of the protocol [SCM-1]', async () => {
    for (const path of [
      '/ServiceProviderConfig',
      '/Schemas',
      '/ResourceTypes',
      '/Users?count=1',
      '/Groups',
    ]) {
      const { status, headers } = await okta.send('GET', path);
      expect({
        path,
        status,
        type: headers.get('content-type'),
        cache: headers.get('cache-control'),
      }).toEqual({
        ...{ path, status: 200, type: 'application/scim+json; charset=utf-8', cache: 'no-store' },
      });
    }
  });

  it('is written to the audit log as the directory, with its token [AUD-1] [SCM-3]', async () => {
    const { id } = await okta.create('audited@acme.example');
    const entries = (await gatehouse.audit('acme')).filter(
      ({ type }) => type === 'provisioned_person.created',
    );
    const [created] = entries;
    expect(created).toMatchObject({
      subject: id,
      actor: { kind: 'directory', id: okta.id, address: '127.0.0.1', token: expect.stringMatching(/^dtok_/) },
    });
  });
});

describe('the door to a directory', () => {
  it.each([
    ['no token', {}, 'Bearer realm="scim"'],
    ['garbage', { authorization: 'Bearer garbage' }, 'Bearer realm="scim", error="invalid_token"'],
    ['another scheme', { authorization: 'Basic YTpi' }, 'Bearer realm="scim", error="invalid_token"'],
    [
      'a token that nobody made',
      { authorization: `Bearer ${createTokenSecret(new SystemChance(), 'scim_')}` },
      'Bearer realm="scim", error="invalid_token"',
    ],
    [
      "the operator's key",
      { authorization: `Bearer ${operatorKey}` },
      'Bearer realm="scim", error="invalid_token"',
    ],
  ])('is closed with %s, and says how to come in [SCM-5] [SCM-1]', async (_, headers, challenge) => {
    for (const method of ['GET', 'POST', 'DELETE']) {
      const answer = await fetch(`${okta.baseUrl}/Users`, { method, headers });
      expect(answer.headers.get('www-authenticate')).toBe(challenge);
      expect({ status: answer.status, body: await answer.json() }).toEqual(refusal(401));
    }
  });

  it('is closed with an API token of an owner, and the API with the token of a directory [SCM-5] [SES-4]', async () => {
    const { items } = await gatehouse.did('GET', 'tenants/acme/members');
    const owner = asArray(items)
      .map(asRecord)
      .find(({ role }) => role === 'owner');
    const wanted = { name: 'All', scopes: ['directories:write', 'members:write'], memberId: owner?.['id'] };
    const { secret } = await gatehouse.did('POST', 'tenants/acme/api-tokens', wanted);
    expect(await as(okta, text(secret)).send('GET', '/Users')).toMatchObject(refusal(401));
    const program = await gatehouse.api('GET', 'tenants/acme/members', undefined, okta.secret);
    expect(program).toMatchObject({ status: 401, body: { code: 'credential_invalid' } });
  });

  it('does not tell whether another directory exists, nor lets a token in there [SEC-3] [SCM-5]', async () => {
    const nobody = okta.baseUrl.replace(okta.id, `dir_${'0'.repeat(26)}`);
    const answers = await Promise.all(
      [theirs.baseUrl, nobody, `${okta.baseUrl}x`, okta.baseUrl.replace('dir_', 'DIR_')].map((baseUrl) =>
        as(okta, okta.secret, baseUrl).send('GET', '/Users'),
      ),
    );
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    expect(answers[0]).toMatchObject(refusal(404));
    const second = await DirectoryClient.setUp(gatehouse, 'acme');
    expect(await as(okta, second.secret).send('GET', '/Users')).toMatchObject(refusal(404));
  });

  it('finds nobody of another directory of the same tenant by ID [SEC-3] [SCM-1]', async () => {
    const second = await DirectoryClient.setUp(gatehouse, 'acme');
    const { id } = await second.create('second@acme.example');
    for (const method of ['GET', 'DELETE'])
      expect(await okta.send(method, `/Users/${text(id)}`)).toMatchObject(refusal(404));
    await expect(second.did('GET', `/Users/${text(id)}`)).resolves.toMatchObject({ active: true });
  });

  it('closes for a token that was revoked or has expired, at once [SCM-5]', async () => {
    const client = await DirectoryClient.setUp(gatehouse, 'acme');
    const next = await gatehouse.did('POST', `${client.path}/tokens`, { name: 'Next' });
    const { items } = await gatehouse.did('GET', `${client.path}/tokens`);
    const first = asArray(items)
      .map(asRecord)
      .find(({ name }) => name === 'Client');
    await gatehouse.did('DELETE', `${client.path}/tokens/${text(first?.['id'])}`);
    expect(await client.send('GET', '/Users')).toMatchObject(
      refusal(401, expect.stringContaining('revoked')),
    );
    const renewed = as(client, text(next['secret']));
    expect((await renewed.send('GET', '/Users')).status).toBe(200);
    await change('acme', 'UPDATE directory_tokens SET expires_at = now() WHERE id = $1', [next['id']]);
    expect(await renewed.send('GET', '/Users')).toMatchObject(
      refusal(401, expect.stringContaining('expired')),
    );
  });

  it('shows when a token was last used [SCM-5]', async () => {
    const client = await DirectoryClient.setUp(gatehouse, 'acme');
    await client.did('GET', '/Users');
    const used = async () =>
      asRecord(asArray((await gatehouse.did('GET', `${client.path}/tokens`))['items'])[0]);
    for (let tries = 0; (await used())['lastUsedAt'] === undefined && tries < 50; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await used()).toHaveProperty('lastUsedAt');
    await expect(gatehouse.did('GET', client.path)).resolves.toHaveProperty('lastUsedAt');
  });

  it('sends everybody away from a paused directory, to come again later: nothing is read or written [SCM-5]', async () => {
    const client = await DirectoryClient.setUp(gatehouse, 'acme');
    await gatehouse.did('POST', `${client.path}/pause`);
    const person = { userName: 'paused@acme.example' };
    for (const [method, path, body] of [
      ['POST', '/Users', person],
      ['GET', '/Users', undefined],
    ] as const) {
      const answer = await client.send(method, path, body);
      expect(answer).toMatchObject(refusal(503, expect.stringContaining('paused')));
      expect(answer.headers.get('retry-after')).toBe('300');
    }
    await gatehouse.did('POST', `${client.path}/resume`);
    await expect(client.did('GET', '/Users')).resolves.toMatchObject({ totalResults: 0 });
  });

  it('is closed for a tenant that is suspended [SCM-5]', async () => {
    await gatehouse.did('POST', 'tenants', { slug: 'initech', name: 'Initech' });
    const client = await DirectoryClient.setUp(gatehouse, 'initech');
    await change('initech', `UPDATE tenants SET suspended_at = now() WHERE slug = 'initech'`, []);
    expect(await client.send('GET', '/Users')).toMatchObject(refusal(403));
  });

  it('lets a directory ask so often and no oftener, and the others go on [SEC-1]', async () => {
    const wild = await DirectoryClient.setUp(gatehouse, 'acme');
    const answers = await Promise.all(
      Array.from({ length: 300 }, () => wild.send('GET', '/ServiceProviderConfig')),
    );
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited.length).toBeGreaterThan(10);
    expect(limited[0]).toMatchObject(refusal(429));
    expect(Number(limited[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await okta.send('GET', '/Users?count=1')).status).toBe(200);
    const refused = await wild.logged(gatehouse, 1, '?status=429&limit=200');
    expect(refused.length).toBeLessThan(limited.length / 2);
  });

  it("answers at the tenant's own host too, by its own directories only, with addresses there [TEN-8]", async () => {
    const at = (directory: DirectoryClient) => hosted('sso.globex.example', directory, '/Users?count=1');
    expect(await at(theirs)).toMatchObject({ status: 200 });
    expect(await at(okta)).toMatchObject({ status: 404 });
    const { id } = await theirs.create('kim@globex.example');
    const { body } = await hosted('sso.globex.example', theirs, `/Users/${text(id)}`);
    const location = `https://sso.globex.example/scim/v2/${theirs.id}/Users/${text(id)}`;
    expect(asRecord(asRecord(body)['meta'])['location']).toBe(location);
  });
});

/** As a proxy hands on what came to another host. */
function hosted(
  host: string,
  { baseUrl, secret }: DirectoryClient,
  path: string,
): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    const headers = { host, authorization: `Bearer ${secret}` };
    const asked = request(`${baseUrl}${path}`, { headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString()) }),
      );
    });
    asked.on('error', reject).end();
  });
}

describe('what is no request of the protocol', () => {
  it.each([
    ['no JSON', 'POST', '/Users', '{"userName":', {}, 400],
    [
      'a form',
      'POST',
      '/Users',
      'userName=ada',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
    ],
    ['a content type that is none', 'POST', '/Users', '{}', { 'content-type': 'json' }, 415],
    ['too much', 'POST', '/Users', `{"userName":"${'a'.repeat(1_100_000)}"}`, {}, 413],
    ['another address', 'GET', '/Robots', undefined, {}, 404],
    ['an address that cannot be decoded', 'GET', '/Users/%E0%A4%A', undefined, {}, [400, 404]],
    ['another method', 'POST', '/Users/1', {}, {}, 405],
    ['a method that nobody knows', 'OPTIONS', '/Users', undefined, {}, 501],
    ['a filter that is none', 'GET', '/Users?filter=userName%20is%20ada', undefined, {}, 400],
    ['a key in the address', 'GET', '/Users?access_token=abc', undefined, {}, 400],
  ] as const)('%s is refused in its own words [SCM-1]', async (_, method, path, body, headers, status) => {
    const answer = await okta.send(method, path, body, headers);
    expect([status].flat()).toContain(answer.status);
    expect(answer).toMatchObject(refusal(answer.status));
    expect(answer.headers.get('content-type')).toMatch(/^application\/scim\+json/);
  });

  it('is refused in its own words where no directory is named, too [SCM-1]', async () => {
    for (const path of ['/scim/v2', '/scim/v2/', '/scim/v1/Users', '/scim/v2/%']) {
      const answer = await fetch(`${gatehouse.url}${path}`, { headers: { accept: 'text/html' } });
      expect([400, 404]).toContain(answer.status);
      expect(await answer.json()).toMatchObject({ schemas: [errorSchema], status: String(answer.status) });
    }
  });

  it('reads no body of somebody who has no token [SEC-1]', async () => {
    const big = 'a'.repeat(1_100_000);
    const answer = await as(okta, 'nobody')
      .send('POST', '/Users', big)
      .catch(() => undefined);
    expect(answer?.status ?? 401).toBe(401);
  });
});
