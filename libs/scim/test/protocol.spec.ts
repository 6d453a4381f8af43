import { type Content, ResourceStore, type ResourceQuery, type JsonObject } from '../src';
import { aPerson, baseUrl, Client, enterprise, groupSchema, userSchema } from './client';

const errorSchema = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** A store behind which the database is away. */
class BrokenStore extends ResourceStore {
  private readonly away = (): Promise<never> => Promise.reject(new Error('connection refused at 10.0.0.7'));
  override create(_: Content) {
    return this.away();
  }
  override find() {
    return this.away();
  }
  override list(_: ResourceQuery) {
    return this.away();
  }
  override change() {
    return this.away();
  }
  override remove() {
    return this.away();
  }
}

describe('discovery', () => {
  it('tells what the server can do, and within which limits [SCM-1]', async () => {
    const client = new Client({ limits: { bulkOperations: 7, largestPage: 9 } });
    const { status, body } = await client.send('GET', '/ServiceProviderConfig');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 7, maxPayloadSize: 1048576 },
      filter: { supported: true, maxResults: 9 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      pagination: { cursor: true, index: true, defaultPaginationMethod: 'index', maxPageSize: 9 },
      authenticationSchemes: [{ type: 'oauthbearertoken' }],
      meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
    });
  });

  it('lists the schemas, each to be had by its URN [SCM-1]', async () => {
    const client = new Client();
    const { body } = await client.send('GET', '/Schemas');
    expect(body).toMatchObject({ totalResults: 3, itemsPerPage: 3, startIndex: 1 });
    for (const id of [userSchema, groupSchema, enterprise]) {
      const one = await client.send('GET', `/Schemas/${id.toLowerCase()}`);
      expect(one.body).toMatchObject({
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
        id,
        meta: { location: `${baseUrl}/Schemas/${id}` },
      });
      expect(body?.['Resources']).toContainEqual(one.body);
    }
    expect((await client.send('GET', '/Schemas/urn:nonsense')).status).toBe(404);
  });

  it('describes each attribute as RFC 7643 7 wants it [SCM-1]', async () => {
    const { body } = await new Client().send('GET', `/Schemas/${userSchema}`);
    expect(body?.['attributes']).toContainEqual({
      name: 'userName',
      type: 'string',
      multiValued: false,
      description: expect.any(String),
      required: true,
      caseExact: false,
      mutability: 'readWrite',
      returned: 'default',
      uniqueness: 'server',
    });
    expect(body?.['attributes']).toContainEqual(
      expect.objectContaining({
        name: 'emails',
        type: 'complex',
        multiValued: true,
        subAttributes: expect.arrayContaining([
          expect.objectContaining({ name: 'primary', type: 'boolean' }),
        ]),
      }),
    );
  });

  it('lists the resource types with their extensions [SCM-1]', async () => {
    const client = new Client();
    const { body } = await client.send('GET', '/ResourceTypes');
    expect(body).toMatchObject({ totalResults: 2 });
    const user = await client.send('GET', '/ResourceTypes/User');
    expect(user.body).toMatchObject({
      endpoint: '/Users',
      schema: userSchema,
      schemaExtensions: [{ schema: enterprise, required: false }],
    });
    expect(body?.['Resources']).toContainEqual(user.body);
  });

  it('refuses to filter these lists, so that nobody takes the rest for missing [SCM-1]', async () => {
    for (const path of ['/Schemas', '/ResourceTypes', '/ServiceProviderConfig']) {
      const { status } = await new Client().send('GET', `${path}?filter=id%20pr`);
      expect(status).toBe(403);
    }
  });
});

describe('what cannot be done', () => {
  it.each([
    ['GET', '/Nonsense', 404],
    ['GET', '/Users/1/2', 404],
    ['GET', '/Users/%E0%A4%A', 404],
    ['GET', '/Users/%00', 404],
    ['GET', '/users', 404],
    ['GET', '/Me', 501],
    ['PATCH', '/Me', 501],
    ['DELETE', '/Users', 405],
    ['POST', '/Users/1', 405],
    ['GET', '/Users/.search', 405],
    ['POST', '/Schemas', 405],
    ['GET', '/Bulk', 405],
    ['HEAD', '/Bulk', 405],
    ['TRACE', '/Users', 501],
    ['OPTIONS', '/Users', 501],
  ])('%s %s is answered with %i, in the form of an error [SCM-1]', async (method, path, status) => {
    const answer = await new Client().send(method, path);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/scim+json');
    expect(answer.body).toEqual({
      schemas: [errorSchema],
      status: String(status),
      detail: expect.any(String),
    });
  });

  it('says with 405 what can be done there [SCM-1]', async () => {
    const { headers } = await new Client().send('PUT', '/Groups');
    expect(headers['allow']).toBe('GET, POST');
  });

  it.each([
    ['no body', undefined, {}, 400, 'invalidSyntax'],
    ['a body that is no JSON', '{"userName":', {}, 400, 'invalidSyntax'],
    ['a body that is no object', '[]', {}, 400, 'invalidSyntax'],
    ['a body of another type', '<User/>', { 'content-type': 'application/xml' }, 415, undefined],
    ['a person without a userName', '{}', {}, 400, 'invalidValue'],
  ])('refuses %s [SCM-1]', async (_, body, headers, status, scimType) => {
    const sent = body === undefined ? { headers } : { body, headers };
    const answer = await new Client().send('POST', '/Users', sent);
    expect([answer.status, answer.body?.['scimType']]).toEqual([status, scimType]);
  });

  it.each([
    [undefined, 'application/scim+json'],
    ['*/*', 'application/scim+json'],
    ['text/html', 'application/scim+json'],
    ['application/json', 'application/json'],
    ['Application/JSON; charset=utf-8, text/plain', 'application/json'],
    ['application/json, text/plain, */*', 'application/scim+json'],
    ['application/json, application/scim+json;q=0.5', 'application/scim+json'],
  ])('answers who accepts %s in %s, refusals too [SCM-1]', async (accept, type) => {
    const client = new Client();
    const headers = accept === undefined ? {} : { accept };
    for (const path of ['/Users', '/Schemas', '/Users/nobody', '/Users?filter=x'])
      expect((await client.send('GET', path, { headers })).headers['content-type']).toBe(type);
    const id = await client.made('/Users', aPerson('ada@acme.example'));
    expect((await client.send('DELETE', `/Users/${id}`, { headers })).headers).toEqual({});
  });

  it.each(['application/json', 'application/scim+json; charset=utf-8', 'Application/JSON', ''])(
    'takes a body as %p [SCM-1]',
    async (type) => {
      const headers = { 'content-type': type };
      const { status } = await new Client().send('POST', '/Users', { body: aPerson('ada'), headers });
      expect(status).toBe(201);
    },
  );

  it('tells a client nothing of what went wrong inside, and its keeper all of it [SCM-1]', async () => {
    const client = new Client({ users: () => new BrokenStore() });
    const { status, body } = await client.send('GET', '/Users');
    expect(status).toBe(500);
    expect(body).toEqual({ schemas: [errorSchema], status: '500', detail: 'Something went wrong here.' });
    expect(client.faults).toEqual([new Error('connection refused at 10.0.0.7')]);
  });

  it('keeps what a bulk request did before something went wrong inside [SCM-1]', async () => {
    const client = new Client({ users: () => new BrokenStore() });
    const group: JsonObject = {
      method: 'POST',
      bulkId: 'g',
      path: '/Groups',
      data: { displayName: 'Engines' },
    };
    const gone: JsonObject = { method: 'DELETE', path: '/Users/1' };
    const { body } = await client.send('POST', '/Bulk', { body: { Operations: [group, gone] } });
    expect(body?.['Operations']).toEqual([
      expect.objectContaining({ status: '201' }),
      expect.objectContaining({ status: '500' }),
    ]);
    expect(client.faults).toHaveLength(1);
  });

  it.each(['/Users', '/Users/', '//Users', '//Users/'])(
    'finds people at %s [SCM-1] [SCM-2]',
    async (path) => {
      const client = new Client();
      expect((await client.send('POST', path, { body: aPerson('ada@acme.example') })).status).toBe(201);
      expect((await client.send('GET', path)).body).toMatchObject({ totalResults: 1 });
    },
  );

  it('answers HEAD like GET, without the body [SCM-1]', async () => {
    const client = new Client();
    const id = await client.made('/Users', aPerson('ada@acme.example'));
    const { body: _, ...head } = await client.send('GET', `/Users/${id}`);
    expect(await client.send('HEAD', `/Users/${id}`)).toEqual(head);
  });
});
