import fc from 'fast-check';
import { filter } from './strange-filters';
import { anyText, attribute, enterprise, scalar } from './strange-values';

/** Which resource a strange request is about, and with which headers. */
export interface Wish {
  readonly kind: 'Users' | 'Groups';
  /** `known`: one that there is. */
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
}

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
  kind: fc.constantFrom('Users', 'Users', 'Groups'),
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
    { weight: 20, arbitrary: value.map((it) => JSON.stringify(it)) },
    { weight: 1, arbitrary: anyText },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 5000 }).map((depth) => '['.repeat(depth)) },
    {
      weight: 1,
      arbitrary: fc
        .integer({ min: 1, max: 2000 })
        .map((depth) => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth)),
    },
  );

export const anyResource = fc.record({
  wish,
  body: bodyOf(fc.oneof({ weight: 4, arbitrary: fit }, { weight: 1, arbitrary: json })),
});

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

/** What could be meant, with strange values. */
const likely = fc
  .tuple(
    fc.constantFrom('add', 'replace', 'Replace'),
    fc.constantFrom(
      ...['displayName', 'title', 'userName', 'externalId', 'name.givenName', 'nickName', 'profileUrl'],
      ...['emails[type eq "work"].value', 'phoneNumbers[type eq "home"].value', `${enterprise}:department`],
      ...[
        'urn:example:own:1.0:thing',
        'addresses[type eq "work"].locality',
        'entitlements[value eq "x"].display',
      ],
    ),
    anyText,
  )
  .map(([op, where, value]) => ({ op, path: where, value }));

const operations = fc.oneof(
  fc.array(likely, { minLength: 1, maxLength: 3 }),
  fc.array(fc.oneof(likely, operation), { maxLength: 4 }),
);

export const anyChange = fc.record({
  wish,
  body: bodyOf(
    fc.oneof(
      { weight: 4, arbitrary: operations.map((Operations) => ({ Operations })) },
      { weight: 1, arbitrary: operations.map((some) => ({ operations: some })) },
      { weight: 1, arbitrary: json },
    ),
  ),
});
