import { DirectoryClient, type ScimAnswer } from '../directory-client';
import { asArray, asRecord, Gatehouse, text } from '../gatehouse';
import { Organisation } from '../organisation';

let gatehouse: Gatehouse;
let acme: Organisation;
let client: DirectoryClient;

beforeAll(async () => {
  gatehouse = await Gatehouse.start();
  acme = new Organisation(gatehouse, 'acme');
  await acme.register();
  await acme.verifyDomain();
}, 60_000);

beforeEach(async () => {
  client = await DirectoryClient.setUp(gatehouse, 'acme');
});

afterAll(() => gatehouse?.stop());

/** Each directory of a test has people of its own. */
let people = 0;
const anAddress = (): string => `person-${(people += 1)}@${acme.domain}`;

const listOf = ({ body }: ScimAnswer): Readonly<Record<string, unknown>>[] =>
  asArray(body['Resources']).map(asRecord);

const bulk = (Operations: readonly object[], more: object = {}) =>
  client.send('POST', '/Bulk', { Operations, ...more });

describe('the protocol, over HTTP and the database', () => {
  it('makes people and their group by one bulk request, the group first [SCM-1]', async () => {
    const names = Array.from({ length: 40 }, anAddress);
    const group = {
      displayName: 'Engines',
      members: names.map((_, number) => ({ value: `bulkId:${number}` })),
    };
    const { status, body } = await bulk([
      { method: 'POST', path: '/Groups', bulkId: 'team', data: group },
      ...names.map((userName, number) => ({
        method: 'POST',
        path: '/Users',
        bulkId: String(number),
        data: { userName, emails: [{ value: userName }] },
      })),
    ]);
    expect(status).toBe(200);
    const outcomes = asArray(body['Operations']).map(asRecord);
    expect(outcomes.map((outcome) => outcome['status'])).toEqual(outcomes.map(() => '201'));
    expect(text(outcomes[0]?.['location'])).toContain(`${client.baseUrl}/Groups/`);
    const made = await client.did('GET', text(outcomes[0]?.['location']).slice(client.baseUrl.length));
    expect(asArray(made['members'])).toHaveLength(40);
    const { items } = await gatehouse.did('GET', `${acme.path}/members?limit=200`);
    const members = asArray(items).map((item) => asRecord(item)['email']);
    expect(members).toEqual(expect.arrayContaining(names));
  });

  it('leads through everybody by cursor, although somebody leaves meanwhile [SCM-1]', async () => {
    const names = Array.from({ length: 7 }, anAddress);
    for (const name of names) await client.create(name);
    const first = await client.send('GET', '/Users?cursor=&count=3&sortBy=userName');
    const [gone, ...seen] = listOf(first);
    await client.did('DELETE', `/Users/${text(gone?.['id'])}`);
    const question = `/Users?count=3&sortBy=userName&cursor=${text(first.body['nextCursor'])}`;
    const second = await client.send('GET', question);
    const rest = await client.send(
      'GET',
      question.replace(/cursor=.*/, `cursor=${text(second.body['nextCursor'])}`),
    );
    expect(rest.body).not.toHaveProperty('nextCursor');
    const met = [gone, ...seen, ...listOf(second), ...listOf(rest)].map((each) => each?.['userName']);
    expect(met).toEqual([...names].sort());
    const foreign = await client.send('GET', question.replace('userName', 'title'));
    expect(foreign.body).toMatchObject({ status: '400', scimType: 'invalidCursor' });
  });

  it('keeps two writers from losing what the other wrote [SCM-1]', async () => {
    const { id } = await client.create(anAddress());
    const { headers } = await client.send('GET', `/Users/${text(id)}`);
    const tag = headers.get('etag') ?? '';
    const patches = ['Dr', 'Countess'].map((value) =>
      client.send(
        'PATCH',
        `/Users/${text(id)}`,
        { Operations: [{ op: 'replace', path: 'title', value }] },
        { 'if-match': tag },
      ),
    );
    const statuses = (await Promise.all(patches)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 412]);
    const unchanged = await client.send('GET', `/Users/${text(id)}`, undefined, { 'if-none-match': 'W/"2"' });
    expect(unchanged).toMatchObject({ status: 304, body: {} });
  });

  it('makes one person of many requests for the same one at once [SCM-9]', async () => {
    const userName = anAddress();
    const wanted = { userName, emails: [{ value: userName }] };
    const made = await Promise.all(Array.from({ length: 8 }, () => client.send('POST', '/Users', wanted)));
    expect(made.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
    const { body } = await client.send('GET', '/Users');
    expect(body).toMatchObject({ totalResults: 1 });
  });

  it.each([
    ['POST', '/Users', 'application/xml', '<User/>', 415],
    ['POST', '/Users', 'application/json', '{"userName":', 400],
    ['POST', '/Bulk', 'application/scim+json', `{"schemas":["${'x'.repeat(1024 * 1024)}"]}`, 413],
    ['DELETE', '/Users', 'application/scim+json', undefined, 405],
    ['GET', '/Nonsense', 'application/scim+json', undefined, 404],
    ['GET', '/Me', 'application/scim+json', undefined, 501],
  ])('refuses %s %s as %s in the words of the protocol [SCM-1]', async (method, path, type, sent, status) => {
    const answer = await client.send(method, path, sent, { 'content-type': type });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/scim\+json/);
    expect(answer.body).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: String(status),
    });
  });

  it('finds people and groups together, and tells at its own address what it can [SCM-1]', async () => {
    const { id } = await client.create(anAddress());
    await client.did('POST', '/Groups', { displayName: 'Gardens', members: [{ value: id }] });
    const found = await client.send('POST', '/.search', {
      filter: 'id pr',
      attributes: ['meta.resourceType'],
    });
    expect(found.body).toMatchObject({ totalResults: 2 });
    expect(listOf(found).map(({ meta }) => meta)).toEqual([
      { resourceType: 'User' },
      { resourceType: 'Group' },
    ]);
    const config = await client.did('GET', '/ServiceProviderConfig');
    expect(config).toMatchObject({
      bulk: { supported: true, maxOperations: 1000, maxPayloadSize: 1048576 },
      meta: { location: `${client.baseUrl}/ServiceProviderConfig` },
    });
  });
});
