import fc from 'fast-check';
import { z } from 'zod';
import { DirectoryClient, type ScimAnswer } from './directory-client';
import { Gatehouse } from './gatehouse';
import { Organisation } from './organisation';
import { anyFilter, anyQuery } from './strange-filters';
import { anyChange, anyResource, type Wish } from './strange-requests';

const error = z.object({
  schemas: z.tuple([z.literal('urn:ietf:params:scim:api:messages:2.0:Error')]),
  status: z.string(),
  detail: z.string().min(1),
});
const list = z.object({
  Resources: z.tuple([z.object({ id: z.string() })], z.object({ id: z.string() })),
});
const namesOfEveryObject = Object.getOwnPropertyNames(Object.prototype).toSorted();
const runs = { numRuns: 120 };
/** Longer ones are refused before anybody looks at whose they are (RFC 6585 5). */
const longestAddress = 14_000;

describe('a directory that is asked what nobody would think of', () => {
  let gatehouse: Gatehouse;
  let ours: DirectoryClient;
  let theirs: DirectoryClient;
  let person: string;
  let group: string;
  let before: string;

  beforeAll(async () => {
    gatehouse = await Gatehouse.start({ scimRequestsPerMinute: 1_000_000 });
    ours = await openDirectory('acme');
    theirs = await openDirectory('globex');
    person = await firstId(ours, '/Users');
    group = await firstId(ours, '/Groups');
    before = await everythingOf(theirs, 'globex');
  });

  afterAll(() => gatehouse?.stop());

  // Whatever was asked: the neighbour is as it was, and so is every object of this process.
  afterEach(async () => {
    expect(await everythingOf(theirs, 'globex')).toBe(before);
    expect(Object.getOwnPropertyNames(Object.prototype).toSorted()).toEqual(namesOfEveryObject);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  /** A tenant with a verified domain, whose directory has sent people and a group. */
  async function openDirectory(tenant: string): Promise<DirectoryClient> {
    const organisation = new Organisation(gatehouse, tenant);
    await organisation.register();
    await organisation.verifyDomain();
    const client = await DirectoryClient.setUp(gatehouse, tenant);
    const members = [];
    for (const name of ['ana', 'ben', 'cem']) {
      const { id } = await client.create(`${name}@${organisation.domain}`, { externalId: name });
      members.push({ value: id });
    }
    await client.did('POST', '/Groups', { displayName: 'Everybody', members });
    return client;
  }

  /** What a client and the operator can see of a tenant. */
  async function everythingOf(client: DirectoryClient, tenant: string): Promise<string> {
    const people = await client.did('GET', '/Users?count=100');
    const groups = await client.did('GET', '/Groups?count=100');
    return JSON.stringify([people, groups, await gatehouse.did('GET', `tenants/${tenant}/members`)]);
  }

  async function firstId(client: DirectoryClient, path: string): Promise<string> {
    return list.parse(await client.did('GET', `${path}?count=1`)).Resources[0].id;
  }

  function expectNothingOfTheNeighbour({ body }: ScimAnswer): void {
    expect(JSON.stringify(body)).not.toContain('globex');
  }

  /** A success, or a refusal that says why; never a fault of ours. */
  function expectAnAnswer(answer: ScimAnswer, asked: unknown): void {
    const said = JSON.stringify({ asked, answer });
    if (answer.status >= 500 && answer.status !== 501) throw new Error(`a fault: ${said}`);
    if (answer.status < 400) return;
    expect(answer.headers.get('content-type')).toContain('application/scim+json');
    const told = error.safeParse(answer.body);
    if (!told.success || told.data.status !== String(answer.status)) throw new Error(`no reason: ${said}`);
  }

  function path({ kind, id }: Wish): string {
    const known = kind === 'Users' ? person : group;
    return `/${kind}/${id === 'known' ? known : encodeURIComponent(id)}`;
  }

  it('answers any filter with a list or with what is wrong in it [SCM-1] [SEC-3]', async () => {
    await fc.assert(
      fc.asyncProperty(anyFilter, fc.constantFrom('Users', 'Groups'), async (filter, kind) => {
        const address = `/${kind}?${new URLSearchParams({ filter })}`;
        if (address.length < longestAddress) {
          const answer = await ours.send('GET', address);
          expectAnAnswer(answer, filter);
          expectNothingOfTheNeighbour(answer);
        }
        expectAnAnswer(await ours.send('POST', `/${kind}/.search`, { filter }), filter);
      }),
      runs,
    );
  }, 120_000);

  it('answers any other part of a query, in an address or as a search [SCM-1] [SEC-3]', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuery, fc.constantFrom('/Users', '/Groups', ''), async (query, kind) => {
        const address = `${kind || '/Users'}?${new URLSearchParams(query)}`;
        if (address.length < longestAddress) expectAnAnswer(await ours.send('GET', address), query);
        const answer = await ours.send('POST', `${kind}/.search`, query);
        expectAnAnswer(answer, query);
        expectNothingOfTheNeighbour(answer);
      }),
      runs,
    );
  }, 120_000);

  it('takes or refuses any resource, and writes nothing of a neighbour [SCM-1] [SEC-3]', async () => {
    await fc.assert(
      fc.asyncProperty(anyResource, async ({ wish, body }) => {
        expectAnAnswer(await ours.send('POST', `/${wish.kind}`, body), body);
        expectAnAnswer(await ours.send('PUT', path(wish), body, wish.headers), { wish, body });
      }),
      runs,
    );
  }, 120_000);

  it('takes or refuses any change [SCM-1] [SEC-3]', async () => {
    await fc.assert(
      fc.asyncProperty(anyChange, async ({ wish, body }) => {
        expectAnAnswer(await ours.send('PATCH', path(wish), body, wish.headers), { wish, body });
        const operation = { method: 'PATCH', path: path(wish), data: parsed(body) };
        expectAnAnswer(await ours.send('POST', '/Bulk', { Operations: [operation] }), { wish, body });
      }),
      runs,
    );
  }, 120_000);

  it('keeps requests in its log that no database would take as they are [SCM-7]', async () => {
    const client = await openDirectory('initech');
    const before = 4;
    expect(await client.logged(gatehouse, before)).toHaveLength(before);
    const strange = ['\u0000', '{"userName":"\\ud800"}', '{"userName":"\\u0000"}', '\ufffe\uffff', '\u202e'];
    for (const body of strange) {
      const answer = await client.send('POST', '/Users', body, { 'user-agent': 'a\u00e9\u0080' });
      expectAnAnswer(answer, body);
    }
    await client.send('GET', '/Users/%00?filter=%00&attributes=%ed%a0%80');
    const logged = await client.logged(gatehouse, before + strange.length + 1);
    expect(logged.length).toBe(before + strange.length + 1);
  });

  it('still serves its own people and groups after all that [SCM-1]', async () => {
    const people = list.parse(await ours.did('GET', '/Users?count=200'));
    const groups = list.parse(await ours.did('GET', '/Groups?count=200'));
    expect(people.Resources.map(({ id }) => id)).toContain(person);
    expect(groups.Resources.map(({ id }) => id)).toContain(group);
  });

  it('finds nothing of a neighbour by its ID, with its own token at its address or at theirs [SEC-3]', async () => {
    const stranger = await firstId(theirs, '/Users');
    const body = { Operations: [{ op: 'replace', value: { active: false } }] };
    for (const [method, sent] of [
      ['GET'],
      ['PUT', { userName: 'x' }],
      ['PATCH', body],
      ['DELETE'],
    ] as const) {
      expect((await ours.send(method, `/Users/${stranger}`, sent)).status).toBe(404);
      const elsewhere = await fetch(`${theirs.baseUrl}/Users/${stranger}`, {
        method,
        headers: { authorization: `Bearer ${ours.secret}`, 'content-type': 'application/scim+json' },
        ...(sent && { body: JSON.stringify(sent) }),
      });
      expect(elsewhere.status).toBe(404);
    }
    const add = { op: 'add', path: 'members', value: [{ value: stranger }] };
    const joined = await ours.send('PATCH', `/Groups/${group}`, { Operations: [add] });
    expect(joined.status).toBe(400);
    expect(JSON.stringify(await ours.did('GET', `/Groups/${group}`))).not.toContain(stranger);
  });
});

/** What is no JSON goes as a text, into which nothing is to be read. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
