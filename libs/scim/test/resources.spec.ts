import { aGroup, aPatch, aPerson, baseUrl, Client, enterprise, groupSchema, userSchema } from './client';

describe('one resource', () => {
  it('is made with 201, an address and a version, and is read as it was answered [SCM-1]', async () => {
    const client = new Client();
    const made = await client.send('POST', '/Users', {
      body: aPerson('ada@acme.example', { externalId: 'a-1', [enterprise]: { department: 'Engines' } }),
    });
    const location = `${baseUrl}/Users/user_000001`;
    expect(made).toEqual({
      status: 201,
      headers: { 'content-type': 'application/scim+json', location, etag: 'W/"1"' },
      body: {
        schemas: [userSchema, enterprise],
        id: 'user_000001',
        externalId: 'a-1',
        userName: 'ada@acme.example',
        active: true,
        [enterprise]: { department: 'Engines' },
        meta: {
          resourceType: 'User',
          created: '2026-03-01T12:00:00.000Z',
          lastModified: '2026-03-01T12:00:00.000Z',
          location,
          version: 'W/"1"',
        },
      },
    });
    expect(await client.send('GET', '/Users/user_000001')).toEqual({ ...made, status: 200 });
  });

  it('never shows a password, asked for or not [SCM-1]', async () => {
    const client = new Client();
    const body = aPerson('ada@acme.example', { password: 'correct horse' });
    const made = await client.send('POST', '/Users', { body });
    const asked = await client.send('GET', '/Users/user_000001?attributes=password,userName');
    expect(JSON.stringify([made, asked])).not.toMatch(/horse/);
    expect(asked.body).toEqual({
      schemas: [userSchema],
      id: 'user_000001',
      userName: 'ada@acme.example',
    });
  });

  it('is active where nothing is said of it [SCM-1]', async () => {
    const client = new Client();
    const body = { schemas: [userSchema], userName: 'ada@acme.example' };
    const made = await client.send('POST', '/Users', { body });
    expect(made.body?.['active']).toBe(true);
    const put = await client.send('PUT', '/Users/user_000001', { body });
    expect(put.body?.['active']).toBe(true);
    expect((await client.send('GET', '/Users?filter=active%20eq%20true')).body).toMatchObject({
      totalResults: 1,
    });
  });

  it.each([
    ['PUT', { userName: 'ada@acme.example', title: 'Countess' }],
    ['PUT', { userName: 'ada@acme.example', active: null }],
    ['PATCH', aPatch({ op: 'remove', path: 'active' })],
    ['PATCH', aPatch({ op: 'replace', value: { active: null } })],
  ])('stays as active as before where a %s leaves that out: %j [SCM-1] [SCM-3]', async (method, body) => {
    const client = new Client();
    for (const active of [false, true]) {
      const id = await client.made('/Users', aPerson('ada@acme.example', { active }));
      expect((await client.send(method, `/Users/${id}`, { body })).body?.['active']).toBe(active);
      const found = await client.send('GET', `/Users?filter=active%20eq%20${active}`);
      expect(found.body).toMatchObject({ totalResults: 1 });
    }
  });

  it('is replaced as a whole by PUT: what is not said is gone [SCM-1]', async () => {
    const client = new Client();
    const id = await client.made('/Users', aPerson('ada@acme.example', { title: 'Countess' }));
    const put = await client.send('PUT', `/Users/${id}`, { body: aPerson('ada@acme.example') });
    expect(put.status).toBe(200);
    expect(put.headers['etag']).toBe('W/"2"');
    expect(put.body).not.toHaveProperty('title');
  });

  it('answers a patch of a person with the person [SCM-1]', async () => {
    const client = new Client();
    const id = await client.made('/Users', aPerson('ada@acme.example'));
    const body = aPatch({ op: 'replace', path: 'title', value: 'Countess' });
    const patched = await client.send('PATCH', `/Users/${id}`, { body });
    expect([patched.status, patched.headers['etag'], patched.body?.['title']]).toEqual([
      200,
      'W/"2"',
      'Countess',
    ]);
  });

  it('answers a patch of a group with 204, and with the attributes where they are asked for [SCM-1]', async () => {
    const client = new Client();
    const ada = await client.made('/Users', aPerson('ada@acme.example'));
    const id = await client.made('/Groups', aGroup('Engines'));
    const body = aPatch({ op: 'add', path: 'members', value: [{ value: ada }] });
    expect(await client.send('PATCH', `/Groups/${id}`, { body })).toEqual({ status: 204, headers: {} });
    const asked = await client.send('PATCH', `/Groups/${id}?attributes=members`, { body });
    expect(asked.body).toEqual({
      schemas: [groupSchema],
      id,
      members: [{ value: ada, type: 'User', $ref: `${baseUrl}/Users/${ada}` }],
    });
  });

  it('shows the groups of a person with their addresses [SCM-1]', async () => {
    const client = new Client();
    const ada = await client.made('/Users', aPerson('ada@acme.example'));
    const id = await client.made('/Groups', aGroup('Engines', [ada]));
    const { body } = await client.send('GET', `/Users/${ada}?attributes=groups`);
    const $ref = `${baseUrl}/Groups/${id}`;
    expect(body?.['groups']).toEqual([{ value: id, display: 'Engines', type: 'direct', $ref }]);
  });

  it('is removed with 204, and is then in no answer [SCM-1]', async () => {
    const client = new Client();
    const id = await client.made('/Users', aPerson('ada@acme.example'));
    expect(await client.send('DELETE', `/Users/${id}`)).toEqual({ status: 204, headers: {} });
    const gone = await client.send('GET', `/Users/${id}`);
    expect(gone.status).toBe(404);
    expect(gone.body).toMatchObject({ status: '404', detail: expect.stringContaining(id) });
    expect((await client.send('DELETE', `/Users/${id}`)).status).toBe(404);
  });

  it('comes back under its old id when it is posted again, and is refused while it is there [SCM-9]', async () => {
    const client = new Client();
    const id = await client.made('/Users', aPerson('ada@acme.example'));
    const again = { body: aPerson('ADA@acme.example') };
    const there = await client.send('POST', '/Users', again);
    expect(there.body).toMatchObject({ status: '409', scimType: 'uniqueness' });
    await client.send('DELETE', `/Users/${id}`);
    const back = await client.send('POST', '/Users', again);
    expect([back.status, back.body?.['id']]).toEqual([201, id]);
  });
});

describe('versions', () => {
  it('are written over only where If-Match names the one that is there [SCM-1]', async () => {
    const client = new Client();
    const id = await client.made('/Users', aPerson('ada@acme.example'));
    let titles = 0;
    const patch = (tag: string) => {
      const body = aPatch({ op: 'replace', path: 'title', value: `Countess ${(titles += 1)}` });
      return client.send('PATCH', `/Users/${id}`, { body, headers: { 'if-match': tag } });
    };
    expect((await patch('W/"1"')).status).toBe(200);
    expect((await patch('W/"1"')).status).toBe(412);
    expect((await patch('"elsewhere"')).status).toBe(412);
    expect((await patch('W/"99999999999999999999"')).status).toBe(412);
    expect((await patch('W/"1", "2"')).status).toBe(200);
    expect((await patch('*')).status).toBe(200);
    const { body } = await client.send('GET', `/Users/${id}`);
    expect(body?.['meta']).toMatchObject({ version: 'W/"4"' });
  });

  it('hold for PUT and DELETE, too [SCM-1]', async () => {
    const client = new Client();
    const id = await client.made('/Users', aPerson('ada@acme.example'));
    const headers = { 'if-match': 'W/"7"' };
    const body = aPerson('ada@acme.example');
    expect((await client.send('PUT', `/Users/${id}`, { body, headers })).status).toBe(412);
    expect((await client.send('DELETE', `/Users/${id}`, { headers })).status).toBe(412);
    expect((await client.send('GET', `/Users/${id}`)).status).toBe(200);
  });

  it('spare a client what it has: If-None-Match is answered with 304 [SCM-1]', async () => {
    const client = new Client();
    const id = await client.made('/Users', aPerson('ada@acme.example'));
    const get = (tag: string) => client.send('GET', `/Users/${id}`, { headers: { 'if-none-match': tag } });
    expect(await get('W/"3", W/"1"')).toEqual({
      status: 304,
      headers: { etag: 'W/"1"', location: `${baseUrl}/Users/${id}` },
    });
    expect((await get('*')).status).toBe(304);
    expect((await get('W/"2"')).status).toBe(200);
  });
});

describe('what is in an answer', () => {
  const person = aPerson('ada@acme.example', {
    name: { givenName: 'Ada', familyName: 'Lovelace' },
    emails: [{ value: 'ada@acme.example', type: 'work', primary: true }],
    [enterprise]: { department: 'Engines', costCenter: '7' },
  });

  const seen = async (query: string) => {
    const client = new Client();
    const id = await client.made('/Users', person);
    return (await client.send('GET', `/Users/${id}?${query}`)).body;
  };

  it.each([
    ['userName', { userName: 'ada@acme.example' }],
    ['USERNAME,nonsense', { userName: 'ada@acme.example' }],
    [`${userSchema}:userName`, { userName: 'ada@acme.example' }],
    ['name.givenName', { name: { givenName: 'Ada' } }],
    ['name.givenName,name', { name: { givenName: 'Ada', familyName: 'Lovelace' } }],
    ['emails.value', { emails: [{ value: 'ada@acme.example' }] }],
    [enterprise, { [enterprise]: { department: 'Engines', costCenter: '7' } }],
    [`${enterprise}:department`, { [enterprise]: { department: 'Engines' } }],
    ['title', {}],
  ])('is what is named in attributes=%s, with what is always there [SCM-1]', async (names, expected) => {
    const body = await seen(`attributes=${encodeURIComponent(names)}`);
    const schemas = enterprise in expected ? [userSchema, enterprise] : [userSchema];
    expect(body).toEqual({ schemas, id: 'user_000001', ...expected });
  });

  it('is all that the core schema describes where its URN is named, and nothing of an extension [SCM-1]', async () => {
    const body = await seen(`attributes=${userSchema}`);
    const own = ['active', 'emails', 'id', 'name', 'schemas', 'userName'];
    expect(Object.keys(body ?? {}).sort()).toEqual(own);
    expect(body).toMatchObject({ name: { givenName: 'Ada', familyName: 'Lovelace' } });
  });

  it('is without what is excluded, whatever is always there [SCM-1]', async () => {
    const body = await seen(
      `excludedAttributes=id,schemas,meta,emails.type,name,${encodeURIComponent(`${enterprise}:costCenter`)}`,
    );
    expect(body).toEqual({
      schemas: [userSchema, enterprise],
      id: 'user_000001',
      userName: 'ada@acme.example',
      active: true,
      emails: [{ value: 'ada@acme.example', primary: true }],
      [enterprise]: { department: 'Engines' },
    });
  });

  it('keeps to what is asked for after a write, too [SCM-1]', async () => {
    const client = new Client();
    const made = await client.send('POST', '/Users?attributes=userName', { body: person });
    expect(Object.keys(made.body ?? {}).sort()).toEqual(['id', 'schemas', 'userName']);
  });
});
