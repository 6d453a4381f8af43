import { DirectoryClient } from '../directory-client';
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
const anAddress = (): string => `colleague-${(people += 1)}@${acme.domain}`;

/** The addresses of those who have access. */
async function members(): Promise<unknown[]> {
  const { items } = await gatehouse.did('GET', `${acme.path}/members?limit=200`);
  const all = asArray(items).map(asRecord);
  return all.filter(({ suspendedAt }) => suspendedAt === undefined).map(({ email }) => email);
}

/** Sends bytes as they are. */
function sendBytes(bytes: Uint8Array<ArrayBuffer>, type = 'application/scim+json'): Promise<Response> {
  const headers = { authorization: `Bearer ${client.secret}`, 'content-type': type };
  return fetch(`${client.baseUrl}/Users`, { method: 'POST', headers, body: bytes });
}

const patch = (...Operations: object[]) => ({ Operations });

describe('a year of a directory and its client', () => {
  it('lets nobody back in by a change that does not say whether they are active [SCM-3] [SCM-1]', async () => {
    const userName = anAddress();
    const { id } = await client.create(userName);
    const path = `/Users/${text(id)}`;
    await client.did('PATCH', path, patch({ op: 'replace', path: 'active', value: false }));
    for (const [method, body] of [
      ['PUT', { userName, title: 'Countess' }],
      ['PUT', { userName, active: null }],
      ['PATCH', patch({ op: 'remove', path: 'active' })],
      ['PATCH', patch({ op: 'replace', value: { active: null, title: 'Lady' } })],
    ] as const) {
      await expect(client.did(method, path, body)).resolves.toMatchObject({ active: false });
      await expect(members()).resolves.not.toContain(userName);
    }
    await expect(client.did('GET', path)).resolves.toMatchObject({ active: false });
    await client.did('PUT', path, { userName, active: true });
    await expect(client.did('PUT', path, { userName })).resolves.toMatchObject({ active: true });
    await expect(members()).resolves.toContain(userName);
    await client.did('PATCH', path, patch({ op: 'replace', path: 'active', value: false }));
    const back = await client.did('POST', '/Users', { userName });
    expect(back).toMatchObject({ id, active: true });
    await expect(members()).resolves.toContain(userName);
  });

  it('gives the name of somebody who left to a colleague, and tells the two apart afterwards [SCM-9] [SCM-1]', async () => {
    const [smith, jones] = [anAddress(), anAddress()];
    const left = await client.create(smith, { externalId: 'left' });
    await client.did('DELETE', `/Users/${text(left['id'])}`);
    const { id } = await client.create(jones, { externalId: 'stays' });
    const path = `/Users/${text(id)}`;
    const marries = patch({ op: 'replace', path: 'userName', value: smith });
    await expect(client.did('PATCH', path, marries)).resolves.toMatchObject({ id, userName: smith });
    await expect(members()).resolves.toContain(jones);
    const again = await client.send('POST', '/Users', { userName: smith.toUpperCase() });
    expect(again).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } });
    const back = await client.create(anAddress(), { externalId: 'left' });
    expect(back['id']).toBe(left['id']);
    await expect(client.did('GET', '/Users')).resolves.toMatchObject({ totalResults: 2 });
    const renamed = await client.send(
      'PATCH',
      path,
      patch({ op: 'replace', path: 'userName', value: back['userName'] }),
    );
    expect(renamed).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } });
  });

  it('keeps names as they are written, and none that are written otherwise than in UTF-8 [SCM-1]', async () => {
    const body = JSON.stringify({ userName: anAddress(), displayName: 'Zoë' });
    const latin = await sendBytes(
      Uint8Array.from(Buffer.from(body, 'latin1')),
      'application/json; charset=iso-8859-1',
    );
    expect(latin.status).toBe(400);
    expect(latin.headers.get('content-type')).toMatch(/^application\/scim\+json/);
    expect(await latin.json()).toMatchObject({ status: '400', scimType: 'invalidSyntax' });
    const marked = await sendBytes(Uint8Array.from(Buffer.from(`\uFEFF${body}`)));
    expect(marked.status).toBe(201);
    expect(await marked.json()).toMatchObject({ displayName: 'Zoë' });
    await expect(client.did('GET', '/Users')).resolves.toMatchObject({ totalResults: 1 });
  });
});
