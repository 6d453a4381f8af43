import fc from 'fast-check';

export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

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

export const anyText = fc.oneof(
  fc.constantFrom(...strangeTexts),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary' }),
);
/** Mostly one that there is. */
export const attribute = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...attributes) },
  { weight: 1, arbitrary: anyText },
);
export const scalar = fc.oneof(
  anyText,
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  fc.double({ noNaN: true }),
);
