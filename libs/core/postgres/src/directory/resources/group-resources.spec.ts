import { KeyRing, roleMappingId, type Directory, type Tenant } from '@gatehouse/core';
import {
  groupType,
  parseFilter,
  readContent,
  readPatch,
  userType,
  type Json,
  type ResourceQuery,
} from '@gatehouse/scim';
import { PostgresDomainStore, PostgresGroupResources, PostgresPeopleResources } from '../../index';
import { createTestDatabase, type TestDatabase } from '../../testing';
import { aDomain, aFind, anExistingTenant, because, chance, now } from '../../testing/given';
import { aDirectoryOf } from '../../testing/given-directory';
import { rowsInTenant } from '../../transaction';

let database: TestDatabase;
let acme: Tenant;
let directory: Directory;
let people: PostgresPeopleResources;
let groups: PostgresGroupResources;
const keyRing = new KeyRing([{ name: 'one', key: chance.bytes(32) }], chance);
let time = now;
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
  acme = await anExistingTenant(database.app);
  const domains = new PostgresDomainStore(database.app, chance);
  const domain = aDomain(acme.id, { name: `${acme.slug}.example` });
  await domains.add(acme.id, domain, because(acme.id, 'domain.added'));
  await domains.markVerified(acme.id, domain.id, aFind(), because(acme.id, 'domain.verified'));
  directory = await aDirectoryOf(database.app, acme.id);
  ({ people, groups } = resourcesOf(directory));
});
afterAll(() => database.drop());

function resourcesOf(of: Directory) {
  const ports = { database: database.app, keyRing, chance, clock };
  const scope = { directory: of, actor: { kind: 'directory', id: of.id } } as const;
  return {
    people: new PostgresPeopleResources(ports, scope),
    groups: new PostgresGroupResources(ports, scope),
  };
}

async function persons(...names: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) {
    const userName = `${name}@${acme.slug}.example`;
    ids.push((await people.create(readContent({ userName, displayName: name }, userType))).id);
  }
  return ids;
}

function group(displayName: string, ids: readonly string[] = []) {
  return readContent({ displayName, members: ids.map((value) => ({ value })) }, groupType);
}

function patch(...operations: Json[]) {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
  return { kind: 'patch', operations: readPatch({ schemas, Operations: operations }, groupType) } as const;
}

const add = (...ids: string[]) => ({ op: 'add', path: 'members', value: ids.map((value) => ({ value })) });
const take = (id: string) => ({ op: 'remove', path: `members[value eq "${id}"]` });
const all = () => true;

async function membersOf(id: string): Promise<Json | undefined> {
  return (await groups.find(id, all))?.content['members'];
}

function list(filterText?: string, wants: ResourceQuery['wants'] = all) {
  const filter = filterText === undefined ? {} : { filter: parseFilter(filterText, groupType) };
  return groups.list({ ...filter, page: { by: 'index', startIndex: 1, count: 100 }, wants });
}

const member = (value: string | undefined, display: string) => ({ value, display, type: 'User' });

describe('a group of a directory', () => {
  it('is read with the people in it, and they with their groups [SCM-1]', async () => {
    const [ada = '', bob = ''] = await persons('Ada', 'Bob');
    const created = await groups.create(group('Engineers', [ada, bob]));
    expect(created.content).toMatchObject({
      displayName: 'Engineers',
      members: [member(ada, 'Ada'), member(bob, 'Bob')],
    });
    await expect(groups.find(created.id, all)).resolves.toEqual(created);
    const without = await groups.find(created.id, (attribute) => attribute !== 'members');
    expect(without?.content).toEqual({ displayName: 'Engineers' });
    const found = await people.find(ada, all);
    expect(found?.content['groups']).toEqual([{ value: created.id, display: 'Engineers', type: 'direct' }]);
  });

  it('has a name of its own, whatever its case, also when many ask for it at once [SCM-1]', async () => {
    const tries = await Promise.allSettled(['Ops', 'ops', 'OPS'].map((name) => groups.create(group(name))));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { id } = await groups.create(group('Dev'));
    for (const change of [
      patch({ op: 'replace', path: 'displayName', value: 'oPs' }),
      { kind: 'replace', content: group('oPs') } as const,
    ])
      await expect(groups.change(id, change)).rejects.toMatchObject({ status: 409, scimType: 'uniqueness' });
    await expect(list()).resolves.toMatchObject({ total: 2 });
  });

  it('is found by its name and by its members [SCM-1]', async () => {
    const [ada = '', bob = ''] = await persons('Ada', 'Bob');
    const { id } = await groups.create(group('Engineers', [ada]));
    await groups.create(group('Others', [bob]));
    for (const filter of [
      'displayName eq "ENGINEERS"',
      `members eq "${ada}"`,
      `id eq "${id}" and members[value eq "${ada}"]`,
      'members.display eq "ada"',
      'displayName sw "eng"',
    ])
      await expect(list(filter)).resolves.toMatchObject({ total: 1, resources: [{ id }] });
    await expect(list(`id eq "${id}" and members eq "${bob}"`)).resolves.toMatchObject({ total: 0 });
    const { resources } = await list(undefined, (attribute) => attribute !== 'members');
    expect(resources.map(({ content }) => content)).toEqual([
      { displayName: 'Engineers' },
      { displayName: 'Others' },
    ]);
  });

  it('takes people of its own directory, and nobody else [SCM-1] [SEC-3]', async () => {
    const other = resourcesOf(await aDirectoryOf(database.app, acme.id));
    const stranger = await other.people.create(readContent({ userName: 'eve' }, userType));
    const [gone = '', ada = ''] = await persons('Gone', 'Ada');
    await people.remove(gone);
    const { id } = await groups.create(group('Engineers', [ada]));
    for (const nobody of [stranger.id, gone, id, 'nobody']) {
      const refusal = { status: 400, scimType: 'invalidValue' };
      await expect(groups.create(group('More', [nobody]))).rejects.toMatchObject(refusal);
      await expect(groups.change(id, patch(add(nobody)))).rejects.toMatchObject(refusal);
      await expect(groups.change(id, patch(take(nobody)))).resolves.toBeUndefined();
    }
    await expect(groups.find(id, all)).resolves.toMatchObject({ version: 1 });
    await expect(list()).resolves.toMatchObject({ total: 1 });
    await expect(other.groups.change(id, patch(take(ada)))).rejects.toMatchObject({ status: 404 });
    await expect(other.groups.remove(id)).rejects.toMatchObject({ status: 404 });
  });
});

describe('members', () => {
  it('come and go by every kind of change, in its order, and only what changes is told [SCM-1] [SCM-2]', async () => {
    const [ada = '', bob = '', cleo = ''] = await persons('Ada', 'Bob', 'Cleo');
    const { id } = await groups.create(group('Engineers', [ada]));
    const steps = [
      [patch(add(ada, bob)), [ada, bob], 2],
      [patch(take(cleo)), [ada, bob], 2],
      [patch({ op: 'remove', path: 'members[display sw "a"]' }), [bob], 3],
      [patch({ op: 'remove', path: 'members', value: [{ value: bob }] }, add(cleo)), [cleo], 4],
      [patch({ op: 'remove', path: 'members' }, add(cleo)), [cleo], 4],
      [patch({ op: 'replace', path: 'members', value: [{ value: ada }, { value: cleo }] }), [ada, cleo], 5],
      [{ kind: 'replace', content: group('Engineers', [bob, cleo]) }, [bob, cleo], 6],
      [patch({ op: 'replace', path: 'members', value: [] }), [], 7],
      [{ kind: 'replace', content: group('Engineers', []) }, [], 7],
    ] as const;
    for (const [change, want, version] of steps) {
      await groups.change(id, change);
      const found = await groups.find(id, all);
      const members = found?.content['members'] ?? [];
      expect(JSON.stringify(members).match(/dusr_\w+/gu) ?? []).toEqual(want);
      expect(found?.version).toBe(version);
    }
    await expect(told('provisioned_group.members_changed')).resolves.toMatchObject([
      { added: [ada], removed: [] },
      { added: [bob], removed: [] },
      { added: [], removed: [ada] },
      { added: [cleo], removed: [bob] },
      { added: [ada], removed: [] },
      { added: [bob], removed: [ada] },
      { added: [], addedCount: 0, removedCount: 2 },
    ]);
  });

  it('leave with their person, who comes back into no group [SCM-9]', async () => {
    const [ada = '', bob = ''] = await persons('Ada', 'Bob');
    const { id } = await groups.create(group('Engineers', [ada, bob]));
    await people.remove(ada);
    await expect(groups.find(id, all)).resolves.toMatchObject({ version: 2 });
    await expect(membersOf(id)).resolves.toEqual([member(bob, 'Bob')]);
    await persons('Ada');
    await expect(membersOf(id)).resolves.toEqual([member(bob, 'Bob')]);
  });

  it('are not lost when many change them at once, nor when their people change [SCM-1]', async () => {
    const ids = await persons(...Array.from({ length: 12 }, (_, index) => `p${String(index)}`));
    const made = await Promise.all(['A', 'B'].map((name) => groups.create(group(name))));
    const title = readPatch(
      {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'add', path: 'title', value: 'x' }],
      },
      userType,
    );
    const [first = '', ...rest] = ids;
    await Promise.all([
      ...rest.flatMap((id, index) =>
        made.map((to) => groups.change(to.id, patch(add(id, rest[(index + 5) % 11] ?? '')))),
      ),
      ...ids.map((id) => people.change(id, { kind: 'patch', operations: title })),
      groups.change(made[0]?.id ?? '', patch(add(first))).catch((error: unknown) => {
        expect(error).toMatchObject({ status: 400 });
      }),
      people.remove(first),
    ]);
    for (const { id } of made) {
      const members = JSON.stringify(await membersOf(id)).match(/dusr_\w+/gu);
      expect(members?.toSorted()).toEqual(rest.toSorted());
    }
  });

  it('have the role of their group as soon as they are in it, and lose it when it goes [SCM-4]', async () => {
    const [ada = '', bob = ''] = await persons('Ada', 'Bob');
    const { id } = await groups.create(group('Admins', [bob]));
    await rowsInTenant(
      database.app,
      acme.id,
      `INSERT INTO role_mappings (id, tenant_id, directory_id, group_id, role, priority, created_at, created_by)
       VALUES ($1, $2, $3, $4, 'admin', 1, $5, '{"kind": "operator"}')`,
      [roleMappingId.create(now, chance), acme.id, directory.id, id, now],
    );
    await groups.change(id, patch(add(ada)));
    await expect(roleOf(ada)).resolves.toBe('admin');
    await groups.change(id, patch(take(ada)));
    await expect(roleOf(ada)).resolves.toBe('member');
    await groups.change(id, patch(add(ada)));
    await groups.remove(id);
    await expect(roleOf(ada)).resolves.toBe('member');
    await expect(told('role_mapping.deleted')).resolves.toHaveLength(1);
    await expect(told('provisioned_group.deleted')).resolves.toHaveLength(1);
    await expect(groups.find(id, all)).resolves.toBeUndefined();
    await expect(list()).resolves.toMatchObject({ total: 0 });
  });

  it('are not changed by a client that has not seen the last change [SCM-1]', async () => {
    const [ada = '', bob = ''] = await persons('Ada', 'Bob');
    const { id } = await groups.create(group('Engineers', [ada]));
    await groups.change(id, patch(add(bob)), 1);
    await expect(groups.change(id, patch(take(ada)), 1)).rejects.toMatchObject({ status: 412 });
    await expect(groups.remove(id, 1)).rejects.toMatchObject({ status: 412 });
    await expect(membersOf(id)).resolves.toHaveLength(2);
  });
});

async function told(type: string): Promise<unknown[]> {
  const sql = 'SELECT data FROM audit_entries WHERE tenant_id = $1 AND type = $2 ORDER BY at';
  return (await rowsInTenant(database.app, acme.id, sql, [acme.id, type])).map((row) => row.json('data'));
}

async function roleOf(id: string): Promise<string | undefined> {
  const sql = 'SELECT m.role FROM directory_people p JOIN members m ON m.id = p.member_id WHERE p.id = $1';
  return (await rowsInTenant(database.app, acme.id, sql, [id]))[0]?.text('role');
}
