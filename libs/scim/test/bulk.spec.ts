import type { JsonObject } from '../src';
import { aGroup, aPatch, aPerson, baseUrl, Client, enterprise } from './client';

const bulkSchema = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

const bulk = (operations: readonly JsonObject[], more: JsonObject = {}) => ({
  body: { schemas: [bulkSchema], Operations: operations, ...more },
});

const post = (bulkId: string, path: '/Users' | '/Groups', data: JsonObject): JsonObject => ({
  method: 'POST',
  bulkId,
  path,
  data,
});

const outcomesOf = (body: JsonObject | undefined): JsonObject[] => {
  const outcomes: unknown = body?.['Operations'];
  if (!Array.isArray(outcomes)) throw new Error(`No outcomes: ${JSON.stringify(body)}`);
  return outcomes;
};

const statuses = (body: JsonObject | undefined) => outcomesOf(body).map(({ status }) => status);

describe('a bulk request', () => {
  it('makes, changes, replaces and removes, and says of each what became of it [SCM-1]', async () => {
    const client = new Client();
    const bob = await client.made('/Users', aPerson('bob@acme.example'));
    const cyd = await client.made('/Users', aPerson('cyd@acme.example'));
    const { status, body } = await client.send(
      'POST',
      '/Bulk',
      bulk([
        post('new', '/Users', aPerson('ada@acme.example')),
        { method: 'PATCH', path: `/Users/${bob}`, data: aPatch({ op: 'replace', value: { title: 'Dr' } }) },
        { method: 'put', path: `/Users/${bob}`, version: 'W/"2"', data: aPerson('bob@acme.example') },
        { method: 'DELETE', path: `/Users/${cyd}` },
      ]),
    );
    expect(status).toBe(200);
    expect(body?.['schemas']).toEqual(['urn:ietf:params:scim:api:messages:2.0:BulkResponse']);
    expect(outcomesOf(body)).toEqual([
      {
        method: 'POST',
        bulkId: 'new',
        location: `${baseUrl}/Users/user_000003`,
        version: 'W/"1"',
        status: '201',
      },
      { method: 'PATCH', location: `${baseUrl}/Users/${bob}`, version: 'W/"2"', status: '200' },
      { method: 'PUT', location: `${baseUrl}/Users/${bob}`, version: 'W/"3"', status: '200' },
      { method: 'DELETE', location: `${baseUrl}/Users/${cyd}`, status: '204' },
    ]);
  });

  it('tells one failure without undoing what is not part of it [SCM-1]', async () => {
    const client = new Client();
    const { body } = await client.send(
      'POST',
      '/Bulk',
      bulk([
        post('one', '/Users', aPerson('ada@acme.example')),
        post('two', '/Users', aPerson('ADA@acme.example')),
        { method: 'DELETE', path: '/Users/nobody' },
        post('three', '/Users', aPerson('bob@acme.example')),
      ]),
    );
    expect(statuses(body)).toEqual(['201', '409', '404', '201']);
    expect(outcomesOf(body)[1]).toMatchObject({
      bulkId: 'two',
      response: { status: '409', scimType: 'uniqueness' },
    });
  });

  it('stops after as many failures as failOnErrors says, and does not speak of the rest [SCM-1]', async () => {
    const client = new Client();
    const nobody = { method: 'DELETE', path: '/Users/nobody' };
    const operations = [
      nobody,
      post('a', '/Users', aPerson('ada@acme.example')),
      nobody,
      post('b', '/Users', aPerson('bob@acme.example')),
    ];
    const { body } = await client.send('POST', '/Bulk', bulk(operations, { failOnErrors: 2 }));
    expect(statuses(body)).toEqual(['404', '201', '404']);
    expect((await client.send('GET', '/Users')).body).toMatchObject({ totalResults: 1 });
  });

  it('puts in the ids of what it makes, made before or after [SCM-1]', async () => {
    const client = new Client();
    const { body } = await client.send(
      'POST',
      '/Bulk',
      bulk([
        post('ada', '/Users', aPerson('ada@acme.example')),
        post('team', '/Groups', aGroup('Engines', ['bulkId:ada', 'bulkId:bob'])),
        post('bob', '/Users', aPerson('bob@acme.example')),
        {
          method: 'PATCH',
          path: '/Users/bulkId:bob',
          data: aPatch({ op: 'replace', path: 'title', value: 'Dr' }),
        },
      ]),
    );
    expect(statuses(body)).toEqual(['201', '201', '201', '200']);
    expect(outcomesOf(body).map(({ bulkId }) => bulkId)).toEqual(['ada', 'team', 'bob', undefined]);
    const team = await client.send('GET', '/Groups/group_000001');
    expect(team.body?.['members']).toEqual([
      expect.objectContaining({ value: 'user_000001' }),
      expect.objectContaining({ value: 'user_000002' }),
    ]);
    expect((await client.send('GET', '/Users/user_000002')).body).toMatchObject({ title: 'Dr' });
  });

  it('follows a chain through all of a request [SCM-1]', async () => {
    const client = new Client();
    const chain = Array.from({ length: 1000 }, (_, number) =>
      post(`${number}`, '/Users', {
        ...aPerson(`${number}@acme.example`),
        ...(number < 999 ? { [enterprise]: { manager: { value: `bulkId:${number + 1}` } } } : {}),
      }),
    );
    const { body } = await client.send('POST', '/Bulk', bulk(chain));
    expect(new Set(statuses(body))).toEqual(new Set(['201']));
    const { body: first } = await client.send('GET', '/Users?filter=userName%20eq%20%220%40acme.example%22');
    expect(first?.['Resources']).toMatchObject([{ [enterprise]: { manager: { value: 'user_000999' } } }]);
  });

  it('refuses what needs one another, what is not there, and what failed [SCM-1]', async () => {
    const client = new Client();
    const { body } = await client.send(
      'POST',
      '/Bulk',
      bulk([
        post('one', '/Groups', aGroup('One', ['bulkId:two'])),
        post('two', '/Groups', aGroup('Two', ['bulkId:one'])),
        post('lost', '/Groups', aGroup('Lost', ['bulkId:nobody'])),
        post('bad', '/Users', { schemas: [] }),
        post('after', '/Groups', aGroup('After', ['bulkId:bad'])),
        post('own', '/Groups', aGroup('Own', ['bulkId:own'])),
      ]),
    );
    expect(statuses(body)).toEqual(['409', '409', '400', '400', '409', '409']);
    expect((await client.send('GET', '/')).body).toMatchObject({ totalResults: 0 });
  });

  it.each([
    ['a POST without a bulkId', { method: 'POST', path: '/Users', data: aPerson('x') }],
    ['a method of another kind', { method: 'GET', path: '/Users' }],
    ['a bulk request in a bulk request', { method: 'POST', bulkId: 'b', path: '/Bulk', data: {} }],
    ['a search', { method: 'POST', bulkId: 'b', path: '/Users/.search', data: {} }],
    ['an address elsewhere', { method: 'DELETE', path: 'https://else.example/Users/1' }],
    ['a POST without data', { method: 'POST', bulkId: 'b', path: '/Users' }],
    ['nothing', {}],
  ])('refuses %s, and does the rest [SCM-1]', async (_, operation) => {
    const client = new Client();
    const good = post('good', '/Users', aPerson('ada@acme.example'));
    const { body } = await client.send('POST', '/Bulk', bulk([operation, good]));
    expect(statuses(body)).toEqual(['400', '201']);
  });

  it('refuses a bulkId that two operations have [SCM-1]', async () => {
    const operations = ['ada', 'bob'].map((name) => post('same', '/Users', aPerson(`${name}@acme.example`)));
    const { body } = await new Client().send('POST', '/Bulk', bulk(operations));
    expect(statuses(body)).toEqual(['201', '400']);
  });

  it('refuses too many operations and too many bytes with 413, and does none of them [SCM-1]', async () => {
    const client = new Client({ limits: { bulkOperations: 2, bulkBytes: 2000 } });
    const some = ['ada', 'bob', 'cyd'].map((name) => post(name, '/Users', aPerson(`${name}@acme.example`)));
    expect((await client.send('POST', '/Bulk', bulk(some))).body).toMatchObject({ status: '413' });
    const large = bulk(some.slice(0, 1), { schemas: ['x'.repeat(2000)] });
    expect((await client.send('POST', '/Bulk', large)).body).toMatchObject({ status: '413' });
    expect((await client.send('GET', '/Users')).body).toMatchObject({ totalResults: 0 });
  });

  it.each([
    ['no Operations', { schemas: [bulkSchema] }],
    ['Operations that are no list', { Operations: {} }],
    ['an operation that is no object', { Operations: ['DELETE'] }],
    ['a method that is no text', { Operations: [{ method: 1 }] }],
    ['failOnErrors that is no number', { Operations: [], failOnErrors: 'one' }],
    ['failOnErrors below one', { Operations: [], failOnErrors: 0 }],
  ])('is refused as a whole for %s [SCM-1]', async (_, body) => {
    const answer = await new Client().send('POST', '/Bulk', { body });
    expect(answer.body).toMatchObject({ status: '400' });
  });
});
