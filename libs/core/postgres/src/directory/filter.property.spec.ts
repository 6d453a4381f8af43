import {
  compileFilter,
  matches,
  parseFilter,
  type Attribute,
  type Columns,
  type JsonObject,
  type ResourceType,
} from '@gatehouse/scim';
import * as fc from 'fast-check';
import { Client } from 'pg';
import { onlyEmail } from './resources/only-email';

const described = {
  description: '',
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
  multiValued: false,
} as const;
const attribute = (name: string, type: Attribute['type'], details: Partial<Attribute> = {}): Attribute => ({
  ...described,
  name,
  type,
  ...details,
});
const parts = (...subAttributes: Attribute[]): Partial<Attribute> => ({ subAttributes });
const several = { multiValued: true };
const exact = { caseExact: true };
const value = attribute('value', 'string');

const extension = 'urn:example:params:2.0:User';
const unknown = 'urn:nobody:describes:1.0:This';

/** One attribute of each kind there is, wherever one can stand. */
const type: ResourceType = {
  name: 'User',
  endpoint: '/Users',
  description: '',
  schema: {
    id: 'urn:ietf:params:scim:schemas:core:2.0:User',
    name: 'User',
    description: '',
    attributes: [
      attribute('userName', 'string'),
      attribute('active', 'boolean'),
      attribute('title', 'string'),
      attribute('code', 'string', exact),
      attribute('flag', 'boolean'),
      attribute('level', 'integer'),
      attribute('ratio', 'decimal'),
      attribute('blob', 'binary', exact),
      attribute('link', 'reference', exact),
      attribute('name', 'complex', parts(attribute('familyName', 'string'), attribute('rank', 'integer'))),
      attribute('tags', 'string', several),
      attribute('emails', 'complex', {
        ...several,
        ...parts(value, attribute('type', 'string'), attribute('primary', 'boolean')),
      }),
      attribute('members', 'complex', {
        ...several,
        ...parts(attribute('value', 'string', exact), attribute('display', 'string')),
      }),
    ],
  },
  extensions: [
    {
      id: extension,
      name: 'Extension',
      description: '',
      attributes: [
        attribute('department', 'string'),
        attribute('manager', 'complex', parts(value)),
        attribute('skills', 'string', several),
      ],
    },
  ],
};

// Wildcards, letters with unusual small forms, and letters that UTF-16 and UTF-8 order differently.
const letter = fc.constantFrom(...'aAbB1%_\\"\' ßẞİıΣςσéÉſﬀ🙂\uE000');
const word = fc.string({ unit: letter, maxLength: 4 });
const whole = fc.integer({ min: -3, max: 3 });
const decimal = fc.constantFrom(-1.5, 0, 0.1, 0.30000000000000004, 1, 1e21, 5e-324, 9007199254740993);
const truth = fc.boolean();
const moment = fc.integer({ min: -2, max: 2 }).map((days) => new Date(Date.UTC(2026, 0, 1 + days)));
const kind = fc.constantFrom('work', 'WORK', 'home');

const sparse: { requiredKeys: []; noNullPrototype: true } = { requiredKeys: [], noNullPrototype: true };
const few = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(one, { maxLength: 3 });

const anything = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false, '', 'a', 'A', 1, 0.5),
    word,
    fc.array(tie('json'), { maxLength: 2 }),
    fc.record({ part: tie('json'), other: tie('json') }, sparse),
  ),
})).json;

const content = fc.record(
  {
    userName: word,
    active: truth,
    title: word,
    code: word,
    flag: truth,
    level: whole,
    ratio: decimal,
    blob: word,
    link: word,
    name: fc.record({ familyName: word, rank: whole }, sparse),
    tags: few(word),
    emails: few(fc.record({ value: word, type: kind, primary: truth }, sparse)),
    [extension]: fc.record(
      { department: word, manager: fc.record({ value: word }, sparse), skills: few(word) },
      sparse,
    ),
    [unknown]: fc.record({ thing: anything, Thing: anything }, sparse),
  },
  sparse,
);
const resource = fc.record({
  externalId: fc.option(word),
  created: moment,
  members: few(fc.record({ value: word, display: word }, sparse)),
  content,
});
type Resource = typeof resource extends fc.Arbitrary<infer T> ? T : never;

const quoted = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  text.map((letters) => JSON.stringify(letters));
const anyCase = (name: string): fc.Arbitrary<string> =>
  fc.constantFrom(name, name.toUpperCase(), name.toLowerCase());
const operator = (...names: string[]): fc.Arbitrary<string> => fc.oneof(...names.map(anyCase));
const equality = operator('eq', 'ne');
const order = operator('eq', 'ne', 'gt', 'ge', 'lt', 'le');
const texts = operator('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le');

const comparison = (
  name: fc.Arbitrary<string>,
  operators: fc.Arbitrary<string>,
  literal: fc.Arbitrary<string>,
): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.tuple(name, operators, literal).map((words) => words.join(' ')) },
    { weight: 1, arbitrary: fc.tuple(name, anyCase('pr')).map((words) => words.join(' ')) },
    { weight: 1, arbitrary: fc.tuple(name, equality, anyCase('null')).map((words) => words.join(' ')) },
  );
const named = (...names: string[]): fc.Arbitrary<string> => fc.oneof(...names.map(anyCase));
const trueOrFalse = operator('true', 'false', '"True"', '"false"');

const ofText = comparison(
  fc.oneof(
    named('id', 'externalId', 'userName', 'title', 'code', 'link', 'name.familyName'),
    named('tags', 'emails', 'emails.value', 'emails.type', 'members', 'members.display'),
    named(
      'urn:ietf:params:scim:schemas:core:2.0:User:title',
      `${extension}:department`,
      `${extension}:manager`,
    ),
    named(`${extension}:manager.value`, `${extension}:skills`),
  ),
  texts,
  quoted(fc.oneof(word, kind)),
);
const others = fc.oneof(
  comparison(named('blob'), operator('eq', 'ne', 'co', 'sw', 'ew'), quoted(word)),
  comparison(named('active', 'flag', 'emails.primary'), equality, trueOrFalse),
  comparison(named('level', 'name.rank'), order, whole.map(String)),
  comparison(named('ratio'), order, decimal.map(String)),
  comparison(
    named('meta.created'),
    order,
    fc.oneof(
      moment.map((at) => JSON.stringify(at)),
      fc.constantFrom('"2026-01-01T02:00:00.0009+02:00"', '"2026-01-01T00:00:00"'),
    ),
  ),
);
const ofUnknown = fc
  .constantFrom('thing', 'thing.part', 'Thing', 'thing.other')
  .chain((name) =>
    fc.oneof(
      comparison(fc.constant(`${unknown}:${name}`), texts, quoted(word)),
      comparison(fc.constant(`${unknown}:${name}`), order, decimal.map(String)),
      comparison(fc.constant(`${unknown}:${name}`), equality, operator('true', 'false')),
    ),
  );
const present = named('name', 'meta', 'members', `${extension}`, `${extension}:manager`).map(
  (name) => `${name} pr`,
);

const inEmail = fc.oneof(
  comparison(named('type'), texts, quoted(kind)),
  comparison(named('value'), texts, quoted(word)),
  comparison(named('primary'), equality, trueOrFalse),
);
const inMember = comparison(named('value', 'display'), texts, quoted(word));
const inUnknown = comparison(fc.constantFrom('part', 'other'), texts, quoted(word));

const combined = (one: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.letrec<{ filter: string }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      one,
      fc.tuple(tie('filter'), operator('and', 'or'), tie('filter')).map((words) => words.join(' ')),
      fc
        .tuple(anyCase('not'), fc.constantFrom('', ' '), tie('filter'))
        .map(([not, gap, inner]) => `${not}${gap}(${inner})`),
      tie('filter').map((inner) => `( ${inner} )`),
    ),
  })).filter;

const ofOneValue = fc.oneof(
  fc.tuple(named('emails'), combined(inEmail)).map(([name, inner]) => `${name}[${inner}]`),
  fc
    .tuple(named('emails'), combined(inEmail), inEmail)
    .map(([name, inner, last]) => `${name}[${inner}].${last}`),
  fc.tuple(named('members'), combined(inMember)).map(([name, inner]) => `${name}[${inner}]`),
  combined(comparison(named('familyName'), texts, quoted(word))).map((inner) => `name[${inner}]`),
  combined(comparison(named('value'), texts, quoted(word))).map((inner) => `tags[${inner}]`),
  combined(inUnknown).map((inner) => `${unknown}:thing[${inner}]`),
);
const filters = combined(fc.oneof(ofText, others, ofUnknown, present, ofOneValue));

const columns: Columns = ({ extension: urn, attribute: { name }, sub }) => {
  if (urn !== undefined) return undefined;
  switch (sub ? `${name}.${sub.name}` : name) {
    case 'id':
      return { sql: 'id', type: 'text' };
    case 'externalId':
      return { sql: 'external_id', type: 'text' };
    case 'userName':
      return { sql: 'user_name_key', type: 'text', lower: true };
    case 'active':
      return { sql: 'active', type: 'boolean' };
    case 'meta.created':
      return { sql: 'created_at', type: 'time' };
    case 'emails':
      return {
        among: (part, text, bind) =>
          part === 'value' ? `(only_email = ${bind(text)}::text OR only_email IS NULL)` : undefined,
      };
    case 'members':
      return {
        from: 'members AS m',
        where: 'm.of = resources.id',
        column: (part) => (part === undefined ? undefined : { sql: `m.${part}`, type: 'text' }),
      };
    default:
      return undefined;
  }
};

const tables = `
WITH resources AS (
  SELECT * FROM jsonb_to_recordset($1::jsonb)
    AS r(id text, external_id text, user_name_key text, active boolean, created_at timestamptz,
      only_email text, document jsonb)
), members AS (SELECT * FROM jsonb_to_recordset($2::jsonb) AS r("of" text, value text, display text))`;

const identified = (resources: readonly Resource[]): (Resource & { id: string })[] =>
  resources.map((one, index) => ({ ...one, id: 'aAbB'[index] ?? String(index) }));

const seen = ({ id, externalId, created, members, content: rest }: Resource & { id: string }): JsonObject =>
  JSON.parse(JSON.stringify({ ...rest, id, externalId, members, meta: { created } }));

const row = ({ id, externalId, created, content: document }: Resource & { id: string }): object => ({
  id,
  external_id: externalId,
  user_name_key: document.userName?.toLowerCase() ?? null,
  active: document.active ?? null,
  created_at: created,
  only_email: onlyEmail({ emails: document.emails }),
  document,
});

let client: Client;
beforeAll(async () => {
  client = new Client({ connectionString: process.env['GATEHOUSE_TEST_POSTGRES_URL'] });
  await client.connect();
});
afterAll(() => client.end());

async function found(filter: string, resources: readonly (Resource & { id: string })[]): Promise<string[]> {
  const members = resources.flatMap(({ id, members: all }) => all.map((one) => ({ of: id, ...one })));
  const values: unknown[] = [JSON.stringify(resources.map(row)), JSON.stringify(members)];
  const bind = (one: unknown): string => `$${values.push(one)}`;
  const condition = compileFilter(parseFilter(filter, type), columns, bind);
  const { rows } = await client.query<{ id: string }>(
    `${tables} SELECT id FROM resources WHERE ${condition} ORDER BY id COLLATE "C"`,
    values,
  );
  return rows.map(({ id }) => id);
}

const some = { externalId: null, created: new Date(0), members: [] };
const noValue: Resource = { ...some, content: { [unknown]: { thing: null } } };
const oneEmail: Resource = { ...some, content: { emails: [{ value: 'a', type: 'work' }] } };
const examples: [string, Resource[]][] = [
  [`${unknown}:thing[part ne "a"]`, [noValue]],
  ['emails.value eq "A"', [oneEmail]],
  ['emails[value eq "b" or type eq "work"]', [oneEmail]],
];

it('finds by SQL the rows that a slow and obvious reading of the filter finds, and no other [SCM-1]', async () => {
  await fc.assert(
    fc.asyncProperty(filters, fc.array(resource, { maxLength: 5 }), async (filter, given) => {
      const resources = identified(given);
      const parsed = parseFilter(filter, type);
      const wanted = resources.filter((one) => matches(parsed, seen(one))).map(({ id }) => id);
      expect(await found(filter, resources)).toEqual(wanted.sort());
    }),
    { numRuns: 500, examples },
  );
});
