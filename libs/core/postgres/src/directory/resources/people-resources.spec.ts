import { KeyRing, type Directory, type Happening, type Tenant } from '@gatehouse/core';
import {
  parseAttribute,
  parseFilter,
  readContent,
  readPatch,
  userType,
  type Content,
  type Json,
  type ResourceQuery,
} from '@gatehouse/scim';
import { PostgresDomainStore, PostgresPeopleResources } from '../../index';
import { createTestDatabase, type TestDatabase } from '../../testing';
import { aDomain, aFind, anExistingTenant, because, chance, now } from '../../testing/given';
import { aDirectoryOf } from '../../testing/given-directory';
import { rowsInTenant } from '../../transaction';

let database: TestDatabase;
let acme: Tenant;
let directory: Directory;
let people: PostgresPeopleResources;
const keyRing = new KeyRing([{ name: 'one', key: chance.bytes(32) }], chance);
let time = now;
const looked = new Set<string>();
// A millisecond later each time, so that the order of IDs is the order of writes.
const clock = {
  now: () => {
    time = new Date(time.getTime() + 1);
    return time;
  },
};

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  time = now;
  acme = await anExistingTenant(database.app);
  await verify(acme, domainOf(acme));
  directory = await aDirectoryOf(database.app, acme.id);
  people = resourcesOf(directory);
});
afterAll(() => database.drop());

function resourcesOf(of: Directory, rehearsal?: (happenings: readonly Happening[]) => void) {
  const actor = { kind: 'directory', id: of.id } as const;
  const ports = { database: database.app, keyRing, chance, clock };
  return new PostgresPeopleResources(ports, { directory: of, actor, ...(rehearsal && { rehearsal }) });
}

async function verify(tenant: Tenant, name: string): Promise<void> {
  const domains = new PostgresDomainStore(database.app, chance);
  const domain = aDomain(tenant.id, { name });
  await domains.add(tenant.id, domain, because(tenant.id, 'domain.added'));
  await domains.markVerified(tenant.id, domain.id, aFind(), because(tenant.id, 'domain.verified'));
}

const domainOf = ({ slug }: Tenant): string => `${slug}.example`;
const address = (name: string): string => `${name}@${domainOf(acme)}`;

function user(name: string, more: Record<string, Json> = {}): Content {
  return readContent({ userName: address(name), active: true, ...more }, userType);
}

function patch(...operations: Json[]) {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
  return { kind: 'patch', operations: readPatch({ schemas, Operations: operations }, userType) } as const;
}

const replace = (content: Content) => ({ kind: 'replace', content }) as const;
const all = () => true;

function list(
  query: Partial<ResourceQuery> & { filterText?: string; sortBy?: string; descending?: boolean } = {},
) {
  const { filterText, sortBy, descending = false, ...rest } = query;
  return people.list({
    page: { by: 'index', startIndex: 1, count: 100 },
    wants: all,
    ...(filterText !== undefined && { filter: parseFilter(filterText, userType) }),
    ...(sortBy !== undefined && { sort: { by: parseAttribute(sortBy, userType), descending } }),
    ...rest,
  });
}

const names = ({ resources }: { readonly resources: readonly { readonly content: Content }[] }) =>
  resources.map(({ content }) => JSON.stringify(content['userName']).slice(1).split('@')[0]);

describe('a person of a directory', () => {
  it('is read as it was written, without its password [SCM-1]', async () => {
    const given = user('ada', {
      password: 'secret',
      name: { givenName: 'Ada' },
      emails: [{ value: address('ada') }],
    });
    const created = await people.create(given);
    const found = await people.find(created.id, all);
    expect(found).toEqual(created);
    expect(found).toMatchObject({ version: 1, createdAt: time, updatedAt: time });
    expect(found?.content).toMatchObject({ userName: address('ada'), name: { givenName: 'Ada' } });
    expect(JSON.stringify(found)).not.toContain('secret');
    expect(Object.getPrototypeOf(found?.content)).toBeNull();
  });

  it('is found by what clients look for [SCM-1]', async () => {
    const { id } = await people.create(user('ada', { externalId: 'X1' }));
    await people.create(user('bob', { active: false }));
    for (const filterText of [
      `userName eq "${address('ADA')}"`,
      'externalId eq "X1"',
      'active eq true',
      `id eq "${id}"`,
      'userName sw "ad" and not (active eq false)',
    ])
      await expect(list({ filterText })).resolves.toMatchObject({ total: 1, resources: [{ id }] });
    await expect(list({ filterText: 'externalId eq "x1"' })).resolves.toMatchObject({
      total: 0,
      resources: [],
    });
  });
});

describe('a list of people', () => {
  beforeEach(async () => {
    for (const [name, title] of [
      ['cleo', 'Boss'],
      ['Ada', 'clerk'],
      ['bob', undefined],
      ['dan', 'Agent'],
    ] as const)
      await people.create(user(name, { active: name !== 'bob', ...(title && { title }) }));
  });

  it('is paged by index, with the number of all on every page [SCM-1]', async () => {
    const page = (startIndex: number, count: number, filterText?: string) =>
      list({ page: { by: 'index', startIndex, count }, ...(filterText && { filterText }) });
    const first = await page(1, 3);
    expect([names(first), first.total]).toEqual([['cleo', 'Ada', 'bob'], 4]);
    const second = await page(4, 3);
    expect([names(second), second.total]).toEqual([['dan'], 4]);
    for (const [startIndex, count] of [
      [1, 0],
      [1, 1],
      [2, 1],
      [9, 3],
    ] as const)
      for (const [filterText, total] of [
        ['active eq true', 3],
        ['active eq false', 1],
        ['title pr', 3],
        ['userName co "a"', 4],
      ] as const)
        await expect(page(startIndex, count, filterText)).resolves.toMatchObject({ total });
  });

  it('has every page where it belongs, whichever end it is nearer to [SCM-1] [SCM-6]', async () => {
    for (const name of ['eve', 'fay', 'gus', 'hal', 'ida'])
      await people.create(user(name, { active: name > 'g' }));
    for (const [given, total] of [
      [{}, 9],
      [{ sortBy: 'userName' }, 9],
      [{ sortBy: 'title', descending: true }, 9],
      [{ filterText: 'active eq true' }, 6],
      [{ filterText: 'active eq false', sortBy: 'userName', descending: true }, 3],
    ] as const) {
      const whole = names(await list(given));
      expect(whole).toHaveLength(total);
      for (let startIndex = 1; startIndex < 12; startIndex += 1)
        for (const count of [0, 1, 3, 9]) {
          const page = await list({ ...given, page: { by: 'index', startIndex, count } });
          expect(names(page)).toEqual(whole.slice(startIndex - 1, startIndex - 1 + count));
          expect(page.total).toBe(total);
        }
    }
  });

  it('goes on behind its last person by cursor, in any order, whoever comes meanwhile [SCM-1]', async () => {
    for (const [sortBy, descending, want] of [
      [undefined, false, ['cleo', 'Ada', 'bob', 'dan']],
      ['userName', false, ['Ada', 'bob', 'cleo', 'dan']],
      ['userName', true, ['dan', 'cleo', 'bob', 'Ada']],
      ['title', false, ['dan', 'cleo', 'Ada', 'bob']],
      ['title', true, ['bob', 'Ada', 'cleo', 'dan']],
      ['externalId', false, ['cleo', 'Ada', 'bob', 'dan']],
      ['active', false, ['bob', 'cleo', 'Ada', 'dan']],
      ['meta.created', false, ['cleo', 'Ada', 'bob', 'dan']],
    ] as const) {
      const seen: (string | undefined)[] = [];
      let after: { key: string | number | boolean | null; id: string } | undefined;
      do {
        const page = { by: 'cursor', count: 1, ...(after && { after }) } as const;
        const listed = await list({ page, ...(sortBy && { sortBy, descending }) });
        expect(listed.total).toBe(4);
        seen.push(...names(listed));
        after = listed.next;
      } while (after);
      expect([sortBy, descending, seen]).toEqual([sortBy, descending, want]);
    }
  });

  it('never shows who was deleted, nor people of another directory or tenant [SCM-1] [SEC-3]', async () => {
    const [first] = (await list()).resources;
    await people.remove(first?.id ?? '');
    const elsewhere = resourcesOf(await aDirectoryOf(database.app, acme.id));
    const stranger = await elsewhere.create(user('eve'));
    expect(names(await list())).toEqual(['Ada', 'bob', 'dan']);
    await expect(list({ filterText: `id eq "${stranger.id}"` })).resolves.toMatchObject({ total: 0 });
    await expect(people.find(stranger.id, all)).resolves.toBeUndefined();
    await expect(people.change(stranger.id, replace(user('mine')))).rejects.toMatchObject({ status: 404 });
    await expect(people.remove(stranger.id)).rejects.toMatchObject({ status: 404 });
    await expect(people.find(first?.id ?? '', all)).resolves.toBeUndefined();
  });

  it('knows nobody by what is no identifier of a person [SCM-1]', async () => {
    for (const id of ['nobody', '', '\0', directory.id, `${(await list()).resources[0]?.id ?? ''} `]) {
      await expect(people.find(id, all)).resolves.toBeUndefined();
      await expect(people.change(id, replace(user('eve')))).rejects.toMatchObject({ status: 404 });
      await expect(people.remove(id)).rejects.toMatchObject({ status: 404 });
    }
  });

  it('answers a value that PostgreSQL cannot keep with a refusal [SCM-1] [SEC-3]', async () => {
    // What the protocol library lets through is not for the store to know.
    for (const content of [
      { userName: address('nul'), title: '\0' },
      { userName: address('half'), title: '\ud800' },
      { userName: 'x'.repeat(3000) },
      { userName: ' ' },
    ])
      await expect(people.create(content)).rejects.toMatchObject({ status: 400, scimType: 'invalidValue' });
    await expect(list()).resolves.toMatchObject({ total: 4 });
  });
});

describe('a change of a person', () => {
  it('is of the version that the client has seen, or is refused [SCM-1]', async () => {
    const { id } = await people.create(user('ada'));
    const title = patch({ op: 'replace', path: 'title', value: 'Boss' });
    await expect(people.change(id, title, 1)).resolves.toMatchObject({
      version: 2,
      content: { title: 'Boss' },
    });
    await expect(people.change(id, title, 1)).rejects.toMatchObject({ status: 412 });
    await expect(people.remove(id, 1)).rejects.toMatchObject({ status: 412 });
    await expect(people.find(id, all)).resolves.toMatchObject({ version: 2, content: { title: 'Boss' } });
    await people.remove(id, 2);
    await expect(people.change(id, title)).rejects.toMatchObject({ status: 404 });
  });

  it('of nothing keeps version and time, and tells nobody [SCM-1]', async () => {
    const created = await people.create(user('ada', { title: 'Boss' }));
    await happened();
    const unchanged = await people.change(created.id, patch({ op: 'replace', path: 'title', value: 'Boss' }));
    expect(unchanged).toEqual(created);
    await expect(people.change(created.id, replace(user('ada', { title: 'Boss' })))).resolves.toEqual(
      created,
    );
    await expect(happened()).resolves.toEqual([]);
  });

  it('is not lost when others change other things at the same time [SCM-1]', async () => {
    const { id } = await people.create(user('ada'));
    const fields = ['title', 'nickName', 'displayName', 'locale', 'timezone', 'userType'];
    await Promise.all(fields.map((path) => people.change(id, patch({ op: 'replace', path, value: path }))));
    const found = await people.find(id, all);
    expect(found?.version).toBe(1 + fields.length);
    expect(found?.content).toMatchObject(Object.fromEntries(fields.map((path) => [path, path])));
  });

  it('takes no userName and no externalId from somebody else [SCM-1] [SCM-9]', async () => {
    await people.create(user('ada', { externalId: 'A' }));
    const { id } = await people.create(user('bob', { externalId: 'B' }));
    for (const change of [
      patch({ op: 'replace', path: 'userName', value: address('ADA') }),
      patch({ op: 'replace', path: 'externalId', value: 'A' }),
      replace(user('ada', { externalId: 'B' })),
    ])
      await expect(people.change(id, change)).rejects.toMatchObject({ status: 409, scimType: 'uniqueness' });
    await expect(people.find(id, all)).resolves.toMatchObject({
      version: 1,
      content: { userName: address('bob') },
    });
  });

  it('that is refused leaves nothing behind [SCM-1]', async () => {
    await people.create(user('bob'));
    const { id } = await people.create(user('ada'));
    await happened();
    const change = patch(
      { op: 'replace', path: 'title', value: 'Boss' },
      { op: 'replace', path: 'userName', value: address('bob') },
    );
    await expect(people.change(id, change)).rejects.toMatchObject({ status: 409 });
    await expect(people.find(id, all)).resolves.toMatchObject({ version: 1 });
    await expect(happened()).resolves.toEqual([]);
  });

  it('is told with what it meant for the tenant, in the name of the directory [SCM-3] [AUD-1]', async () => {
    const { id } = await people.create(user('ada'));
    await expect(happened()).resolves.toEqual(
      expect.arrayContaining(['provisioned_person.created', 'member.added']),
    );
    await people.change(id, patch({ op: 'replace', path: 'active', value: false }));
    await expect(happened()).resolves.toEqual(expect.arrayContaining(['member.suspended']));
    await people.remove(id);
    await expect(happened()).resolves.toEqual(expect.arrayContaining(['provisioned_person.deleted']));
    const rows = await rowsInTenant(
      database.app,
      acme.id,
      'SELECT DISTINCT actor FROM audit_entries WHERE type LIKE $1',
      ['provisioned_person.%'],
    );
    expect(rows.map((row) => row.json('actor'))).toEqual([{ kind: 'directory', id: directory.id }]);
  });
});

describe('who comes back', () => {
  it('is the same person as before, by userName or by externalId [SCM-9]', async () => {
    const { id } = await people.create(user('ada', { externalId: 'A', title: 'Boss' }));
    for (const goes of [
      () => people.remove(id),
      () => people.change(id, patch({ op: 'replace', value: { active: false } })),
    ])
      for (const back of [
        user('ADA'),
        user('ada.lovelace', { externalId: 'A' }),
        user('ada', { externalId: 'A' }),
      ]) {
        await goes();
        const revived = await people.create(back);
        expect(revived.id).toBe(id);
        expect(revived.content).toMatchObject(back);
        expect(revived.content['title']).toBeUndefined();
        await people.change(id, replace(user('ada', { externalId: 'A' })));
      }
    await expect(list()).resolves.toMatchObject({ total: 1 });
    await expect(memberCount()).resolves.toBe(1);
  });

  it('does not get the account of another one who had the userName before [SCM-9] [TEN-11]', async () => {
    const named = (email: string, externalId: string) =>
      user('john', { userName: 'john', externalId, emails: [{ value: address(email) }] });
    const accounts = async () => {
      const sql =
        'SELECT u.id, u.email FROM members m JOIN users u ON u.id = m.user_id WHERE m.tenant_id = $1';
      const rows = await rowsInTenant(database.app, acme.id, sql, [acme.id]);
      return rows.map((row) => [row.text('email'), row.text('id')]);
    };
    const { id } = await people.create(named('john.major', 'A'));
    const [[, first] = []] = await accounts();
    await people.remove(id);
    await expect(people.create(named('john.minor', 'B'))).resolves.toMatchObject({ id });
    const [[email, second] = []] = await accounts();
    expect(email).toBe(address('john.minor'));
    expect(second).not.toBe(first);
    await people.remove(id);
    await people.create(named('john.renamed', 'B'));
    await expect(accounts()).resolves.toEqual([[address('john.renamed'), second]]);
  });

  it('is not brought back for somebody else who is given the userName meanwhile [SCM-9] [TEN-11]', async () => {
    const named = (email: string, externalId: string, active: boolean) =>
      user('john', { userName: 'john', externalId, active, emails: [{ value: address(email) }] });
    const { id } = await people.create(named('john.major', 'A', true));
    await people.change(id, { kind: 'replace', content: named('john.major', 'A', false) });
    await expect(people.create(named('john.minor', 'B', true))).rejects.toMatchObject({ status: 409 });
    await expect(people.create(named('john.major', 'B', true))).resolves.toMatchObject({ id });
  });

  it('is refused where somebody of that name is here and active [SCM-1] [SCM-9]', async () => {
    await people.create(user('ada', { externalId: 'A' }));
    for (const again of [user('Ada'), user('other', { externalId: 'A' })])
      await expect(people.create(again)).rejects.toMatchObject({ status: 409, scimType: 'uniqueness' });
    await expect(list()).resolves.toMatchObject({ total: 1 });
  });

  it('comes once, however many ask at the same time [SCM-9]', async () => {
    const tries = Array.from({ length: 6 }, () => people.create(user('ada', { externalId: 'A' })));
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected')
        expect(outcome.reason).toMatchObject({ status: 409, scimType: 'uniqueness' });
    const others = ['one', 'two', 'three'].map((name) => people.create(user(name, { externalId: 'X' })));
    expect((await Promise.allSettled(others)).filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(list()).resolves.toMatchObject({ total: 2 });
  });

  it('leaves nothing to read of what was deleted [SCM-9] [SEC-3]', async () => {
    const { id } = await people.create(user('ada', { title: 'Boss' }));
    await people.remove(id);
    const sql = 'SELECT document FROM directory_people WHERE id = $1';
    const [row] = await rowsInTenant(database.app, acme.id, sql, [id]);
    expect(row?.json('document')).toEqual({});
  });
});

describe('a rehearsal', () => {
  it('says what would happen, and does none of it [SCM-7]', async () => {
    const heard: string[][] = [];
    const rehearsed = resourcesOf(directory, (happenings) => heard.push(happenings.map(({ type }) => type)));
    await rehearsed.create(user('ada'));
    expect(heard).toEqual([expect.arrayContaining(['provisioned_person.created', 'member.added'])]);
    await expect(list()).resolves.toMatchObject({ total: 0, resources: [] });
    await expect(happened()).resolves.toEqual([]);
    const { id } = await people.create(user('ada'));
    await rehearsed.remove(id);
    expect(heard[1]).toEqual(expect.arrayContaining(['provisioned_person.deleted', 'member.removed']));
    await expect(people.find(id, all)).resolves.toMatchObject({ version: 1 });
  });
});

/** The types of what the outbox has been given since the last look. */
async function happened(): Promise<string[]> {
  const sql = `SELECT id, type FROM outbox WHERE tenant_id = $1 AND type ~ '^(provisioned|member)'`;
  const rows = await rowsInTenant(database.app, acme.id, sql, [acme.id]);
  const news = rows.filter((row) => !looked.has(row.text('id')));
  for (const row of news) looked.add(row.text('id'));
  return news.map((row) => row.text('type'));
}

async function memberCount(): Promise<number> {
  const sql = 'SELECT count(*)::integer AS members FROM members WHERE tenant_id = $1';
  const [row] = await rowsInTenant(database.app, acme.id, sql, [acme.id]);
  return row?.integer('members') ?? 0;
}
