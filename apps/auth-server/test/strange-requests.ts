import fc from 'fast-check';

/** Which resource a strange request is about, and with which headers. */
export interface Wish {
  readonly kind: 'Users' | 'Groups';
  /** `known`: one that there is. */
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
}

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** What is usual, what is an object's own in JavaScript, what SQL and LIKE know, and what no database holds. */
const strangeTexts = [
  ...['', ' ', '*', '%', '_', '\\', "'", '"', "' OR 1=1 --", '$1', '${jndi:x}', '\u0000', 'a\u0000b'],
  ...[
    '\ud800',
    '\udfff\ud800',
    'İ',
    'ß',
    'ﬀ',
    '\u202e',
    '😀',
    'null',
    'true',
    'False',
    '-0',
    '1e999',
    '9'.repeat(400),
  ],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__proto__.polluted'],
  ...['2024-01-01T00:00:00Z', '+275761-09-13T00:00:00Z', '99999-12-31', 'x'.repeat(5000)],
];
const attributes = [
  ...[
    'userName',
    'USERNAME',
    'id',
    'externalId',
    'active',
    'meta',
    'meta.created',
    'meta.version',
    'schemas',
  ],
  ...[
    'name',
    'name.givenName',
    'emails',
    'emails.value',
    'emails.primary',
    'displayName',
    'title',
    'password',
  ],
  ...[
    'members',
    'members.value',
    'members.$ref',
    'groups',
    'groups.value',
    'roles',
    'x509Certificates.value',
  ],
  ...[enterprise, `${enterprise}:department`, `${enterprise}:manager.value`, 'urn:example:own:1.0:thing'],
  ...[
    'tenant_id',
    'document',
    'version',
    '__proto__',
    'constructor.prototype',
    '__proto__.polluted',
    '$ref',
    '',
  ],
];

const anyText = fc.oneof(
  fc.constantFrom(...strangeTexts),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary' }),
);
const attribute = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...attributes) },
  { weight: 1, arbitrary: anyText },
);
const scalar = fc.oneof(anyText, fc.boolean(), fc.constant(null), fc.integer(), fc.double({ noNaN: true }));
const operator = fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'EQ', 'in', '=');

const comparison = fc
  .tuple(attribute, operator, scalar)
  .map(([name, compared, value]) => `${name} ${compared} ${JSON.stringify(value)}`);

const { filter } = fc.letrec<{ filter: string }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    comparison,
    attribute.map((name) => `${name} pr`),
    fc
      .tuple(tie('filter'), fc.constantFrom('and', 'or', 'xor'), tie('filter'))
      .map((parts) => parts.join(' ')),
    tie('filter').map((inner) => `not (${inner})`),
    tie('filter').map((inner) => `(${inner})`),
    fc.tuple(attribute, tie('filter')).map(([name, inner]) => `${name}[${inner}]`),
    fc.tuple(attribute, tie('filter')).map(([name, inner]) => `${name}[${inner}].value eq "x"`),
  ),
}));

/** A filter, or one that lost or gained some letters, or no filter at all. */
export const anyFilter = fc.oneof(
  filter,
  fc.tuple(filter, fc.nat(), fc.nat(30), anyText).map(([text, at, length, instead]) => {
    const from = at % (text.length + 1);
    return text.slice(0, from) + instead.slice(0, 200) + text.slice(from + length);
  }),
  anyText,
  fc.integer({ min: 1, max: 3000 }).map((depth) => `${'('.repeat(depth)}id pr${')'.repeat(depth)}`),
  fc.integer({ min: 1, max: 3000 }).map((length) => Array(length).fill('id pr').join(' or ')),
);

/** Everything else that can be asked of a list. */
export const anyQuery = fc.dictionary(
  fc.constantFrom(
    ...[
      'startIndex',
      'count',
      'cursor',
      'sortBy',
      'sortOrder',
      'attributes',
      'excludedAttributes',
      'filter',
      '__proto__',
    ],
  ),
  fc.oneof(
    anyText,
    attribute,
    fc.integer().map(String),
    fc.array(attribute, { maxLength: 4 }).map((names) => names.join(',')),
    fc.constantFrom(
      'ascending',
      'descending',
      '0',
      '-1',
      '1',
      '2147483648',
      '9007199254740993',
      '1.5',
      'NaN',
    ),
  ),
  { maxKeys: 4, noNullPrototype: true },
);

const names = fc.oneof(
  attribute,
  fc.constantFrom('value', 'type', 'primary', '$ref', 'polluted', 'op', 'path'),
);

/** Any JSON, often in the shape of what the attributes want. */
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('json'), { maxLength: 4 }),
    fc.array(fc.tuple(names, tie('json')), { maxLength: 5 }).map(objectOf),
  ),
}));

/** As `JSON.parse` makes it: `__proto__` is a name like any other in it, and goes out as one. */
function objectOf(entries: readonly (readonly [string, unknown])[]): unknown {
  const members = entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return JSON.parse(`{${members.join(',')}}`);
}

const wish: fc.Arbitrary<Wish> = fc.record({
  kind: fc.constantFrom('Users', 'Groups'),
  id: fc.oneof(
    { weight: 4, arbitrary: fc.constant('known') },
    { weight: 1, arbitrary: fc.string({ minLength: 1 }) },
  ),
  headers: fc.constantFrom(
    ...[{}, {}, {}, { 'if-match': 'W/"1"' }, { 'if-match': '*' }, { 'if-match': '"; DROP' }],
    ...[
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/json' },
      { 'if-none-match': 'W/"1"' },
    ],
  ),
});

/** The names that are needed, so that what else is sent is looked at. */
const fit = fc
  .tuple(anyText, fc.array(fc.tuple(names, json), { maxLength: 6 }))
  .map(([name, more]) => objectOf([['userName', name], ['displayName', name], ...more]));

const bodyOf = (value: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: value.map((it) => JSON.stringify(it)) },
    { weight: 1, arbitrary: anyText },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 5000 }).map((depth) => '['.repeat(depth)) },
    {
      weight: 1,
      arbitrary: fc
        .integer({ min: 1, max: 2000 })
        .map((depth) => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth)),
    },
  );

export const anyResource = fc.record({ wish, body: bodyOf(fc.oneof(fit, json)) });

const path = fc.oneof(
  attribute,
  fc.tuple(attribute, filter).map(([name, chosen]) => `${name}[${chosen}]`),
  fc.tuple(attribute, filter, attribute).map(([name, chosen, sub]) => `${name}[${chosen}].${sub}`),
  anyText,
);

const operation = fc
  .tuple(fc.constantFrom('add', 'Replace', 'remove', 'REMOVE', 'move', ''), fc.option(path), fc.option(json))
  .map(([op, where, value]) =>
    objectOf([
      ['op', op],
      ...(where === null ? [] : [['path', where] as const]),
      ...(value === null ? [] : [['value', value] as const]),
    ]),
  );

export const anyChange = fc.record({
  wish,
  body: bodyOf(
    fc.oneof(
      fc.array(operation, { maxLength: 4 }).map((Operations) => ({ Operations })),
      fc.array(operation, { maxLength: 4 }).map((operations) => ({ operations })),
      json,
    ),
  ),
});
