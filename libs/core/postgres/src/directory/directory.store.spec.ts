import { connectionId, directoryId, type Directory, type Tenant } from '@gatehouse/core';
import { PostgresDirectoryStore, PostgresMemberStore } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { anExistingConnection, anExistingTenant, because, chance, later, now } from '../testing/given';
import { aGroupOf, anExistingDirectory, aProvisioned, aProvisionedMember } from '../testing/given-directory';
import { inTenant, rowsOf } from '../transaction';

let database: TestDatabase;
let directories: PostgresDirectoryStore;
let acme: Tenant;
beforeAll(async () => {
  database = await createTestDatabase();
  directories = new PostgresDirectoryStore(database.app, chance);
});
beforeEach(async () => {
  acme = await anExistingTenant(database.app);
});
afterAll(() => database.drop());

function aDirectory(given: Partial<Directory> = {}): Directory {
  return {
    ...{ id: directoryId.create(now, chance), tenantId: acme.id, name: 'Okta', defaultRole: 'viewer' },
    ...{ pairing: { by: 'external-id', attribute: 'employeeNumber' }, createdAt: now },
    ...given,
  };
}

function add(directory: Directory, most = 20) {
  return directories.add(acme.id, directory, most, because(acme.id, 'directory.created', directory.id));
}

describe('the store of directories', () => {
  it('keeps a directory as it was made, with nobody in it yet', async () => {
    const directory = aDirectory({ connectionId: (await anExistingConnection(database.app, acme.id)).id });
    await expect(add(directory)).resolves.toBe('added');
    const overview = { directory, people: 0, activePeople: 0, groups: 0, quarantined: 0 };
    await expect(directories.find(acme.id, directory.id)).resolves.toEqual(overview);
    await expect(directories.list(acme.id)).resolves.toEqual([overview]);
  });

  it('counts its people and groups, and those of no other directory [SCM-6] [LNK-8]', async () => {
    const [one, other] = [
      await anExistingDirectory(database.app, acme),
      await anExistingDirectory(database.app, acme),
    ];
    await aProvisioned(database.app, one, undefined);
    await aProvisioned(database.app, one, undefined, { active: false, standing: 'deactivated' });
    await aProvisioned(database.app, other, undefined);
    await aGroupOf(database.app, one, 'Staff');
    await inTenant(database.app, acme.id, (transaction) =>
      transaction.rows(
        `UPDATE directory_people SET standing = 'quarantined', quarantined_for = 'no_email' WHERE directory_id = $1`,
        [other.id],
      ),
    );
    const counts = { people: 2, activePeople: 1, groups: 1, quarantined: 0 };
    await expect(directories.find(acme.id, one.id)).resolves.toMatchObject(counts);
    await expect(directories.find(acme.id, other.id)).resolves.toMatchObject({ people: 1, quarantined: 1 });
  });

  it('takes no connection of another tenant, none that is deleted and none that is not there [SEC-3]', async () => {
    const globex = await anExistingTenant(database.app);
    const [foreign, gone] = [
      await anExistingConnection(database.app, globex.id),
      await anExistingConnection(database.app, acme.id),
    ];
    await inTenant(database.app, acme.id, (transaction) =>
      transaction.rows('UPDATE connections SET deleted_at = $2 WHERE id = $1', [gone.id, now]),
    );
    const kept = await anExistingDirectory(database.app, acme);
    for (const id of [foreign.id, gone.id, connectionId.create(now, chance)]) {
      await expect(add(aDirectory({ connectionId: id }))).resolves.toBe('no-connection');
      const change = directories.change(acme.id, kept.id, { connectionId: id, name: 'X' }, because(acme.id));
      await expect(change).resolves.toBe('no-connection');
    }
    expect(await directories.list(acme.id)).toMatchObject([{ directory: kept }]);
  });

  it('holds no more directories of a tenant than allowed, also when calls race [SEC-1]', async () => {
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => add(aDirectory(), 2)));
    expect(outcomes.toSorted()).toEqual(['added', 'added', ...Array<string>(4).fill('too-many')]);
  });

  it('changes what is named, and leaves the rest', async () => {
    const connection = (await anExistingConnection(database.app, acme.id)).id;
    const directory = aDirectory({ connectionId: connection });
    await add(directory);
    const changed = async (change: Parameters<typeof directories.change>[2]) => {
      await directories.change(
        acme.id,
        directory.id,
        change,
        because(acme.id, 'directory.updated', directory.id),
      );
      return (await directories.find(acme.id, directory.id))?.directory;
    };
    await expect(changed({ name: 'Entra' })).resolves.toEqual({ ...directory, name: 'Entra' });
    const { connectionId: _, ...free } = directory;
    const want = { ...free, name: 'Entra', pairing: { by: 'email' } };
    await expect(changed({ connectionId: null, pairing: { by: 'email' } })).resolves.toEqual(want);
  });

  it('says once in the audit log that it is paused, and once that it goes on [AUD-1]', async () => {
    const { id } = await anExistingDirectory(database.app, acme);
    const at = { ...because(acme.id, 'directory.paused', id), at: later(1) };
    await expect(directories.pause(acme.id, id, at)).resolves.toBe('changed');
    await expect(directories.pause(acme.id, id, { ...at, at: later(2) })).resolves.toBe('so-before');
    expect((await directories.find(acme.id, id))?.directory.pausedAt).toEqual(later(1));
    const resumed = because(acme.id, 'directory.resumed', id);
    await expect(directories.resume(acme.id, id, resumed)).resolves.toBe('changed');
    await expect(directories.resume(acme.id, id, resumed)).resolves.toBe('so-before');
    expect((await directories.find(acme.id, id))?.directory).not.toHaveProperty('pausedAt');
    const told = await inTenant(database.app, acme.id, (transaction) =>
      transaction.rows('SELECT type FROM audit_entries WHERE subject = $1 ORDER BY id', [id]),
    );
    expect(told.map((row) => row.text('type')).toSorted()).toEqual([
      ...['directory.created', 'directory.paused', 'directory.resumed'],
    ]);
  });

  it('forgets a directory with all that is its own, and lets its members stay what they are [SCM-3] [SCM-4]', async () => {
    const directory = await anExistingDirectory(database.app, acme);
    const other = await anExistingDirectory(database.app, acme);
    const [ada, ben, cleo] = [
      await aProvisionedMember(database.app, acme, directory, { role: 'admin' }),
      await aProvisionedMember(database.app, acme, directory),
      await aProvisionedMember(database.app, acme, other),
    ];
    const group = await aGroupOf(database.app, directory, 'Staff', [ada.personId]);
    await inTenant(database.app, acme.id, async (transaction) => {
      const marking =
        'UPDATE members SET role_mapped_by = $2, suspended_by = $3, suspended_at = $4 WHERE id = $1';
      await transaction.rows(marking, [ada.member.id, group, null, null]);
      await transaction.rows(marking, [ben.member.id, null, directory.id, now]);
      await transaction.rows(marking, [cleo.member.id, null, other.id, now]);
    });
    await expect(directories.remove(acme.id, directory.id, because(acme.id))).resolves.toBe('removed');
    const members = new PostgresMemberStore(database.app, chance);
    const left = await Promise.all([ada, ben, cleo].map(({ member }) => members.find(acme.id, member.id)));
    expect(left.map((person) => person?.member)).toEqual([
      ada.member,
      { ...ben.member, suspendedAt: now },
      { ...cleo.member, suspendedAt: now, suspendedBy: other.id },
    ]);
    for (const table of [
      'directory_people',
      'directory_groups',
      'directory_group_members',
      'directory_tallies',
    ]) {
      const sql = `SELECT directory_id FROM ${table} WHERE directory_id = $1`;
      const rows = await inTenant(database.app, acme.id, (transaction) =>
        transaction.rows(sql, [directory.id]),
      );
      expect({ table, rows }).toEqual({ table, rows: [] });
    }
    await expect(directories.find(acme.id, other.id)).resolves.toMatchObject({ people: 1 });
    await expect(directories.remove(acme.id, directory.id, because(acme.id))).resolves.toBe('absent');
  });

  it('lets no other tenant see, change, pause or remove a directory [SEC-3]', async () => {
    const directory = await anExistingDirectory(database.app, acme);
    const globex = await anExistingTenant(database.app);
    const reason = because(globex.id);
    await expect(directories.find(globex.id, directory.id)).resolves.toBeUndefined();
    await expect(directories.list(globex.id)).resolves.toEqual([]);
    await expect(directories.change(globex.id, directory.id, { name: 'X' }, reason)).resolves.toBe('absent');
    await expect(directories.pause(globex.id, directory.id, reason)).resolves.toBe('absent');
    await expect(directories.remove(globex.id, directory.id, reason)).resolves.toBe('absent');
    await expect(directories.find(acme.id, directory.id)).resolves.toMatchObject({ directory });
    await expect(rowsOf(database.app, 'SELECT id FROM directories')).resolves.toEqual([]);
  });
});
