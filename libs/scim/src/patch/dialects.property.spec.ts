import fc from 'fast-check';
import { readContent } from '../content/read-content';
import { parseJson } from '../parse-json';
import type { Content } from '../resource-store';
import { userType } from '../schema/resource-types';
import { applyPatch } from './apply-patch';
import { readPatch } from './read-patch';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const own = 'urn:example:params:scim:schemas:own:User';

/** What is known of a person, by the paths of RFC 7644; null where there is nothing. */
const paths = {
  active: 'active',
  title: 'title',
  givenName: 'name.givenName',
  familyName: 'name.familyName',
  work: 'emails[type eq "work"].value',
  department: `${enterprise}:department`,
  manager: `${enterprise}:manager.value`,
  shoe: `${own}:shoe`,
} as const;
type Name = keyof typeof paths;
type Person = Readonly<Record<Name, string | boolean | null>>;
type Change = Partial<Person>;

const word = fc.stringMatching(/^[A-Za-zäöü' -]{1,12}$/).filter((text) => text.trim() !== '');
const orNothing = fc.option(word);
const known = {
  active: fc.boolean(),
  title: orNothing,
  givenName: orNothing,
  familyName: orNothing,
  work: fc.option(word.map((name) => `${name}@work.example`)),
  department: orNothing,
  manager: orNothing,
  shoe: orNothing,
};
const person: fc.Arbitrary<Person> = fc.record(known);
const change: fc.Arbitrary<Change> = fc.record(known, { requiredKeys: [] });

const emailsOf = (work: string | boolean | null): unknown[] => [
  { value: 'ada@home.example', type: 'home' },
  ...(work === null ? [] : [{ type: 'work', value: work }]),
];

const bodyOf = (of: Person): unknown => ({
  userName: 'ada',
  active: of.active,
  title: of.title,
  name: { givenName: of.givenName, familyName: of.familyName },
  emails: emailsOf(of.work),
  [enterprise]: { department: of.department, manager: { value: of.manager } },
  [own]: { shoe: of.shoe },
});

const parse = (body: unknown): ReturnType<typeof parseJson> => parseJson(JSON.stringify(body));
const written = (body: unknown): Content => readContent(parse(body), userType);
const patched = (before: Content, operations: unknown[]): Content =>
  operations.length === 0
    ? before
    : applyPatch(before, readPatch(parse({ Operations: operations }), userType), userType);

const namesIn = (of: Change): Name[] =>
  Object.keys(paths).filter((name): name is Name => Object.hasOwn(of, name));
const asText = (value: unknown): unknown => (typeof value === 'boolean' ? (value ? 'True' : 'False') : value);

/** A path for each attribute. What a filter would have to find goes by `add`, which replaces where it is there already. */
function byPaths(of: Change): unknown[] {
  return namesIn(of).map((name) =>
    of[name] === null
      ? { op: 'remove', path: paths[name] }
      : { op: 'add', path: paths[name], value: of[name] },
  );
}

/** As Entra ID: capitals, booleans as text, names that are paths, removals apart, the manager as a text. */
function asEntra(of: Change): unknown[] {
  const [gone, said] = [
    namesIn(of).filter((name) => of[name] === null),
    namesIn(of).filter((name) => of[name] !== null),
  ];
  const values = said.map((name) => [paths[name].replace('manager.value', 'manager'), asText(of[name])]);
  return [
    ...(said.length > 0 ? [{ op: 'Add', value: Object.fromEntries(values) }] : []),
    ...gone.map((name) => ({ op: 'Remove', path: paths[name] })),
  ];
}

/** As Okta: one object without a path, in which null is nothing, and lists come as a whole. */
function asOkta(of: Change): unknown[] {
  const { work, givenName, familyName, department, manager, shoe, ...plain } = of;
  const value = {
    ...plain,
    name: { givenName, familyName },
    ...(work === undefined ? {} : { emails: emailsOf(work) }),
    [enterprise]: { department, ...(manager === undefined ? {} : { manager: { value: manager } }) },
    [own]: { shoe },
  };
  return [{ op: 'replace', value }];
}

/** As clients that change one thing at a time, by the URN of the schema. */
function oneByOne(of: Change): unknown[] {
  return byPaths(of).map((operation) =>
    JSON.parse(JSON.stringify(operation).replace(/"path":"(?!urn:)/, `"path":"${userType.schema.id}:`)),
  );
}

describe('dialects', () => {
  it('bring the same state by the same change, whatever the dialect and whatever was before [SCM-2]', () => {
    fc.assert(
      fc.property(person, change, (before, said) => {
        const start = written(bodyOf(before));
        const end = written(bodyOf({ ...before, ...said }));
        for (const dialect of [byPaths, asEntra, asOkta, oneByOne])
          expect(patched(start, dialect(said))).toEqual(end);
      }),
      { numRuns: 300 },
    );
  });

  it('change nothing when the same change comes again [SCM-2]', () => {
    fc.assert(
      fc.property(person, change, (before, said) => {
        for (const dialect of [byPaths, asEntra, asOkta, oneByOne]) {
          const once = patched(written(bodyOf(before)), dialect(said));
          expect(patched(once, dialect(said))).toBe(once);
        }
      }),
      { numRuns: 200 },
    );
  });
});
