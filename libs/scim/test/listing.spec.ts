import type { JsonObject } from '../src';
import { aGroup, aPerson, Client } from './client';

const listSchema = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
const searchSchema = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

const people = ['eve', 'bob', 'dan', 'ada', 'cyd'];

const filled = async (limits = {}) => {
  const client = new Client({ limits });
  for (const name of people) {
    await client.made('/Users', aPerson(`${name}@acme.example`, { active: name !== 'dan' }));
  }
  await client.made('/Groups', aGroup('Engines', ['user_000004']));
  await client.made('/Groups', aGroup('Gardens'));
  return client;
};

const namesIn = (body: JsonObject | undefined): unknown[] => {
  const resources: unknown = body?.['Resources'];
  if (!Array.isArray(resources)) throw new Error(`No list: ${JSON.stringify(body)}`);
  return resources.map((each: JsonObject) => each['userName'] ?? each['displayName']);
};

const cursorIn = (body: JsonObject | undefined): string => {
  const cursor = body?.['nextCursor'];
  if (typeof cursor !== 'string') throw new Error(`No cursor: ${JSON.stringify(body)}`);
  return cursor;
};

const inShort = async (client: Client, address: string) =>
  namesIn((await client.send('GET', address)).body).map((name) => String(name).replace(/@.*/, ''));

describe('a list', () => {
  it('is all of it with its total, by time of creation [SCM-1]', async () => {
    const { status, body } = await (await filled()).send('GET', '/Users');
    expect(status).toBe(200);
    expect(body).toMatchObject({ schemas: [listSchema], totalResults: 5, itemsPerPage: 5, startIndex: 1 });
    expect(namesIn(body)).toEqual(people.map((name) => `${name}@acme.example`));
  });

  it.each([
    ['startIndex=1&count=2', { totalResults: 5, itemsPerPage: 2, startIndex: 1 }, ['eve', 'bob']],
    ['startIndex=4&count=10', { totalResults: 5, itemsPerPage: 2, startIndex: 4 }, ['ada', 'cyd']],
    ['startIndex=9&count=10', { totalResults: 5, itemsPerPage: 0, startIndex: 9 }, []],
    ['startIndex=0&count=1', { totalResults: 5, itemsPerPage: 1, startIndex: 1 }, ['eve']],
    ['startIndex=-7&count=-3', { totalResults: 5, itemsPerPage: 0, startIndex: 1 }, []],
    ['count=0', { totalResults: 5, itemsPerPage: 0, startIndex: 1 }, []],
  ])('has the page %s, as RFC 7644 3.4.2.4 reads it [SCM-1]', async (query, expected, names) => {
    const client = await filled();
    expect((await client.send('GET', `/Users?${query}`)).body).toMatchObject(expected);
    expect(await inShort(client, `/Users?${query}`)).toEqual(names);
  });

  it('has no larger page than the server likes [SCM-1]', async () => {
    const client = await filled({ pageSize: 2, largestPage: 3 });
    expect((await client.send('GET', '/Users')).body).toMatchObject({ itemsPerPage: 2, totalResults: 5 });
    expect((await client.send('GET', '/Users?count=99')).body).toMatchObject({ itemsPerPage: 3 });
  });

  it.each([
    ['userName sw "a"', ['ada']],
    ['active eq False', ['dan']],
    ['meta.resourceType eq "User" and active eq false', ['dan']],
    ['meta.resourceType eq "Group"', []],
    ['not (meta.resourceType eq "Group") and userName gt "d"', ['eve', 'dan']],
  ])('is filtered by %s [SCM-1]', async (filter, names) => {
    const client = await filled();
    expect(await inShort(client, `/Users?filter=${encodeURIComponent(filter)}`)).toEqual(names);
  });

  it('is sorted either way, and by time of creation where nothing is said [SCM-1]', async () => {
    const client = await filled();
    const ordered = ['ada', 'bob', 'cyd', 'dan', 'eve'];
    expect(await inShort(client, '/Users?sortBy=userName')).toEqual(ordered);
    expect(await inShort(client, '/Users?sortBy=USERNAME&sortOrder=Descending')).toEqual(
      [...ordered].reverse(),
    );
    expect(await inShort(client, '/Users?sortOrder=descending')).toEqual(people);
  });

  it.each(['2147483647', '99999999999', '9'.repeat(400)])(
    'takes a count or startIndex of %s for the most there can be [SCM-1] [SCM-2]',
    async (number) => {
      const client = await filled();
      const all = await client.send('GET', `/Users?count=${number}`);
      expect(all).toMatchObject({ status: 200, body: { totalResults: 5, itemsPerPage: 5 } });
      const none = await client.send('GET', `/Users?startIndex=${number}`);
      expect(none).toMatchObject({ status: 200, body: { totalResults: 5, itemsPerPage: 0, Resources: [] } });
    },
  );

  it('takes a plus for a space only where spaces are written so [SCM-1] [SCM-2]', async () => {
    const client = await filled();
    await client.made('/Users', aPerson('ada+test@acme.example'));
    for (const filter of [
      'userName%20eq%20%22ada+test@acme.example%22',
      'userName%20eq%20%22ada%2Btest@acme.example%22',
      'userName+eq+%22ada%2Btest@acme.example%22',
    ])
      expect(await inShort(client, `/Users?count=5&filter=${filter}`)).toEqual(['ada+test']);
    expect(await inShort(client, '/Users?filter=userName+eq+%22ada@acme.example%22')).toEqual(['ada']);
  });

  it.each([
    ['filter=userName%20like%20%22a%22', 'invalidFilter'],
    ['filter=password%20sw%20%22a%22', 'invalidFilter'],
    ['filter=meta.location%20pr', 'invalidFilter'],
    ['filter=not%20(active%20eq%20true%20or%20groups%5B$ref%20co%20%22x%22%5D)', 'invalidFilter'],
    ['filter=not%20(active%20eq%20true%20and%20(password%20pr))', 'invalidFilter'],
    ['sortBy=nonsense', 'invalidValue'],
    ['sortBy=password', 'invalidPath'],
    ['sortBy=name', 'invalidPath'],
    ['count=many', 'invalidCount'],
    ['count=1e3', 'invalidCount'],
    ['startIndex=1.5', 'invalidValue'],
    ['cursor=&count=x', 'invalidCount'],
    ['filter=userName%20eq%20%22%00%22', 'invalidValue'],
  ])('refuses ?%s with %s [SCM-1]', async (query, scimType) => {
    const { status, body } = await (await filled()).send('GET', `/Users?${query}`);
    expect([status, body?.['scimType']]).toEqual([400, scimType]);
  });

  it('takes the same question as a body of .search [SCM-1]', async () => {
    const body = {
      schemas: [searchSchema],
      filter: 'active eq true',
      sortBy: 'userName',
      sortOrder: 'descending',
      startIndex: 2,
      count: 2,
      attributes: ['userName'],
    };
    const found = await (await filled()).send('POST', '/Users/.search', { body });
    expect(found.body).toMatchObject({ totalResults: 4, startIndex: 2, itemsPerPage: 2 });
    expect(found.body?.['Resources']).toEqual([
      expect.objectContaining({ userName: 'cyd@acme.example' }),
      expect.objectContaining({ userName: 'bob@acme.example' }),
    ]);
    expect(JSON.stringify(found.body)).not.toContain('active');
  });
});

describe('a list of people and groups together', () => {
  const ask = async (question: JsonObject) => {
    const client = await filled();
    return (await client.send('POST', '/.search', { body: { schemas: [searchSchema], ...question } })).body;
  };

  it('has the people first and then the groups, counted through [SCM-1]', async () => {
    const body = await ask({ startIndex: 5, count: 2 });
    expect(body).toMatchObject({ totalResults: 7, itemsPerPage: 2, startIndex: 5 });
    expect(namesIn(body)).toEqual(['cyd@acme.example', 'Engines']);
    expect(namesIn(await ask({ startIndex: 7, count: 2 }))).toEqual(['Gardens']);
  });

  it('may be filtered by what only one of them has [SCM-1]', async () => {
    const filter = 'userName sw "ada" or displayName eq "gardens"';
    expect(namesIn(await ask({ filter }))).toEqual(['ada@acme.example', 'Gardens']);
    expect(namesIn(await ask({ filter: 'meta.resourceType eq "Group"' }))).toEqual(['Engines', 'Gardens']);
  });

  it('is answered to a GET of the base address, too [SCM-1]', async () => {
    const client = await filled();
    expect((await client.send('GET', '/?count=1')).body).toMatchObject({ totalResults: 7, itemsPerPage: 1 });
  });
});

describe('pages by cursor', () => {
  const walk = async (client: Client, question: string, endpoint = '/Users') => {
    const names: unknown[] = [];
    let cursor: unknown = '';
    for (let pages = 0; typeof cursor === 'string' && pages < 20; pages += 1) {
      const { body } = await client.send('GET', `${endpoint}?${question}&cursor=${cursor}`);
      names.push(...namesIn(body));
      expect(body).not.toHaveProperty('startIndex');
      cursor = body?.['nextCursor'];
    }
    return names.map((name) => String(name).replace(/@.*/, ''));
  };

  it.each([1, 2, 3, 5, 9])('of %i lead through all, each once [SCM-1]', async (count) => {
    const client = await filled();
    expect(await walk(client, `count=${count}`)).toEqual(people);
    expect(await walk(client, `count=${count}&sortBy=userName&sortOrder=descending`)).toEqual(
      [...people].sort().reverse(),
    );
    const everything = [...people, 'Engines', 'Gardens'];
    expect(await walk(client, `count=${count}`, '/')).toEqual(everything);
  });

  it('tell the total, and nothing more than it for count=0 [SCM-1]', async () => {
    const client = await filled();
    const { body } = await client.send('GET', '/Users?cursor=&count=0');
    expect(body).toEqual({ schemas: [listSchema], totalResults: 5, itemsPerPage: 0, Resources: [] });
    const first = await client.send('GET', '/Users?cursor=&count=2');
    expect(first.body).toMatchObject({ totalResults: 5, itemsPerPage: 2 });
    expect(first.body?.['nextCursor']).toMatch(/^[\w.~-]+$/);
  });

  it('miss nobody who was there all the time, although others come and go [SCM-1]', async () => {
    const client = await filled();
    const first = await client.send('GET', '/Users?cursor=&count=2&sortBy=userName');
    await client.send('DELETE', '/Users/user_000002');
    await client.made('/Users', aPerson('aaron@acme.example'));
    const next = `/Users?count=9&sortBy=userName&cursor=${cursorIn(first.body)}`;
    expect(await inShort(client, next)).toEqual(['cyd', 'dan', 'eve']);
  });

  it('are for one question only, and for an hour [SCM-1]', async () => {
    const client = await filled();
    const { body } = await client.send('GET', '/Users?cursor=&count=2');
    const cursor = cursorIn(body);
    const refusal = async (address: string) => (await client.send('GET', address)).body?.['scimType'];
    expect(await refusal(`/Users?cursor=${cursor}&sortBy=userName`)).toBe('invalidCursor');
    expect(await refusal(`/Users?cursor=${cursor}&filter=active%20eq%20true`)).toBe('invalidCursor');
    expect(await refusal(`/Groups?cursor=${cursor}`)).toBe('invalidCursor');
    client.now = new Date(client.now.getTime() + 3600_000);
    expect(await refusal(`/Users?cursor=${cursor}`)).toBe('expiredCursor');
  });

  it.each([
    ['nonsense', 'nonsense'],
    ['no list', 'e30'],
    ['an altered position', undefined],
  ])('refuse %s [SCM-1]', async (_, given) => {
    const client = await filled();
    const { body } = await client.send('GET', '/Users?cursor=&count=2&sortBy=active');
    const fields: unknown = JSON.parse(Buffer.from(cursorIn(body), 'base64url').toString('utf8'));
    const altered = Array.isArray(fields) ? [...fields.slice(0, 3), 'text', fields[4]] : [];
    const cursor = given ?? Buffer.from(JSON.stringify(altered)).toString('base64url');
    const answer = await client.send('GET', `/Users?sortBy=active&cursor=${cursor}`);
    expect(answer.body).toMatchObject({ status: '400', scimType: 'invalidCursor' });
  });
});
