import { PostgresAuditLog, PostgresMemberStore } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { anExistingTenant, aPerson, because, chance } from '../testing/given';
import type { NewPerson, Tenant } from '@gatehouse/core';

let database: TestDatabase;
let members: PostgresMemberStore;
let acme: Tenant;
let globex: Tenant;
beforeAll(async () => {
  database = await createTestDatabase();
  members = new PostgresMemberStore(database.app, chance);
});
beforeEach(async () => {
  acme = await anExistingTenant(database.app);
  globex = await anExistingTenant(database.app);
});
afterAll(() => database.drop());

async function add(tenant: Tenant, person: NewPerson) {
  return members.add(tenant.id, person, because(tenant.id, 'member.added', person.member.id));
}

describe('the store of members', () => {
  it('gives back what it was given, and nothing to another tenant', async () => {
    const person = aPerson(acme.id, { role: 'admin' });
    await expect(add(acme, person)).resolves.toEqual({ kind: 'added', person });
    await expect(members.find(acme.id, person.member.id)).resolves.toEqual(person);
    await expect(members.find(globex.id, person.member.id)).resolves.toBeUndefined();
    await expect(members.list(acme.id, { limit: 10 })).resolves.toEqual([person]);
  });

  it('makes one user a member of many tenants, whatever the case of the address [TEN-1]', async () => {
    const first = aPerson(acme.id, { email: 'Ada@Case.example', role: 'owner' });
    const second = aPerson(globex.id, { email: 'ada@cAsE.example', role: 'viewer' });
    await add(acme, first);
    const outcome = await add(globex, second);
    expect(outcome).toMatchObject({
      kind: 'added',
      person: { user: first.user, member: { role: 'viewer', userId: first.user.id } },
    });
    await expect(members.findByEmail(globex.id, 'ADA@case.EXAMPLE')).resolves.toMatchObject({
      user: { id: first.user.id },
    });
    await expect(members.emailIsKnownAnywhere('aDa@case.example')).resolves.toBe(true);
    await expect(members.emailIsKnownAnywhere('ada@other.example')).resolves.toBe(false);
  });

  it('adds a person once when many add the same one at the same time [TEN-1]', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, () => add(acme, aPerson(acme.id, { email: 'race@acme.example' }))),
    );
    expect(outcomes.filter(({ kind }) => kind === 'added')).toHaveLength(1);
    await expect(members.list(acme.id, { limit: 10 })).resolves.toHaveLength(1);
    const entries = await new PostgresAuditLog(database.app, chance).list(acme.id, { limit: 50 });
    expect(entries.filter(({ type }) => type === 'member.added')).toHaveLength(1);
  });

  it('does not demote the last owner, nor count one who is suspended [TEN-2]', async () => {
    const owner = aPerson(acme.id, { role: 'owner' });
    await add(acme, owner);
    await add(acme, aPerson(acme.id, { role: 'owner', suspendedAt: acme.createdAt }));
    await expect(members.changeRole(acme.id, owner.member, 'admin', because(acme.id))).resolves.toBe(
      'last-owner',
    );
    await expect(members.find(acme.id, owner.member.id)).resolves.toMatchObject({
      member: { role: 'owner' },
    });
    await expect(members.changeRole(globex.id, owner.member, 'admin', because(globex.id))).resolves.toBe(
      'absent',
    );
  });

  it('leaves one owner when all are demoted at the same time [TEN-2]', async () => {
    for (let round = 0; round < 5; round++) {
      const tenant = await anExistingTenant(database.app);
      const owners = Array.from({ length: 6 }, () => aPerson(tenant.id, { role: 'owner' }));
      await Promise.all(owners.map((owner) => add(tenant, owner)));
      const demotions = owners.map(({ member }) =>
        members.changeRole(tenant.id, member, 'member', because(tenant.id)),
      );
      expect((await Promise.all(demotions)).toSorted()).toEqual([...Array(5).fill('changed'), 'last-owner']);
      const left = await members.list(tenant.id, { limit: 10 });
      expect(left.filter(({ member }) => member.role === 'owner')).toHaveLength(1);
    }
  });
});
