import fc from 'fast-check';
import { readContent } from '../content/read-content';
import type { Json } from '../json';
import { parseJson } from '../parse-json';
import type { Content } from '../resource-store';
import type { ResourceType } from '../schema/attribute';
import { groupType, userType } from '../schema/resource-types';
import { ScimError } from '../scim-error';
import { applyPatch } from './apply-patch';
import { planMembers } from './plan-members';
import { readPatch } from './read-patch';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const words = [
  ...[
    'userName',
    'DISPLAYNAME',
    'active',
    'name',
    'name.givenName',
    'emails',
    'emails.value',
    'members',
    'groups',
  ],
  ...[
    'emails[type eq "work"]',
    'emails[type eq "work"].value',
    'members[value eq "a"]',
    'members[display pr].value',
  ],
  ...[
    'emails[not (primary eq true) or value pr]',
    'roles',
    'addresses[',
    'x509Certificates.value',
    'id',
    'meta',
  ],
  ...[
    enterprise,
    `${enterprise}:manager`,
    `${enterprise}:manager.value`,
    userType.schema.id,
    `${userType.schema.id}:title`,
  ],
  ...[
    'urn:x:own:User',
    'urn:x:own:User:a',
    'urn:x:own:User:a.b',
    'urn:x:own:User:a[b eq 1]',
    'urn:x:own:User:a[b eq 1].c',
  ],
  ...[
    '__proto__',
    'constructor',
    'constructor.prototype',
    'urn:x:own:User:__proto__',
    'urn:x:own:User:constructor.prototype',
  ],
  ...[
    'value',
    'type',
    'primary',
    'display',
    'manager',
    'department',
    '$ref',
    'schemas',
    'password',
    'externalId',
    '',
  ],
];
const name = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...words) }, fc.string());
const leaf = fc.oneof(
  fc.constantFrom('True', 'work', 'a', '', true, false, null, 0),
  fc.string(),
  fc.double({ noNaN: true }),
);
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const operation = fc.record(
  { op: fc.constantFrom('add', 'Replace', 'remove', 'Remove', 'move'), path: name, value },
  { requiredKeys: ['op'] },
);
const patch = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.array(operation, { minLength: 1, maxLength: 4 }).map((Operations) => ({ Operations })),
  },
  value,
);

/** What came of it; nothing where it was refused as the protocol has it. Whatever else is thrown is a fault. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof ScimError) return undefined;
    throw error;
  }
}

/** As a store has it: with ordinary prototypes, and nobody may write into it. */
function kept(content: Content): Content {
  const copy: Content = structuredClone({ ...content });
  return JSON.parse(JSON.stringify(copy), (_, part: unknown) => Object.freeze(part));
}

const ada = kept(
  readContent(
    parseJson(
      JSON.stringify({
        userName: 'ada',
        active: true,
        name: { givenName: 'Ada' },
        emails: [{ value: 'a', type: 'work', primary: true }, { value: 'b' }],
        [enterprise]: { manager: { value: 'a' } },
        'urn:x:own:User': { a: { b: 1 }, list: [1, { b: 1 }] },
      }),
    ),
    userType,
  ),
);
const engines = kept(readContent(parseJson('{"displayName":"Engines","members":["a","b"]}'), groupType));
const cases: readonly (readonly [ResourceType, Content])[] = [
  [userType, ada],
  [groupType, engines],
];

const prototypes = (): unknown =>
  [Object.prototype, Array.prototype, Function.prototype].map(Object.getOwnPropertyNames);

describe.each(cases)('any body, for a $name', (type, before) => {
  it('is read or refused as the protocol has it, and what is kept reads as itself [SCM-1]', () => {
    const untouched = prototypes();
    fc.assert(
      fc.property(value, (body) => {
        const content = attempt(() => readContent(parseJson(JSON.stringify(body)), type));
        if (content) expect(readContent(kept(content), type)).toEqual(content);
      }),
      { numRuns: 500 },
    );
    expect(prototypes()).toEqual(untouched);
  });

  it('patches or is refused, leaves what was there as it was, and leaves something sound [SCM-1]', () => {
    const untouched = prototypes();
    fc.assert(
      fc.property(patch, (body) => {
        const operations = attempt(() => readPatch(parseJson(JSON.stringify(body)), type)) ?? [];
        attempt(() => planMembers(operations));
        const content = attempt(() => applyPatch(before, operations, type));
        if (content) expect(readContent(kept(content), type)).toEqual(content);
      }),
      { numRuns: 1500 },
    );
    expect(prototypes()).toEqual(untouched);
  });
});
