import * as fc from 'fast-check';
import { aGroup, aPerson, Client } from './client';

const words = [
  ...[
    'userName',
    'members',
    'emails',
    'active',
    'value',
    'type',
    'primary',
    'name',
    'displayName',
    'id',
    'meta',
  ],
  ...[
    'schemas',
    'Operations',
    'op',
    'path',
    'add',
    'remove',
    'replace',
    'method',
    'bulkId',
    'data',
    'version',
  ],
  ...['POST', 'PATCH', '/Users', '/Groups', '/Users/user_000001', 'bulkId:a', 'a', 'failOnErrors', 'filter'],
  ...[
    'count',
    'cursor',
    'startIndex',
    'sortBy',
    'attributes',
    'excludedAttributes',
    'eq',
    'pr',
    'and',
    'not',
  ],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'user_000001',
    'W/"1"',
    '"',
    '(',
  ],
  ...[
    'emails[type eq "work"].value',
    'urn:x:y:z',
    'urn:ietf:params:scim:schemas:core:2.0:User',
    '\0',
    '\ud800',
  ],
];
const word = fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary', maxLength: 8 }));
const phrase = fc.array(word, { maxLength: 6 }).map((some) => some.join(' '));

const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(word, fc.boolean(), fc.integer(), fc.constant(null)),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(word, tie('tree'), { maxKeys: 5 }),
  ),
}));
const body = fc.oneof(
  tree.map((value) => JSON.stringify(value)),
  fc.array(tree, { maxLength: 3 }).map((Operations) => JSON.stringify({ Operations })),
  fc.string({ unit: 'binary' }),
);
const query = fc
  .dictionary(fc.constantFrom(...words, 'sortOrder'), phrase, { maxKeys: 4 })
  .map((parameters) => new URLSearchParams(Object.entries(parameters)).toString());
const path = fc.oneof(
  fc.constantFrom(
    '/Users',
    '/Groups',
    '/Users/user_000001',
    '/Groups/group_000001',
    '/Bulk',
    '/.search',
    '/',
  ),
  fc.constantFrom('/Users/.search', '/Schemas', '/ResourceTypes', '/ServiceProviderConfig', '/Me'),
  fc.array(word, { maxLength: 3 }).map((parts) => `/${parts.join('/')}`),
);
const request = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'BREW'),
  path,
  query,
  body: fc.option(body, { nil: undefined }),
  headers: fc.dictionary(fc.constantFrom('if-match', 'if-none-match', 'accept'), phrase, { maxKeys: 2 }),
});

it('answers whatever comes in the form of the protocol, and no object of the process is another after it [SCM-1]', async () => {
  const inherited = Object.getOwnPropertyNames(Object.prototype).sort();
  await fc.assert(
    fc.asyncProperty(fc.array(request, { maxLength: 4 }), async (requests) => {
      const client = new Client();
      const ada = await client.made('/Users', aPerson('ada@acme.example'));
      await client.made('/Groups', aGroup('Engines', [ada]));
      for (const { method, path: at, query: asked, body: sent, headers } of requests) {
        const more = { headers, ...(sent === undefined ? {} : { body: sent }) };
        const answer = await client.send(method, `${at}?${asked}`, more);
        expect(client.faults).toEqual([]);
        if (answer.status >= 400 && method !== 'HEAD') {
          expect(answer.body).toMatchObject({ status: String(answer.status), detail: expect.any(String) });
        }
      }
      expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(inherited);
    }),
    { numRuns: 400 },
  );
});
