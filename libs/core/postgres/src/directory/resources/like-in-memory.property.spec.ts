import { KeyRing, type Tenant } from '@gatehouse/core';
import { ScimServer, type Json, type JsonObject, type ScimResponse } from '@gatehouse/scim';
import { MemoryDirectory } from '@gatehouse/scim/testing';
import * as fc from 'fast-check';
import { PostgresGroupResources, PostgresPeopleResources } from '../../index';
import { createTestDatabase, type TestDatabase } from '../../testing';
import { anExistingTenant, chance, now } from '../../testing/given';
import { aDirectoryOf } from '../../testing/given-directory';

let database: TestDatabase;
let time = now;
const keyRing = new KeyRing([{ name: 'one', key: chance.bytes(32) }], chance);

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** A request; `@3` is the ID of the fourth resource that was made, or nobody's. */
interface Step {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
  readonly ifMatch?: string;
}

const baseUrl = 'https://sso.example/scim/v2/dir_1';
const fault = (error: unknown): never => {
  throw error;
};

/** One of the two servers, with the IDs that it gave. */
class Side {
  private readonly ids: string[] = [];

  constructor(private readonly server: ScimServer) {}

  /** What it answers, with numbers in the place of IDs. */
  async answer(step: Step): Promise<Json> {
    const response = await this.send(step);
    const id = response.body?.['id'];
    if (step.method === 'POST' && typeof id === 'string' && !this.ids.includes(id)) this.ids.push(id);
    return this.comparable(response);
  }

  /** All pages, one after the other, as one list. */
  async walk(step: Step): Promise<Json> {
    const pages: Json[] = [];
    let cursor: Json | undefined = '';
    while (typeof cursor === 'string' && pages.length < 30) {
      const response = await this.send({ ...step, query: { ...step.query, cursor } });
      cursor = response.body?.['nextCursor'];
      pages.push(this.comparable(response));
    }
    return pages;
  }

  private send({ method, path, query = {}, body, ifMatch }: Step): Promise<ScimResponse> {
    return this.server.handle({
      method,
      path: this.named(path),
      query: new URLSearchParams(query).toString(),
      headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
      body: body === undefined ? undefined : this.named(JSON.stringify(body)),
    });
  }

  private named(text: string): string {
    return text.replace(/@(\d)/g, (_, number: string) => this.ids[Number(number)] ?? `nobody-${number}`);
  }

  private comparable({ status, headers, body }: ScimResponse): Json {
    if (status >= 400) return { status, scimType: body?.['scimType'] ?? null };
    const { etag = null } = headers;
    return { status, etag, body: body === undefined ? null : this.numbered(body) };
  }

  private numbered(body: JsonObject): Json {
    const text = this.ids.reduce(
      (all, id, number) => all.replaceAll(id, `@${String(number)}`),
      JSON.stringify(body),
    );
    return JSON.parse(text, (name: string, value: Json) => {
      if (name === 'nextCursor') return 'there is more';
      return name === 'members' || name === 'groups' ? withoutOrder(value) : value;
    });
  }
}

/** Members and groups come in any order, and without what describes them. */
function withoutOrder(values: Json): Json {
  if (!Array.isArray(values)) return values;
  return values.map(({ value }: { value: Json }) => JSON.stringify(value)).sort();
}

async function bothSides(): Promise<readonly [Side, Side]> {
  const clock = { now: () => time };
  const tenant: Tenant = await anExistingTenant(database.app);
  const directory = await aDirectoryOf(database.app, tenant.id);
  const ports = { database: database.app, keyRing, chance, clock };
  const scope = { directory, actor: { kind: 'directory', id: directory.id } as const };
  const memory = new MemoryDirectory(clock.now);
  const common = { baseUrl, now: () => now, fault };
  const users = new PostgresPeopleResources(ports, scope);
  const groups = new PostgresGroupResources(ports, scope);
  return [
    new Side(new ScimServer({ ...common, users: memory.users, groups: memory.groups })),
    new Side(new ScimServer({ ...common, users, groups })),
  ];
}

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const names = ['ada', 'Bob', 'ÇEM', 'zoë', '%_'] as const;
const name = fc.constantFrom(...names);
const id = fc.nat(5).map((number) => `@${String(number)}`);
const optional: { requiredKeys: []; noNullPrototype: true } = { requiredKeys: [], noNullPrototype: true };

const person = fc
  .record(
    {
      active: fc.boolean(),
      title: fc.constantFrom('Dr', 'dr', 'Countess'),
      name: fc.record(
        { familyName: fc.constantFrom('King', 'Éluard', 'of Acme') },
        { noNullPrototype: true },
      ),
      emails: fc.constantFrom(
        [{ value: 'b@home.example', type: 'home' }],
        [{ value: 'z@home.example' }, { value: 'a@work.example', type: 'work', primary: true }],
      ),
      [enterprise]: fc.record(
        { department: fc.constantFrom('Engines', 'Gardens') },
        { noNullPrototype: true },
      ),
      'urn:acme:more': fc.constantFrom({ size: 'L' }, { size: 'M', seat: 4 }),
    },
    optional,
  )
  .chain((more) => name.map((userName): JsonObject => ({ userName, ...more })));

const members = fc.array(
  id.map((value) => ({ value })),
  { maxLength: 3 },
);
const group = fc
  .tuple(name, members)
  .map(([displayName, list]): JsonObject => ({ displayName, members: list }));

const patchOfPerson = fc.oneof(
  fc.boolean().map((active): JsonObject => ({ op: 'replace', value: { active } })),
  name.map((value): JsonObject => ({ op: 'replace', path: 'userName', value })),
  fc.constant<JsonObject>({ op: 'remove', path: 'emails[type eq "home"]' }),
  fc.constant<JsonObject>({ op: 'add', path: `${enterprise}:costCenter`, value: '7' }),
  fc.constant<JsonObject>({ op: 'remove', path: 'title' }),
);
const patchOfGroup = fc.oneof(
  members.map((value): JsonObject => ({ op: 'add', path: 'members', value })),
  members.map((value): JsonObject => ({ op: 'replace', path: 'members', value })),
  members.map((value): JsonObject => ({ op: 'Remove', path: 'members', value })),
  id.map((value): JsonObject => ({ op: 'remove', path: `members[value eq "${value}"]` })),
  fc.constant<JsonObject>({ op: 'remove', path: 'members' }),
  name.map((displayName): JsonObject => ({ op: 'replace', value: { displayName } })),
);
// Somebody unknown who comes and goes within one patch is refused by rows, and not noticed by a document.
const patchesOf = (operation: fc.Arbitrary<JsonObject>, maxLength = 3) =>
  fc.array(operation, { minLength: 1, maxLength }).map((Operations): JsonObject => ({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations,
  }));

const match = fc.option(
  fc.nat(3).map((version) => `W/"${String(version)}"`),
  { nil: undefined, freq: 4 },
);
const write = (
  method: string,
  path: fc.Arbitrary<string>,
  body: fc.Arbitrary<JsonObject | undefined> = fc.constant(undefined),
): fc.Arbitrary<Step> =>
  fc.tuple(path, body, match).map(([at, sent, ifMatch]) => ({
    ...{ method, path: at },
    ...(sent && { body: sent }),
    ...(ifMatch !== undefined && { ifMatch }),
  }));

const filters = [
  ...['userName sw "a"', 'active eq false', 'not (title pr)', 'emails[type eq "home"]', 'title eq "DR"'],
  ...[`${enterprise}:department co "gi" or name.familyName gt "k"`, 'urn:acme:more:size eq "L"'],
  ...['members.value eq "@1"', 'displayName ew "%"', 'meta.resourceType eq "Group"', 'id eq "@2"'],
];
const sorts = [
  'userName',
  'title',
  'emails',
  'active',
  'name.familyName',
  'displayName',
  'meta.created',
  'id',
];
const query = fc.record(
  {
    filter: fc.constantFrom(...filters),
    sortBy: fc.constantFrom(...sorts, `${enterprise}:department`, 'urn:acme:more:size'),
    sortOrder: fc.constantFrom('ascending', 'descending'),
    count: fc.constantFrom('0', '1', '2', '50'),
    startIndex: fc.constantFrom('1', '2', '4'),
    attributes: fc.constantFrom('userName', 'members,displayName', 'groups', 'emails.value', 'title'),
    excludedAttributes: fc.constantFrom('meta', 'members', 'emails.type,groups'),
  },
  optional,
);
const users = id.map((at) => `/Users/${at}`);
const groups = id.map((at) => `/Groups/${at}`);
const read: fc.Arbitrary<Step> = fc
  .tuple(fc.constantFrom('/Users', '/Groups', '/'), query)
  .map(([path, asked]) => ({ method: 'GET', path, query: asked }));

const aWrite = fc.oneof(
  { arbitrary: write('POST', fc.constant('/Users'), person), weight: 6 },
  { arbitrary: write('POST', fc.constant('/Groups'), group), weight: 3 },
  { arbitrary: write('PATCH', users, patchesOf(patchOfPerson)), weight: 3 },
  { arbitrary: write('PATCH', groups, patchesOf(patchOfGroup, 1)), weight: 3 },
  { arbitrary: write('PUT', users, person), weight: 2 },
  { arbitrary: write('PUT', groups, group), weight: 1 },
  { arbitrary: write('DELETE', users), weight: 2 },
  { arbitrary: write('DELETE', groups), weight: 1 },
);

it('answers as a store in memory does, whatever is written and asked [SCM-1] [SCM-9]', async () => {
  const story = fc.array(aWrite, { minLength: 4, maxLength: 14 });
  const questions = fc.array(read, { minLength: 3, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(story, questions, async (steps, asked) => {
      const [memory, postgres] = await bothSides();
      for (const step of steps) {
        time = new Date(time.getTime() + 1000);
        const [ours, theirs] = [await postgres.answer(step), await memory.answer(step)];
        expect({ step, answer: ours }).toEqual({ step, answer: theirs });
      }
      for (const step of [...asked, ...everything]) {
        const [ours, theirs] = [await postgres.answer(step), await memory.answer(step)];
        expect({ step, answer: ours }).toEqual({ step, answer: theirs });
        const [walked, toBe] = [await postgres.walk(step), await memory.walk(step)];
        expect({ step, walked }).toEqual({ step, walked: toBe });
      }
    }),
    { numRuns: 60 },
  );
}, 300_000);

const everything: readonly Step[] = ['/Users', '/Groups', '/'].map((path) => ({ method: 'GET', path }));
