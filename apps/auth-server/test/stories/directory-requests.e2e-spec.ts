import { openDatabase } from '@gatehouse/core-postgres';
import { signInAs } from '../callers';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { Organisation } from '../organisation';
import { DirectoryClient } from '../directory-client';

const patchOp = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
let gatehouse: Gatehouse;
let acme: Organisation;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = await Organisation.setUp(gatehouse, 'acme');
  await gatehouse.did('POST', 'tenants', { slug: 'globex', name: 'Globex' });
}, 60_000);

afterAll(() => gatehouse?.stop());

function aDirectory(): Promise<DirectoryClient> {
  return DirectoryClient.setUp(gatehouse, 'acme');
}

async function preview(client: DirectoryClient, id: unknown) {
  return gatehouse.did('POST', `${client.path}/requests/${text(id)}/preview`);
}

function typesIn(shown: Readonly<Record<string, unknown>>): unknown[] {
  return asArray(shown['happenings']).map((each) => asRecord(each)['type']);
}

describe('the log of a directory', () => {
  it('shows each request with who sent it, what came and what was answered [SCM-7]', async () => {
    const client = await aDirectory();
    const person = { userName: 'log@acme.example', emails: [{ value: 'log@acme.example' }] };
    await client.send('POST', '/Users', person, { 'user-agent': 'Okta SCIM Client 1.0' });
    await client.send('POST', '/Users', person);
    await client.send('PUT', '/Users/nobody', person, { 'if-match': 'W/"3"' });
    const [missing, taken, made] = await client.logged(gatehouse, 3);
    expect(made).toMatchObject({
      method: 'POST',
      path: '/Users',
      status: 201,
      userAgent: 'Okta SCIM Client 1.0',
    });
    expect(made).not.toHaveProperty('body');
    expect(made?.['tokenId']).toMatch(/^dtok_/);
    expect(taken).toMatchObject({
      status: 409,
      scimType: 'uniqueness',
      detail: expect.stringContaining('userName'),
    });
    expect(missing).toMatchObject({ method: 'PUT', path: '/Users/nobody', status: 404 });
    const whole = await gatehouse.did('GET', `${client.path}/requests/${text(made?.['id'])}`);
    expect(JSON.parse(text(whole['body']))).toEqual(person);
    const other = await gatehouse.did('GET', `${client.path}/requests/${text(missing?.['id'])}`);
    expect(other).toMatchObject({ ifMatch: 'W/"3"', bodyCut: false });
  });

  it('is searched by what somebody asks about [SCM-7]', async () => {
    const client = await aDirectory();
    await client.create('one@acme.example');
    await client.create('two@acme.example');
    await client.send('GET', '/Users/nobody');
    await client.logged(gatehouse, 3);
    const found = async (query: string) =>
      (await client.logged(gatehouse, 0, `?${query}`)).map(
        ({ method, path }) => `${text(method)} ${text(path)}`,
      );
    await expect(found('text=ONE%40acme')).resolves.toEqual(['POST /Users']);
    await expect(found('outcome=refused')).resolves.toEqual(['GET /Users/nobody']);
    await expect(found('method=POST&status=201')).resolves.toEqual(['POST /Users', 'POST /Users']);
    await expect(found(`until=${encodeURIComponent('2026-01-01T00:00:00+01:00')}`)).resolves.toEqual([]);
    const wrong = await gatehouse.api('GET', `${client.path}/requests?outcome=lost`);
    expect(wrong).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
  });

  it('shows who was sent away at the door, where the token says whose it is [SCM-7] [SCM-5]', async () => {
    const client = await aDirectory();
    const { items } = await gatehouse.did('GET', `${client.path}/tokens`);
    await gatehouse.did('POST', `${client.path}/pause`);
    await client.send('POST', '/Users', { userName: 'later@acme.example' });
    await gatehouse.did('DELETE', `${client.path}/tokens/${text(asRecord(asArray(items)[0])['id'])}`);
    await client.send('GET', '/Users');
    const [revoked, paused] = await client.logged(gatehouse, 2);
    expect(revoked).toMatchObject({ status: 401, detail: expect.stringContaining('revoked') });
    expect(paused).toMatchObject({ status: 503, detail: expect.stringContaining('paused') });
  });

  it('holds no password and no token, in whichever part of a request they came [SCM-7] [OPS-6]', async () => {
    const client = await aDirectory();
    const password = 'correct-horse-battery';
    await client.create('secret@acme.example', { password, nickName: client.secret });
    const Operations = [{ op: 'replace', path: 'password', value: password }];
    await client.send('PATCH', '/Users/nobody', { schemas: patchOp, Operations });
    await client.send('GET', `/Users?filter=${encodeURIComponent(`password eq "${password}"`)}`);
    await client.send('POST', '/Users', `{"password": "${password}"`);
    await client.logged(gatehouse, 4);
    const { items } = await gatehouse.did('GET', `${client.path}/requests`);
    const whole = await Promise.all(
      asArray(items).map((each) =>
        gatehouse.did('GET', `${client.path}/requests/${text(asRecord(each)['id'])}`),
      ),
    );
    expect(whole).toHaveLength(4);
    expect(JSON.stringify(whole)).not.toContain(password);
    expect(JSON.stringify(whole)).not.toContain(client.secret.slice(20, 60));
  });

  it('keeps the beginning of a long body, and says that it was cut [SCM-7]', async () => {
    const client = await aDirectory();
    const title = 'ü'.repeat(60_000);
    await client.create('long@acme.example', { title });
    const [made] = await client.logged(gatehouse, 1);
    const whole = await gatehouse.did('GET', `${client.path}/requests/${text(made?.['id'])}`);
    expect(whole).toMatchObject({ bodyCut: true, body: expect.stringContaining('long@acme.example') });
    expect(text(whole['body'])).toHaveLength(32_768);
    const tried = await gatehouse.api('POST', `${client.path}/requests/${text(made?.['id'])}/preview`);
    expect(tried).toMatchObject({ status: 409, body: { code: 'conflict' } });
  });

  it('is for owners and admins of the tenant, and of no other directory or tenant [SCM-7] [SEC-3] [TEN-3]', async () => {
    const [client, other] = [await aDirectory(), await aDirectory()];
    await client.create('private@acme.example');
    const [made] = await client.logged(gatehouse, 1);
    const id = text(made?.['id']);
    for (const path of [other.path, client.path.replace('acme', 'globex')])
      for (const [method, to] of [
        ['GET', ''],
        ['POST', '/preview'],
      ] as const)
        expect(await gatehouse.api(method, `${path}/requests/${id}${to}`)).toMatchObject({ status: 404 });
    const member = await signInAs(gatehouse, acme, 'member');
    expect(await member.call('GET', `${client.path}/requests/${id}`)).toMatchObject({ status: 403 });
  });
});

describe('a server that is stopped', () => {
  it('writes first what is not in the log yet [SCM-7]', async () => {
    const other = await Gatehouse.start();
    try {
      await other.did('POST', 'tenants', { slug: 'acme', name: 'Acme' });
      const client = await DirectoryClient.setUp(other, 'acme');
      await Promise.all(Array.from({ length: 20 }, () => client.send('GET', '/Users')));
      await other.app.close();
      const url = new URL(process.env['GATEHOUSE_TEST_POSTGRES_URL'] ?? '');
      url.pathname = new URL(other.database.url).pathname;
      const database = await openDatabase({ url: url.href, poolSize: 1 });
      const rows: unknown[] = await database.query('SELECT id FROM directory_requests');
      await database.destroy();
      expect(rows).toHaveLength(20);
    } finally {
      await other.database.drop();
      await other.dns.close();
    }
  });
});

describe('a request that is tried again', () => {
  it('says what it would do now, and does nothing of it [SCM-7]', async () => {
    const client = await aDirectory();
    const made = await client.create('tried@acme.example');
    const address = `/Users/${text(made['id'])}`;
    expect((await client.send('DELETE', address)).status).toBe(204);
    await client.create('tried@acme.example');
    const requests = await client.logged(gatehouse, 3);
    const gone = requests.find(({ method }) => method === 'DELETE');
    const before = await gatehouse.audit('acme');
    const shown = await preview(client, gone?.['id']);
    expect(shown).toMatchObject({ before: { status: 204 }, now: { status: 204 } });
    expect(typesIn(shown)).toEqual(expect.arrayContaining(['provisioned_person.deleted', 'member.removed']));
    await expect(client.did('GET', address)).resolves.toMatchObject({ active: true });
    await expect(gatehouse.audit('acme')).resolves.toEqual(before);
    const members = JSON.stringify(await gatehouse.did('GET', 'tenants/acme/members'));
    expect(members).toContain('tried@acme.example');
  });

  it('says what would be refused now, and why [SCM-7]', async () => {
    const client = await aDirectory();
    await client.create('twice@acme.example');
    const [made] = await client.logged(gatehouse, 1);
    await expect(preview(client, made?.['id'])).resolves.toMatchObject({
      before: { status: 201 },
      now: { status: 409, body: { scimType: 'uniqueness' } },
      happenings: [],
    });
  });

  it('is tried while the directory is paused, too: to know before it goes on [SCM-7] [SCM-5]', async () => {
    const client = await aDirectory();
    await gatehouse.did('POST', `${client.path}/pause`);
    await client.send('POST', '/Users', {
      userName: 'waiting@acme.example',
      emails: [{ value: 'waiting@acme.example' }],
    });
    const [refused] = await client.logged(gatehouse, 1);
    const shown = await preview(client, refused?.['id']);
    expect(shown).toMatchObject({ before: { status: 503 }, now: { status: 201 } });
    expect(typesIn(shown)).toEqual(expect.arrayContaining(['provisioned_person.created', 'member.added']));
    expect(await client.send('GET', '/Users')).toMatchObject({ status: 503 });
    await gatehouse.did('POST', `${client.path}/resume`);
    await expect(client.did('GET', '/Users')).resolves.toMatchObject({ totalResults: 0 });
  });

  it('tries no bulk request, whose operations build on one another [SCM-7]', async () => {
    const client = await aDirectory();
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'];
    await client.did('POST', '/Bulk', { schemas, Operations: [] });
    const [bulk] = await client.logged(gatehouse, 1);
    const answer = await gatehouse.api('POST', `${client.path}/requests/${text(bulk?.['id'])}/preview`);
    expect(answer).toMatchObject({ status: 409, body: { code: 'conflict' } });
  });
});

describe('the people of a directory', () => {
  it('are shown with what they are here, and why somebody is not let in [LNK-8] [SCM-3]', async () => {
    const client = await aDirectory();
    await client.create('inside@acme.example');
    await client.create('outside@elsewhere.example');
    await client.create('asleep@acme.example', { active: false });
    const people = async (query = '') => {
      const { items } = await gatehouse.did('GET', `${client.path}/people${query}`);
      return asArray(items).map(asRecord);
    };
    expect((await people()).map(({ email, standing }) => [email, standing])).toEqual([
      ['inside@acme.example', 'admitted'],
      ['outside@elsewhere.example', 'quarantined'],
      ['asleep@acme.example', 'deactivated'],
    ]);
    const [kept, ...others] = await people('?standing=quarantined');
    expect(others).toEqual([]);
    expect(kept).toMatchObject({
      quarantinedFor: 'email_domain_not_verified',
      whatToDo: expect.stringContaining('Verify the domain'),
    });
    expect(kept).not.toHaveProperty('memberId');
    expect(await people('?reason=no_email')).toEqual([]);
    await expect(gatehouse.did('GET', client.path)).resolves.toMatchObject({ people: 3, quarantined: 1 });
    const [first] = await people('?limit=1');
    expect((await people(`?limit=2&after=${text(first?.['id'])}`)).map(({ email }) => email)).toEqual([
      ...['outside@elsewhere.example', 'asleep@acme.example'],
    ]);
  });
});
