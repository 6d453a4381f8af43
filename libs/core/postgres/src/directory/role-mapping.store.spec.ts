import {
  mostShownMoves,
  RoleMappings,
  type Authority,
  type Directory,
  type DirectoryGroupId,
  type DirectoryPersonId,
  type MappingChange,
  type Role,
  type Tenant,
} from '@gatehouse/core';
import {
  applyMappedRoles,
  PostgresAuditLog,
  PostgresDirectoryStore,
  PostgresMemberList,
  PostgresMemberStore,
  PostgresRoleMappingStore,
} from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { anExistingTenant, because, chance, now } from '../testing/given';
import { aMemberOf } from '../testing/given-enforcement';
import { aGroupOf, anExistingDirectory, aProvisionedMember } from '../testing/given-directory';
import { inTenant, rowsOf } from '../transaction';

const owner: Authority = { actor: { kind: 'member', id: 'mem_owner' }, role: 'owner' };
const admin: Authority = { actor: { kind: 'member', id: 'mem_admin' }, role: 'admin' };

let database: TestDatabase;
let mappings: RoleMappings;
let members: PostgresMemberStore;
let acme: Tenant;
let okta: Directory;
beforeAll(async () => {
  database = await createTestDatabase();
  const directories = new PostgresDirectoryStore(database.app, chance);
  const store = new PostgresRoleMappingStore(database.app, chance);
  mappings = new RoleMappings(store, directories, { now: () => now }, chance);
  members = new PostgresMemberStore(database.app, chance);
});
beforeEach(async () => {
  acme = await anExistingTenant(database.app);
  okta = await anExistingDirectory(database.app, acme);
  await aMemberOf(database.app, acme, { role: 'owner' });
});
afterAll(() => database.drop());

type Provisioned = Awaited<ReturnType<typeof aProvisionedMember>>;

const someone = (role: Role = 'member') => aProvisionedMember(database.app, acme, okta, { role });
const change = (wanted: MappingChange, by = owner) => mappings.change(acme.id, okta.id, wanted, by);
const map = (groupId: DirectoryGroupId, role: Role, by = owner) =>
  change({ kind: 'create', groupId, role }, by);
const groupOf = (name: string, ...people: readonly Provisioned[]) =>
  aGroupOf(
    database.app,
    okta,
    name,
    people.map(({ personId }) => personId),
  );

async function roleOf({ member }: Provisioned) {
  const found = await members.find(acme.id, member.id);
  return { role: found?.member.role, by: found?.member.roleMappedBy };
}

/** As the endpoint does it when a directory puts people into a group, or takes them out. */
async function setMembers(
  group: DirectoryGroupId,
  added: readonly Provisioned[],
  removed: readonly Provisioned[],
  beforeCommit: () => Promise<void> = async () => {},
) {
  const ids = (people: readonly Provisioned[]): DirectoryPersonId[] => people.map(({ personId }) => personId);
  return inTenant(database.app, acme.id, async (transaction) => {
    await transaction.rows('SELECT id FROM directory_groups WHERE id = $1 FOR UPDATE', [group]);
    await transaction.rows(
      `INSERT INTO directory_group_members (group_id, person_id, tenant_id, directory_id)
       SELECT $1, person, $2, $3 FROM unnest($4::text[]) AS person`,
      [group, acme.id, okta.id, ids(added)],
    );
    await transaction.rows(
      'DELETE FROM directory_group_members WHERE group_id = $1 AND person_id = ANY($2)',
      [group, ids(removed)],
    );
    const people = [...ids(added), ...ids(removed)];
    const cause = { directoryId: okta.id, at: now, actor: { kind: 'directory', id: okta.id } } as const;
    const happenings = await applyMappedRoles(transaction, { ...cause, people });
    await beforeCommit();
    return happenings;
  });
}

/** Until the work is done, or waits for somebody's lock. */
async function waitsOrEnds(work: Promise<unknown>): Promise<void> {
  let ended = false;
  void work.finally(() => (ended = true));
  const waiting = `SELECT 1 AS one FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  while (!ended && (await rowsOf(database.app, waiting)).length === 0) continue;
}

describe('the mappings of groups to roles', () => {
  it('give members the role of the mapping of highest priority, shown as mapped [SCM-4]', async () => {
    const [ada, bob, eve] = [await someone(), await someone(), await someone()];
    const admins = await groupOf('Admins', ada);
    const staff = await groupOf('Staff', ada, bob);
    await map(staff, 'viewer');
    expect(await roleOf(ada)).toEqual({ role: 'viewer', by: staff });
    await map(admins, 'admin');
    // A new one is the lowest.
    expect(await roleOf(ada)).toEqual({ role: 'viewer', by: staff });
    const listed = await mappings.list(acme.id, okta.id);
    expect(listed.map(({ groupName, role, priority }) => [groupName, role, priority])).toEqual([
      ['Staff', 'viewer', 2],
      ['Admins', 'admin', 1],
    ]);
    const outcome = await change({ kind: 'reorder', ids: listed.map(({ id }) => id).toReversed() });
    expect(outcome.shown).toEqual([
      {
        ...{ memberId: ada.member.id, personId: ada.personId, before: 'viewer', after: 'admin' },
        ...{ mappedBy: admins, email: ada.user.email, name: ada.user.name },
      },
    ]);
    expect([await roleOf(ada), await roleOf(bob), await roleOf(eve)]).toEqual([
      { role: 'admin', by: admins },
      { role: 'viewer', by: staff },
      { role: 'member', by: undefined },
    ]);
    const shown = await new PostgresMemberList(database.app).find(acme.id, ada.member.id);
    expect(shown?.roleFrom).toEqual({ directoryId: okta.id, groupId: admins, name: 'Admins' });
  });

  it('are previewed without a trace, and the preview is what comes of it [SCM-4]', async () => {
    const [ada, bob] = [await someone(), await someone()];
    const admins = await groupOf('Admins', ada, bob);
    const wanted = { kind: 'create', groupId: admins, role: 'admin' } as const;
    const before = await new PostgresAuditLog(database.app, chance).list(acme.id, { limit: 100 });
    const preview = await mappings.preview(acme.id, okta.id, wanted, owner);
    expect(preview).toMatchObject({ moves: 2, mappings: [{ groupId: admins, role: 'admin', priority: 1 }] });
    expect(await mappings.list(acme.id, okta.id)).toEqual([]);
    expect(await roleOf(ada)).toEqual({ role: 'member', by: undefined });
    const after = await new PostgresAuditLog(database.app, chance).list(acme.id, { limit: 100 });
    expect(after).toHaveLength(before.length);
    expect((await change(wanted)).shown).toEqual(preview.shown);
  });

  it('tell the audit log who mapped what, and whose role that changed [SCM-4]', async () => {
    const ada = await someone();
    const admins = await groupOf('Admins', ada);
    await map(admins, 'admin', admin);
    const entries = await new PostgresAuditLog(database.app, chance).list(acme.id, { limit: 100 });
    expect(entries.find(({ type }) => type === 'role_mapping.created')).toMatchObject({
      actor: admin.actor,
      after: { groupId: admins, role: 'admin' },
    });
    expect(entries.find(({ type }) => type === 'member.role_changed')).toMatchObject({
      ...{ actor: admin.actor, subject: ada.member.id, before: { role: 'member' }, after: { role: 'admin' } },
      data: { directoryId: okta.id, personId: ada.personId, mappedBy: admins },
    });
  });

  it('follow people into groups and out of them, and end with a mapping [SCM-4]', async () => {
    const [ada, bob] = [await someone(), await someone()];
    const admins = await groupOf('Admins');
    const { mappings: made } = await map(admins, 'admin');
    const told = await setMembers(admins, [ada, bob], []);
    expect(told.map(({ type, subject, actor }) => [type, subject, actor.kind]).toSorted()).toEqual(
      [ada, bob].map(({ member }) => ['member.role_changed', member.id, 'directory']).toSorted(),
    );
    await setMembers(admins, [], [ada]);
    expect([await roleOf(ada), await roleOf(bob)]).toEqual([
      { role: 'member', by: undefined },
      { role: 'admin', by: admins },
    ]);
    for (const { id } of made) await change({ kind: 'delete', id });
    expect(await roleOf(bob)).toEqual({ role: 'member', by: undefined });
  });

  it('leave a role that a person gave until the directory says something new [SCM-4]', async () => {
    const ada = await someone();
    const admins = await groupOf('Admins', ada);
    await map(admins, 'admin');
    await members.changeRole(acme.id, { id: ada.member.id, role: 'admin' }, 'viewer', because(acme.id));
    expect(await roleOf(ada)).toEqual({ role: 'viewer', by: undefined });
    expect(await change({ kind: 'replay' })).toMatchObject({ moves: 0 });
    const others = await groupOf('Others');
    await map(others, 'member');
    expect(await setMembers(others, [ada], [])).toEqual([]);
    expect(await roleOf(ada)).toEqual({ role: 'viewer', by: undefined });
    await setMembers(admins, [], [ada]);
    expect(await roleOf(ada)).toEqual({ role: 'member', by: others });
  });

  it('make and unmake owners only where an owner says so, also by their order [SCM-4]', async () => {
    const ada = await someone();
    const [bosses, staff] = [await groupOf('Bosses', ada), await groupOf('Staff', ada)];
    const refused = { code: 'role_not_grantable' };
    await expect(map(bosses, 'owner', admin)).rejects.toMatchObject(refused);
    await expect(
      mappings.preview(acme.id, okta.id, { kind: 'create', groupId: bosses, role: 'owner' }, admin),
    ).rejects.toMatchObject(refused);
    await map(staff, 'member');
    const { mappings: made } = await map(bosses, 'owner');
    expect(await roleOf(ada)).toEqual({ role: 'member', by: staff });
    const ids = made.map(({ id }) => id).toReversed();
    await expect(change({ kind: 'reorder', ids }, admin)).rejects.toMatchObject(refused);
    const [first] = made;
    if (!first) throw new Error('There are two.');
    await expect(change({ kind: 'delete', id: first.id }, admin)).rejects.toMatchObject(refused);
    const owners = made.find(({ role }) => role === 'owner');
    if (!owners) throw new Error('There is one.');
    for (const wanted of [
      { kind: 'update', id: owners.id, role: 'viewer' } as const,
      { kind: 'delete', id: owners.id } as const,
    ])
      await expect(change(wanted, admin)).rejects.toMatchObject(refused);
    expect(await mappings.list(acme.id, okta.id)).toEqual(made);
    expect(await roleOf(ada)).toEqual({ role: 'member', by: staff });
    await change({ kind: 'reorder', ids });
    expect(await roleOf(ada)).toEqual({ role: 'owner', by: bosses });
  });

  it('demote no owner whom a person made one, and never the last one [SCM-4] [TEN-2]', async () => {
    const globex = await anExistingTenant(database.app);
    [acme, okta] = [globex, await anExistingDirectory(database.app, globex)];
    const byHand = await someone('owner');
    const isOlder = (one: Provisioned, other: Provisioned) => (one.member.id < other.member.id ? -1 : 1);
    const [ada, bob] = [await someone(), await someone()].toSorted(isOlder);
    if (!ada || !bob) throw new Error('There are two.');
    const bosses = await groupOf('Bosses', ada, bob);
    const staff = await groupOf('Staff', byHand);
    await map(bosses, 'owner');
    await map(staff, 'viewer');
    expect(await roleOf(byHand)).toEqual({ role: 'owner', by: undefined });
    await members.changeRole(acme.id, { id: byHand.member.id, role: 'owner' }, 'viewer', because(acme.id));
    const told = await setMembers(bosses, [], [ada, bob]);
    expect(told.map(({ type, data }) => [type, data?.['reason']])).toEqual([
      ['member.role_changed', undefined],
      ['provisioned_person.role_held', 'last-owner'],
    ]);
    expect([(await roleOf(ada)).role, (await roleOf(bob)).role]).toEqual(['owner', 'member']);
    expect(await change({ kind: 'replay' })).toMatchObject({ moves: 0, keptOwner: ada.member.id });
    await aMemberOf(database.app, acme, { role: 'owner' });
    expect(await change({ kind: 'replay' })).toMatchObject({ moves: 1 });
    expect((await roleOf(ada)).role).toBe('member');
  });

  it('leave the role of whom a guard holds back [SCM-4] [SCM-8]', async () => {
    const ada = await someone();
    const admins = await groupOf('Admins', ada);
    await map(admins, 'admin');
    await inTenant(database.app, acme.id, (transaction) =>
      transaction.rows(`UPDATE directory_people SET standing = 'held' WHERE id = $1`, [ada.personId]),
    );
    expect(await setMembers(admins, [], [ada])).toEqual([]);
    expect((await roleOf(ada)).role).toBe('admin');
  });

  it('count afresh for a membership that began anew [SCM-4] [SCM-9]', async () => {
    const ada = await someone();
    const admins = await groupOf('Admins', ada);
    await map(admins, 'admin');
    await members.changeRole(acme.id, { id: ada.member.id, role: 'admin' }, 'viewer', because(acme.id));
    const again = (afresh: boolean) =>
      inTenant(database.app, acme.id, (transaction) =>
        applyMappedRoles(transaction, {
          ...{ directoryId: okta.id, people: [ada.personId], at: now, afresh },
          actor: { kind: 'directory', id: okta.id },
        }),
      );
    expect(await again(false)).toEqual([]);
    expect(await again(true)).toHaveLength(1);
    expect(await roleOf(ada)).toEqual({ role: 'admin', by: admins });
  });

  it('miss nobody who joins or leaves a group while that group is mapped [SCM-4]', async () => {
    const [ada, bob] = [await someone(), await someone()];
    const group = await groupOf('Group', bob);
    const [first] = (await map(group, 'viewer')).mappings;
    if (!first) throw new Error('There is one.');
    let mapping: Promise<unknown> = Promise.resolve();
    // Who moves is given what the mapping says until now; and the mapping says otherwise before they have moved.
    await setMembers(group, [ada], [bob], () => {
      mapping = change({ kind: 'update', id: first.id, role: 'admin' });
      return waitsOrEnds(mapping);
    });
    await mapping;
    expect([await roleOf(ada), await roleOf(bob)]).toEqual([
      { role: 'admin', by: group },
      { role: 'member', by: undefined },
    ]);
  });

  it('keep their priorities apart when several people map at once [SCM-4]', async () => {
    const groups = await Promise.all(Array.from({ length: 6 }, (_, index) => groupOf(`Group ${index}`)));
    await Promise.all(groups.map((group) => map(group, 'viewer')));
    const listed = await mappings.list(acme.id, okta.id);
    expect(listed.map(({ priority }) => priority)).toEqual([6, 5, 4, 3, 2, 1]);
  });

  it('know no directory and no group of another tenant [SCM-4]', async () => {
    const globex = await anExistingTenant(database.app);
    const theirs = await anExistingDirectory(database.app, globex);
    const group = await aGroupOf(database.app, theirs, 'Theirs');
    const wanted = { kind: 'create', groupId: group, role: 'admin' } as const;
    const absent = { code: 'not_found' };
    await expect(change(wanted)).rejects.toMatchObject(absent);
    await expect(mappings.change(acme.id, theirs.id, wanted, owner)).rejects.toMatchObject(absent);
    await expect(mappings.list(acme.id, theirs.id)).rejects.toMatchObject(absent);
    await expect(mappings.groups(acme.id, theirs.id, { limit: 10 })).rejects.toMatchObject(absent);
    const second = await anExistingDirectory(database.app, globex);
    await expect(mappings.change(globex.id, second.id, wanted, owner)).rejects.toMatchObject(absent);
  });

  it('tell of no more people than anybody reads, and of how many there are [SCM-4]', async () => {
    const people = await Promise.all(Array.from({ length: mostShownMoves + 5 }, () => someone()));
    const outcome = await map(await groupOf('All', ...people), 'viewer');
    expect(outcome.moves).toBe(people.length);
    expect(outcome.shown).toHaveLength(mostShownMoves);
  });

  it('find the groups that may be mapped by the beginning of their names [SCM-4]', async () => {
    const [ada, bob] = [await someone(), await someone()];
    const staff = await groupOf('Staff 100%', ada, bob);
    const all = await groupOf('stage_hands');
    await groupOf('Owners');
    const found = async (beginning?: string) => {
      const groups = await mappings.groups(acme.id, okta.id, { limit: 10 }, beginning);
      return groups.toSorted((one, other) => other.members - one.members);
    };
    expect(await found('STA')).toEqual([
      { id: staff, name: 'Staff 100%', members: 2 },
      { id: all, name: 'stage_hands', members: 0 },
    ]);
    expect(await found('%')).toEqual([]);
    expect(await found()).toHaveLength(3);
  });
});
