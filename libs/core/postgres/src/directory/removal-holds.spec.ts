import {
  RemovalHolds,
  SettleWaiting,
  type Authority,
  type Domain,
  type DirectoryPersonId,
  type MailMessage,
  type NewPerson,
  type Role,
  type SsoError,
  type Tenant,
} from '@gatehouse/core';
import {
  PostgresDomainStore,
  PostgresMemberStore,
  PostgresRemovalHoldStore,
  PostgresRemovedMemberStore,
  PostgresWaitingPeople,
} from '../index';
import { createTestDatabase, forgetMails, takeMails, type TestDatabase } from '../testing';
import { aDomain, aFind, anExistingTenant, aPerson, because, chance, later, now } from '../testing/given';
import { aGroupOf, anExistingDirectory } from '../testing/given-directory';
import { Provisioning } from '../testing/provisioning';
import { inTenant } from '../transaction';
import { applyMappedRoles } from './apply-mapped-roles';

let database: TestDatabase;
let members: PostgresMemberStore;
let domains: PostgresDomainStore;
let acme: Tenant;
let domain: Domain;
let owner: NewPerson;
let okta: Provisioning;
let holds: RemovalHolds;
beforeAll(async () => {
  database = await createTestDatabase();
  members = new PostgresMemberStore(database.app, chance);
  domains = new PostgresDomainStore(database.app, chance);
  holds = new RemovalHolds(new PostgresRemovalHoldStore(database.app, chance), { now: () => now });
});
beforeEach(async () => {
  await forgetMails(database.app);
  acme = await anExistingTenant(database.app);
  domain = aDomain(acme.id, { verifiedAt: now });
  await domains.add(acme.id, domain, because(acme.id, 'domain.added'));
  owner = await aMember('owner', `boss@${domain.name}`);
  okta = new Provisioning(database.app, await anExistingDirectory(database.app, acme));
});
afterAll(() => database.drop());

const asOwner: Authority = { actor: { kind: 'member', id: 'mem_1' }, role: 'owner' };

async function aMember(role: Role, email?: string): Promise<NewPerson> {
  const person = aPerson(acme.id, { role, ...(email !== undefined && { email }) });
  await members.add(acme.id, person, because(acme.id, 'member.added'));
  return person;
}

const at = (name: string): string => `${name}@${domain.name}`;

/** So many people, who came when said. */
async function people(count: number, when = later(-120)): Promise<DirectoryPersonId[]> {
  okta.at = when;
  const ids: DirectoryPersonId[] = [];
  for (let index = 0; index < count; index++)
    ids.push(await okta.create({ userName: at(`p${index}-${when.getTime()}`) }));
  okta.at = now;
  return ids;
}

function nth<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new Error(`There are only ${list.length}.`);
  return found;
}

async function standings(ids: readonly DirectoryPersonId[]): Promise<string> {
  const found = await Promise.all(ids.map((id) => okta.find(id)));
  return found.map(({ standing }) => standing.charAt(0)).join('');
}

async function requireMember(id: DirectoryPersonId): Promise<NewPerson> {
  const { memberId } = await okta.find(id);
  const person = memberId && (await members.find(acme.id, memberId));
  if (!person) throw new Error('This is no member.');
  return person;
}

async function letters(): Promise<MailMessage[]> {
  return (await takeMails(database.app, okta.keyRing, now)).map(({ message }) => message);
}

async function onlyHold() {
  const listed = await holds.list(acme.id, okta.directory.id, { limit: 10 });
  const [hold, ...others] = listed.filter(({ decision }) => decision === undefined);
  if (!hold || others.length > 0) throw new Error(`There are ${listed.length} holds.`);
  return hold;
}

function settleWaiting(): Promise<number> {
  const waiting = new PostgresWaitingPeople(database.app, okta.keyRing, chance);
  return new SettleWaiting(waiting, { now: () => now }).run(acme.id);
}

function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'nothing was thrown',
    (error: SsoError) => error.code,
  );
}

describe('many removals within an hour', () => {
  it('are held from the sixth on, one by one, and stay members with what they were [SCM-8]', async () => {
    const ids = await people(8);
    for (const [index, id] of ids.entries())
      await (index % 2 ? okta.delete(id) : okta.say(id, { active: false }));
    await expect(standings(ids)).resolves.toBe('drdrdhhh');
    const hold = await onlyHold();
    expect(hold).toMatchObject({ reason: 'too-many', people: 3, openedAt: now });
    const held = await requireMember(nth(ids, 7));
    expect(held.member.suspendedAt).toBeUndefined();
    await expect(okta.find(nth(ids, 7))).resolves.toMatchObject({ deletedAt: now, heldBy: hold.id });
    await expect(okta.happened('directory.removals_held')).resolves.toHaveLength(1);
  });

  it('are told to the owners once, and everything else goes on [SCM-8]', async () => {
    const ids = await people(9);
    for (const id of ids) await okta.say(id, { active: false });
    const kinds = (await letters()).filter(({ kind }) => kind === 'removals-held');
    expect(kinds).toEqual([{ kind: 'removals-held', organisation: acme.name, directory: 'Okta' }]);
    const newcomer = await okta.create({ userName: at('newcomer') });
    await expect(okta.find(newcomer)).resolves.toMatchObject({ standing: 'admitted' });
    await okta.say(nth(ids, 0), { active: true });
    await expect(standings(ids)).resolves.toBe('addddhhhh');
  });

  it('may be a tenth where that is more, of those who were there an hour ago [SCM-8]', async () => {
    const ids = await people(70);
    await people(30, later(-10));
    for (const id of ids.slice(0, 9)) await okta.say(id, { active: false });
    await expect(standings(ids.slice(0, 9))).resolves.toBe('dddddddhh');
  });

  it('are counted by the hour, those that are held as well [SCM-8]', async () => {
    const ids = await people(14);
    okta.at = later(-61);
    for (const id of ids.slice(0, 5)) await okta.say(id, { active: false });
    okta.at = now;
    for (const id of ids.slice(5, 11)) await okta.say(id, { active: false });
    await expect(standings(ids.slice(0, 11))).resolves.toBe('ddddddddddh');
    okta.at = later(59);
    await okta.say(nth(ids, 11), { active: false });
    okta.at = later(61);
    await okta.say(nth(ids, 12), { active: false });
    await okta.say(nth(ids, 13), { active: false });
    await expect(standings(ids.slice(11))).resolves.toBe('hdd');
  });

  it('are not let through by asking for all of them at the same time [SCM-8]', async () => {
    const ids = await people(12);
    await Promise.all(ids.map((id) => okta.say(id, { active: false })));
    const all = [...(await standings(ids))].toSorted().join('');
    expect(all).toBe('dddddhhhhhhh');
    await expect(onlyHold()).resolves.toMatchObject({ people: 7 });
  });

  it('count nobody who was suspended before, nor who never came in [SCM-8]', async () => {
    const ids = await people(7);
    for (const id of ids.slice(0, 5)) await okta.say(id, { active: false });
    for (const id of ids.slice(0, 5)) await okta.delete(id);
    const waits = await okta.create({ userName: 'ada@elsewhere.example' });
    await okta.delete(waits);
    await expect(standings([...ids.slice(0, 5), waits])).resolves.toBe('rrrrrr');
    await okta.delete(nth(ids, 5));
    await expect(standings([nth(ids, 5)])).resolves.toBe('h');
  });
});

describe('held removals', () => {
  async function heldPeople(): Promise<DirectoryPersonId[]> {
    const ids = await people(9);
    for (const id of ids.slice(0, 5)) await okta.say(id, { active: false });
    await okta.say(nth(ids, 5), { active: false });
    await okta.delete(nth(ids, 6));
    await okta.say(nth(ids, 7), { active: false });
    return ids.slice(5);
  }

  it('are carried out once an owner approves them [SCM-8] [SCM-3]', async () => {
    const ids = await heldPeople();
    const hold = await onlyHold();
    const first = await holds.people(acme.id, hold.id, { limit: 2 });
    const rest = await holds.people(acme.id, hold.id, { after: nth(first, 1).id, limit: 2 });
    expect([...first, ...rest].map(({ id }) => id)).toEqual(ids.slice(0, 3).toSorted());
    const suspended = await requireMember(nth(ids, 0));
    await expect(holds.approve(acme.id, hold.id, asOwner)).resolves.toMatchObject({
      ...{ decision: 'approved', decidedBy: asOwner.actor },
    });
    await expect(settleWaiting()).resolves.toBe(3);
    await expect(standings(ids)).resolves.toBe('drda');
    await expect(members.find(acme.id, suspended.member.id)).resolves.toMatchObject({
      member: { suspendedBy: okta.directory.id },
    });
    await expect(okta.happened('directory.removals_approved')).resolves.toMatchObject([
      { subject: okta.directory.id, data: { holdId: hold.id, people: 3 } },
    ]);
    await expect(settleWaiting()).resolves.toBe(0);
    await okta.say(nth(ids, 3), { active: false });
    await expect(standings(ids)).resolves.toBe('drdd');
    await okta.say(nth(ids, 1), { active: true });
    await expect(standings(ids)).resolves.toBe('dadd');
  });

  it('are not carried out once an owner refuses them, until the directory says something new [SCM-8]', async () => {
    const ids = await heldPeople();
    const hold = await onlyHold();
    await holds.refuse(acme.id, hold.id, asOwner);
    await settleWaiting();
    await settleWaiting();
    await expect(standings(ids)).resolves.toBe('aaaa');
    await okta.say(nth(ids, 0), { name: 'Said again', active: false });
    await expect(standings(ids)).resolves.toBe('aaaa');
    expect((await requireMember(nth(ids, 0))).member.suspendedAt).toBeUndefined();
    await okta.say(nth(ids, 1), { active: true });
    await okta.say(nth(ids, 1), { active: false });
    // It is one more within the hour, and waits again.
    await expect(standings(ids)).resolves.toBe('ahaa');
  });

  it('leave no role behind that groups took meanwhile, once they are refused [SCM-8] [SCM-4]', async () => {
    const ids = await people(6);
    const last = nth(ids, 5);
    const group = await aGroupOf(database.app, okta.directory, 'Admins', [last]);
    const { id: directoryId } = okta.directory;
    const roles = (sql: string) =>
      inTenant(database.app, acme.id, async (transaction) => {
        await transaction.rows(sql, [group, acme.id, directoryId]);
        const actor = { kind: 'directory', id: directoryId } as const;
        await applyMappedRoles(transaction, { directoryId, people: [last], at: now, actor });
      });
    await roles(`INSERT INTO role_mappings (group_id, tenant_id, directory_id, id, role, priority, created_at, created_by)
      VALUES ($1, $2, $3, 'rmap_' || $1, 'admin', 1, now(), '{"kind": "operator"}')`);
    expect((await requireMember(last)).member.role).toBe('admin');
    for (const id of ids) await okta.say(id, { active: false });
    await roles(
      'DELETE FROM directory_group_members WHERE group_id = $1 AND tenant_id = $2 AND directory_id = $3',
    );
    await holds.refuse(acme.id, (await onlyHold()).id, asOwner);
    await settleWaiting();
    expect((await requireMember(last)).member).toMatchObject({ role: 'member' });
  });

  it('of who is wanted again are forgotten [SCM-8]', async () => {
    const ids = await heldPeople();
    await okta.say(nth(ids, 0), { active: true });
    await okta.say(nth(ids, 1), { active: true });
    await expect(standings(ids)).resolves.toBe('aaha');
    const hold = await onlyHold();
    expect(hold.people).toBe(1);
    await holds.approve(acme.id, hold.id, asOwner);
    await settleWaiting();
    await expect(standings(ids)).resolves.toBe('aada');
  });

  it('are approved of as many as the owner saw, and of no others who came since [SCM-8]', async () => {
    const ids = await heldPeople();
    const hold = await onlyHold();
    const seen = hold.people - 1;
    await expect(codeOf(holds.approve(acme.id, hold.id, asOwner, seen))).resolves.toBe('conflict');
    await settleWaiting();
    await expect(standings(ids)).resolves.toContain('h');
    await holds.approve(acme.id, hold.id, asOwner, hold.people);
    await settleWaiting();
    await expect(standings(ids)).resolves.not.toContain('h');
  });

  it('are an owner’s to decide on, once [SCM-8]', async () => {
    await heldPeople();
    const hold = await onlyHold();
    const asAdmin: Authority = { actor: { kind: 'member' }, role: 'admin' };
    await expect(codeOf(holds.approve(acme.id, hold.id, asAdmin))).resolves.toBe('role_not_grantable');
    await expect(codeOf(holds.refuse(acme.id, hold.id, asAdmin))).resolves.toBe('role_not_grantable');
    const both = [holds.approve(acme.id, hold.id, asOwner), holds.refuse(acme.id, hold.id, asOwner)];
    const codes = await Promise.all(both.map(codeOf));
    expect(codes.toSorted()).toEqual(['conflict', 'nothing was thrown']);
    const globex = await anExistingTenant(database.app);
    await expect(codeOf(holds.approve(globex.id, hold.id, asOwner))).resolves.toBe('not_found');
    await expect(holds.list(globex.id, okta.directory.id, { limit: 5 })).resolves.toEqual([]);
    await expect(holds.people(globex.id, hold.id, { limit: 5 })).resolves.toEqual([]);
  });

  it('are over for who is removed by a person meanwhile [TEN-11]', async () => {
    const ids = await heldPeople();
    for (const id of [nth(ids, 0), nth(ids, 1)]) {
      const { member } = await requireMember(id);
      await members.remove(acme.id, member, because(acme.id, 'member.removed', member.id));
    }
    await expect(standings(ids)).resolves.toBe('drha');
    await holds.refuse(acme.id, (await onlyHold()).id, asOwner);
    await settleWaiting();
    await expect(standings(ids)).resolves.toBe('draa');
    await okta.say(nth(ids, 0), { active: true });
    await expect(okta.find(nth(ids, 0))).resolves.toMatchObject({ quarantinedFor: 'member_removed' });
  });
});

describe('the last owner', () => {
  it('is not deprovisioned, and the owners are told who it is about [TEN-2] [SCM-8]', async () => {
    const id = await okta.create({ userName: owner.user.email });
    for (const change of [() => okta.say(id, { active: false }), () => okta.delete(id)]) {
      await change();
      await expect(okta.find(id)).resolves.toMatchObject({ standing: 'held', active: false });
      const { member } = await requireMember(id);
      expect(member).toMatchObject({ id: owner.member.id, role: 'owner' });
      expect(member.suspendedAt).toBeUndefined();
    }
    const told = (await letters()).filter(({ kind }) => kind === 'removals-held');
    expect(told).toMatchObject([{ lastOwner: owner.user.email }]);
    const hold = await onlyHold();
    expect(hold).toMatchObject({ reason: 'last-owner', people: 1 });
    await expect(codeOf(holds.approve(acme.id, hold.id, asOwner))).resolves.toBe('last_owner');
    await aMember('owner');
    await holds.approve(acme.id, hold.id, asOwner);
    await settleWaiting();
    await expect(members.find(acme.id, owner.member.id)).resolves.toBeUndefined();
  });

  it('stays one also when all owners are deprovisioned at the same time [TEN-2]', async () => {
    const owners = [owner, await aMember('owner', at('second')), await aMember('owner', at('third'))];
    const ids = await Promise.all(owners.map(({ user }) => okta.create({ userName: user.email })));
    await Promise.all(ids.map((id, index) => (index ? okta.delete(id) : okta.say(id, { active: false }))));
    const left = await members.list(acme.id, { limit: 10 });
    expect(left.filter(({ member }) => member.role === 'owner' && !member.suspendedAt)).toHaveLength(1);
    await expect(onlyHold()).resolves.toMatchObject({ reason: 'last-owner', people: 1 });
  });

  it('stays one also where it is among many whose removal was approved [TEN-2] [SCM-8]', async () => {
    const ids = await people(5);
    for (const id of ids) await okta.say(id, { active: false });
    const second = await aMember('owner', at('second'));
    const held = await okta.create({ userName: second.user.email });
    await okta.delete(held);
    await expect(onlyHold()).resolves.toMatchObject({ reason: 'too-many' });
    await members.suspend(acme.id, owner.member, because(acme.id, 'member.suspended'));
    await holds.approve(acme.id, (await onlyHold()).id, asOwner);
    await settleWaiting();
    await expect(onlyHold()).resolves.toMatchObject({ reason: 'last-owner', people: 1 });
    await expect(requireMember(held)).resolves.toMatchObject({ member: { role: 'owner' } });
  });
});

describe('people who wait', () => {
  it('come in once the domain of their address is verified [LNK-8] [SCM-3]', async () => {
    const unproven = aDomain(acme.id);
    await domains.add(acme.id, unproven, because(acme.id, 'domain.added'));
    const ids = [
      await okta.create({ userName: `ada@${unproven.name}` }),
      await okta.create({ userName: `bob@${unproven.name}`, active: false }),
      await okta.create({ userName: 'eve@elsewhere.example' }),
    ];
    await expect(settleWaiting()).resolves.toBe(0);
    await domains.markVerified(
      acme.id,
      unproven.id,
      aFind(),
      because(acme.id, 'domain.verified', unproven.id),
    );
    await expect(settleWaiting()).resolves.toBe(1);
    await expect(standings(ids)).resolves.toBe('adq');
    await expect(okta.happened('provisioned_person.admitted')).resolves.toMatchObject([{ subject: ids[0] }]);
    await expect(requireMember(nth(ids, 0))).resolves.toMatchObject({ member: { role: 'member' } });
  });

  it('are not left behind by a domain that is verified at the same moment [LNK-8]', async () => {
    for (let round = 0; round < 8; round++) {
      const racing = aDomain(acme.id);
      await domains.add(acme.id, racing, because(acme.id, 'domain.added'));
      const verified = because(acme.id, 'domain.verified', racing.id);
      const [id] = await Promise.all([
        okta.create({ userName: `ada@${racing.name}` }),
        // What is announced is so behind the commit: settled as early as a worker could.
        domains.markVerified(acme.id, racing.id, aFind(), verified).then(settleWaiting),
      ]);
      await expect(okta.find(id)).resolves.toMatchObject({ standing: 'admitted' });
    }
  });

  it('come in once somebody readmits them, in the role of the directory [TEN-11]', async () => {
    const id = nth(await people(1), 0);
    const { member } = await requireMember(id);
    await members.remove(acme.id, member, because(acme.id, 'member.removed', member.id));
    await expect(settleWaiting()).resolves.toBe(0);
    const removed = new PostgresRemovedMemberStore(database.app, chance);
    await removed.readmit(acme.id, member.id, because(acme.id, 'member.readmitted', member.id));
    await expect(settleWaiting()).resolves.toBe(1);
    await expect(standings([id])).resolves.toBe('a');
    const back = await requireMember(id);
    expect(back.member).toMatchObject({ role: 'member', userId: member.userId });
    expect(back.member.id).not.toBe(member.id);
  });

  it('are the member whom somebody else added meanwhile [TEN-11]', async () => {
    const id = nth(await people(1), 0);
    const { member, user } = await requireMember(id);
    await members.remove(acme.id, member, because(acme.id, 'member.removed', member.id));
    const removed = new PostgresRemovedMemberStore(database.app, chance);
    await removed.readmit(acme.id, member.id, because(acme.id, 'member.readmitted', member.id));
    await aMember('admin', user.email);
    await settleWaiting();
    await expect(requireMember(id)).resolves.toMatchObject({ user, member: { role: 'admin' } });
  });

  it('are settled once when several workers do so at the same time', async () => {
    const waiting = aDomain(acme.id);
    await domains.add(acme.id, waiting, because(acme.id, 'domain.added'));
    for (let index = 0; index < 25; index++) await okta.create({ userName: `p${index}@${waiting.name}` });
    await domains.markVerified(acme.id, waiting.id, aFind(), because(acme.id, 'domain.verified'));
    await Promise.all([settleWaiting(), settleWaiting(), settleWaiting()]);
    await expect(okta.happened('provisioned_person.admitted')).resolves.toHaveLength(25);
    await expect(members.list(acme.id, { limit: 50 })).resolves.toHaveLength(26);
  });
});
