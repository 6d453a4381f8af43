import type { Connection, MemberId, MemberSso, NewPerson, SettingOutcome, Tenant } from '@gatehouse/core';
import { PostgresAuditLog, PostgresMemberSettingStore, PostgresMemberStore } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { because, chance, later } from '../testing/given';
import { aMemberOf, anEnabledConnection, aTenantWith } from '../testing/given-enforcement';

let database: TestDatabase;
let store: PostgresMemberSettingStore;
let members: PostgresMemberStore;
let acme: Tenant;
let connection: Connection;
let owner: NewPerson;
let ada: NewPerson;
let ben: NewPerson;
beforeAll(async () => {
  database = await createTestDatabase();
  store = new PostgresMemberSettingStore(database.app, chance);
  members = new PostgresMemberStore(database.app, chance);
});
beforeEach(async () => {
  acme = await aTenantWith(database.app, { sso: 'optional' });
  connection = await anEnabledConnection(database.app, acme);
  owner = await aMemberOf(database.app, acme, { role: 'owner' });
  ada = await aMemberOf(database.app, acme, { through: connection });
  ben = await aMemberOf(database.app, acme, { sso: 'password' });
});
afterAll(() => database.drop());

function setSso(
  listed: 'all' | readonly MemberId[],
  sso: MemberSso,
  permit: (tenant: Tenant) => void = () => {},
  butOwners = sso === 'sso',
) {
  const fact = (outcome: SettingOutcome) => ({
    ...because(acme.id, 'members.sign_in_changed'),
    data: { changed: outcome.changed },
  });
  return store.setSso(acme.id, { listed, sso, butOwners }, permit, fact);
}

async function settings(): Promise<unknown[]> {
  const found = await Promise.all([owner, ada, ben].map(({ member }) => members.find(acme.id, member.id)));
  return found.map((person) => person?.member.sso);
}

async function noted(type: string): Promise<unknown[]> {
  const entries = await new PostgresAuditLog(database.app, chance).list(acme.id, { limit: 50 });
  return entries
    .filter((entry) => entry.type === type)
    .map(({ data, before, after }) => data ?? { before, after });
}

describe('own settings of members', () => {
  it('change in bulk, but for owners, who are named; and say whom no identity is linked to [ENF-6]', async () => {
    await expect(setSso('all', 'sso')).resolves.toEqual({
      changed: 2,
      before: { inherit: 1, sso: 0, password: 1 },
      unlinked: 1,
      owners: { members: 1, first: [{ memberId: owner.member.id, email: owner.user.email }] },
    });
    await expect(settings()).resolves.toEqual(['inherit', 'sso', 'sso']);
    await expect(noted('members.sign_in_changed')).resolves.toEqual([{ changed: 2 }]);
  });

  it('change for a list only, and back for everybody, owners included [ENF-6]', async () => {
    await expect(setSso([ada.member.id], 'sso')).resolves.toMatchObject({
      changed: 1,
      owners: { members: 0 },
    });
    await expect(settings()).resolves.toEqual(['inherit', 'sso', 'password']);
    await setSso('all', 'password');
    await expect(settings()).resolves.toEqual(['password', 'password', 'password']);
    await setSso('all', 'inherit');
    await expect(settings()).resolves.toEqual(['inherit', 'inherit', 'inherit']);
  });

  it('leave owners out wherever that is asked for, and name them [ENF-6] [TEN-3]', async () => {
    await expect(setSso('all', 'password', () => {}, true)).resolves.toMatchObject({
      ...{ changed: 1, owners: { members: 1, first: [{ memberId: owner.member.id }] } },
    });
    await expect(settings()).resolves.toEqual(['inherit', 'password', 'password']);
  });

  it('go back to "inherit" for who becomes an owner, and then only from "sso" [ENF-6] [ENF-4]', async () => {
    await setSso([ada.member.id], 'sso');
    for (const { member } of [ada, ben])
      await members.changeRole(acme.id, member, 'admin', because(acme.id, 'member.role_changed'));
    await expect(settings()).resolves.toEqual(['inherit', 'sso', 'password']);
    for (const { member } of [ada, ben])
      await members.changeRole(acme.id, { ...member, role: 'admin' }, 'owner', because(acme.id));
    await expect(settings()).resolves.toEqual(['inherit', 'inherit', 'password']);
  });

  it('note nothing where nothing changes [ENF-6] [AUD-1]', async () => {
    await expect(setSso([owner.member.id], 'sso')).resolves.toMatchObject({
      changed: 0,
      owners: { members: 1 },
    });
    await setSso([ben.member.id], 'password');
    await expect(noted('members.sign_in_changed')).resolves.toEqual([]);
  });

  it('stay as they are where one of the list is no member, or the policy does not permit it [ENF-6] [SEC-3]', async () => {
    const other = await aMemberOf(database.app, await aTenantWith(database.app, {}));
    const absent = [other.member.id];
    await expect(setSso([ada.member.id, ...absent], 'sso')).resolves.toEqual({ absent });
    const refused = setSso('all', 'sso', ({ policy }) => {
      throw new Error(`refused while ${policy.sso}`);
    });
    await expect(refused).rejects.toThrow('refused while optional');
    await expect(settings()).resolves.toEqual(['inherit', 'inherit', 'password']);
  });
});

describe('an exemption', () => {
  const exemption = { reason: 'contractor', until: later(60) };
  const fact = () => because(acme.id, 'member.exempted');

  it('is set, replaced and ended, each time with its fact [ENF-5] [AUD-1]', async () => {
    const set = (wanted?: typeof exemption) => store.setExemption(acme.id, ada.member.id, wanted, fact);
    await expect(set(exemption)).resolves.toMatchObject({ member: { exemption } });
    await expect(members.find(acme.id, ada.member.id)).resolves.toMatchObject({ member: { exemption } });
    await expect(set()).resolves.toEqual(ada);
    await expect(members.find(acme.id, ada.member.id)).resolves.toEqual(ada);
    await expect(set()).resolves.toEqual(ada);
    await expect(noted('member.exempted')).resolves.toHaveLength(2);
  });

  it('is nothing of another tenant’s member [ENF-5] [SEC-3]', async () => {
    const other = await aMemberOf(database.app, await aTenantWith(database.app, {}));
    await expect(store.setExemption(acme.id, other.member.id, exemption, fact)).resolves.toBeUndefined();
  });
});
