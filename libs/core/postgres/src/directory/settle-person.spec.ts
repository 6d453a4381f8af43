import {
  apiTokenId,
  emailDomain,
  type Directory,
  type Domain,
  type NewPerson,
  type Role,
  type Tenant,
} from '@gatehouse/core';
import {
  PostgresApiTokenStore,
  PostgresDomainStore,
  PostgresMemberStore,
  PostgresRemovedMemberStore,
  PostgresSessionStore,
} from '../index';
import { createTestDatabase, forgetMails, takeMails, type TestDatabase } from '../testing';
import {
  aDomain,
  anExistingConnection,
  anExistingTenant,
  aPerson,
  aSession,
  because,
  chance,
  later,
  now,
} from '../testing/given';
import { anExistingDirectory } from '../testing/given-directory';
import { Provisioning } from '../testing/provisioning';

let database: TestDatabase;
let members: PostgresMemberStore;
let sessions: PostgresSessionStore;
let domains: PostgresDomainStore;
let acme: Tenant;
let domain: Domain;
let okta: Provisioning;
beforeAll(async () => {
  database = await createTestDatabase();
  members = new PostgresMemberStore(database.app, chance);
  sessions = new PostgresSessionStore(database.app, chance);
  domains = new PostgresDomainStore(database.app, chance);
});
beforeEach(async () => {
  acme = await anExistingTenant(database.app);
  domain = await aVerifiedDomain(acme);
  await aMember({ role: 'owner' });
  okta = new Provisioning(database.app, await anExistingDirectory(database.app, acme));
});
afterAll(() => database.drop());

async function aVerifiedDomain({ id }: Tenant): Promise<Domain> {
  const verified = aDomain(id, { verifiedAt: now });
  await domains.add(id, verified, because(id, 'domain.added'));
  return verified;
}

async function aMember(given: { email?: string; role?: Role } = {}, tenant = acme): Promise<NewPerson> {
  const outcome = await members.add(tenant.id, aPerson(tenant.id, given), because(tenant.id, 'member.added'));
  if (outcome.kind !== 'added') throw new Error(outcome.kind);
  return outcome.person;
}

const at = (name: string): string => `${name}@${domain.name}`;

function memberOf(email: string, tenant = acme) {
  return members.findByEmail(tenant.id, email);
}

async function signIn(person: NewPerson) {
  const session = aSession(person, await anExistingConnection(database.app, acme.id));
  await sessions.open(acme.id, session, because(acme.id, 'sign_in.succeeded'));
  return session;
}

async function requireMember(email: string): Promise<NewPerson> {
  const person = await memberOf(email);
  if (!person) throw new Error(`${email} is no member.`);
  return person;
}

function otherDirectory(given: Partial<Directory> = {}) {
  return anExistingDirectory(database.app, acme, given).then((each) => new Provisioning(database.app, each));
}

describe('a provisioned person', () => {
  it('becomes a member in the role of the directory, and a user that it brought [SCM-3]', async () => {
    const id = await okta.create({ userName: at('ada'), name: 'Ada' });
    const { user, member } = await requireMember(at('ada'));
    expect(user).toMatchObject({ email: at('ada'), name: 'Ada' });
    expect(member).toMatchObject({ role: 'member', sso: 'inherit' });
    await expect(okta.find(id)).resolves.toMatchObject({
      ...{ standing: 'admitted', brought: true, userId: user.id, memberId: member.id },
    });
    const because = { actor: { kind: 'directory', id: okta.directory.id }, data: { personId: id } };
    const { actor } = because;
    await expect(okta.happened('member.added')).resolves.toContainEqual(
      expect.objectContaining({ subject: member.id, actor }),
    );
    await expect(okta.happened('provisioned_person.created')).resolves.toMatchObject([
      { subject: id, after: { userName: at('ada'), active: true, standing: 'admitted' }, ...because },
    ]);
  });

  it('starts on single sign-on where newcomers do [SCM-3]', async () => {
    const policy = { ...acme.policy, sso: 'required', newMembersOnSso: true } as const;
    acme = await anExistingTenant(database.app, { policy });
    domain = await aVerifiedDomain(acme);
    const other = await otherDirectory({ defaultRole: 'viewer' });
    await other.create({ userName: at('ada') });
    await expect(memberOf(at('ada'))).resolves.toMatchObject({ member: { role: 'viewer', sso: 'sso' } });
  });

  it('is a known user where there is one, who was not brought [SCM-3] [SCM-10]', async () => {
    const globex = await anExistingTenant(database.app);
    const there = await aMember({ email: at('ada') }, globex);
    const id = await okta.create({ userName: at('Ada').toUpperCase(), name: 'Changed' });
    await expect(memberOf(at('ada'))).resolves.toMatchObject({ user: there.user });
    await expect(okta.find(id)).resolves.toMatchObject({ brought: false, userId: there.user.id });
  });

  it('is the member where there is one, with the role that the member has [SCM-3]', async () => {
    const ada = await aMember({ email: at('ada'), role: 'admin' });
    const id = await okta.create({ userName: at('ada') });
    await expect(okta.find(id)).resolves.toMatchObject({
      ...{ standing: 'admitted', brought: false, memberId: ada.member.id },
    });
    await expect(memberOf(at('ada'))).resolves.toMatchObject({ member: ada.member });
  });

  it('is kept and not let in with an address in no verified domain [LNK-8]', async () => {
    const stolen = await aMember({ email: 'ceo@globex.example' }, await anExistingTenant(database.app));
    const id = await okta.create({ userName: stolen.user.email });
    await expect(okta.find(id)).resolves.toMatchObject({
      ...{ standing: 'quarantined', quarantinedFor: 'email_domain_not_verified' },
    });
    await expect(memberOf(stolen.user.email)).resolves.toBeUndefined();
    await expect(okta.happened('provisioned_person.quarantined')).resolves.toMatchObject([{ subject: id }]);
    await okta.say(id, { name: 'Said again' });
    await expect(okta.happened('provisioned_person.quarantined')).resolves.toHaveLength(1);
  });

  it.each(['a.acme.example', 'xacme.example'])(
    'is not let in by a domain that only looks like a verified one, %s [LNK-8]',
    async (prefix) => {
      const id = await okta.create({ userName: `ada@${prefix.replace('acme.example', domain.name)}` });
      await expect(okta.find(id)).resolves.toMatchObject({ quarantinedFor: 'email_domain_not_verified' });
    },
  );

  it('is kept and not let in without an address', async () => {
    const id = await okta.create({ userName: 'ada' });
    await expect(okta.find(id)).resolves.toMatchObject({
      standing: 'quarantined',
      quarantinedFor: 'no_email',
    });
  });

  it('says nothing over a member outside of verified domains [LNK-8]', async () => {
    const ceo = await aMember({ email: 'ceo@elsewhere.example', role: 'admin' });
    const id = await okta.create({ userName: ceo.user.email });
    await okta.say(id, { active: false });
    await expect(memberOf(ceo.user.email)).resolves.toEqual(ceo);
    await okta.delete(id);
    await expect(memberOf(ceo.user.email)).resolves.toEqual(ceo);
  });

  it('is one person only: whom another directory provisions already, waits', async () => {
    const first = await okta.create({ userName: at('ada') });
    const entra = await otherDirectory();
    const second = await entra.create({ userName: at('ada') });
    await expect(entra.find(second)).resolves.toMatchObject({ quarantinedFor: 'provisioned_otherwise' });
    await entra.say(second, { active: false });
    await entra.delete(second);
    await expect(memberOf(at('ada'))).resolves.toMatchObject({ member: { role: 'member' } });
    await expect(okta.find(first)).resolves.toMatchObject({ standing: 'admitted' });
  });

  it('is one member when directories race for it', async () => {
    const entra = await otherDirectory();
    for (let round = 0; round < 5; round++) {
      const email = at(`race${round}`);
      if (round % 2) await aMember({ email });
      const ids = await Promise.all(
        [okta, entra, okta, entra].map((each, index) =>
          each.create({ userName: `${index}-${email}`, email }).then((id) => each.find(id)),
        ),
      );
      expect(ids.map(({ standing }) => standing).toSorted()).toEqual([
        ...['admitted', 'quarantined', 'quarantined', 'quarantined'],
      ]);
    }
  });
});

describe('a deactivated person', () => {
  it('is suspended, signed out everywhere and its tokens revoked; applications are told [SCM-3]', async () => {
    const id = await okta.create({ userName: at('ada') });
    const ada = await requireMember(at('ada'));
    const open = [await signIn(ada), await signIn(ada)];
    const tokens = new PostgresApiTokenStore(database.app, chance);
    const token = {
      ...{ id: apiTokenId.create(now, chance), tenantId: acme.id, memberId: ada.member.id, name: 'Report' },
      ...{ scopes: [], createdAt: now, createdBy: { kind: 'operator' as const }, expiresAt: later(60) },
    };
    await tokens.add(acme.id, token, token.id, 5, because(acme.id));
    await okta.say(id, { active: false });
    await expect(memberOf(at('ada'))).resolves.toMatchObject({
      member: { id: ada.member.id, suspendedAt: now, suspendedBy: okta.directory.id },
    });
    await expect(okta.find(id)).resolves.toMatchObject({ standing: 'deactivated', memberId: ada.member.id });
    for (const session of open)
      await expect(sessions.findLiveAnywhere(session.id, now)).resolves.toBeUndefined();
    await expect(tokens.find(acme.id, token.id)).resolves.toMatchObject({ token: { revokedAt: now } });
    await expect(okta.happened('session.ended')).resolves.toHaveLength(2);
    await expect(okta.happened('member.suspended')).resolves.toMatchObject([{ data: { sessionsEnded: 2 } }]);
    await expect(okta.happened('provisioned_person.deactivated')).resolves.toHaveLength(1);
  });

  it('comes back as who it was when the directory says so [SCM-9]', async () => {
    const id = await okta.create({ userName: at('ada') });
    const ada = await requireMember(at('ada'));
    await okta.say(id, { active: false });
    await okta.say(id, { active: true });
    await expect(memberOf(at('ada'))).resolves.toEqual(ada);
    await expect(okta.find(id)).resolves.toMatchObject({ standing: 'admitted', memberId: ada.member.id });
    await expect(okta.happened('member.unsuspended')).resolves.toHaveLength(1);
    await expect(okta.happened('provisioned_person.revived')).resolves.toHaveLength(1);
  });

  it('stays out where a person suspended it as well, before or after [SCM-3] [TEN-11]', async () => {
    for (const suspendFirst of [true, false]) {
      const email = at(`ada-${suspendFirst}`);
      const id = await okta.create({ userName: email });
      const { member } = await requireMember(email);
      const suspend = () => members.suspend(acme.id, member, because(acme.id, 'member.suspended'));
      if (suspendFirst) await suspend();
      await okta.say(id, { active: false });
      if (!suspendFirst) await suspend();
      await okta.say(id, { active: true });
      const { member: after } = await requireMember(email);
      expect(after.suspendedAt).toEqual(now);
      expect(after.suspendedBy).toBeUndefined();
    }
  });

  it('stays in once somebody let it in again, until the directory says something new [SCM-3]', async () => {
    const id = await okta.create({ userName: at('ada') });
    const ada = await requireMember(at('ada'));
    await okta.say(id, { active: false });
    await members.unsuspend(acme.id, ada.member, because(acme.id, 'member.unsuspended'));
    await expect(okta.find(id)).resolves.toMatchObject({ standing: 'admitted' });
    await okta.say(id, { name: 'Said again', active: false });
    await expect(memberOf(at('ada'))).resolves.toMatchObject({ member: ada.member });
    await okta.say(id, { active: true });
    await okta.say(id, { active: false });
    await expect(memberOf(at('ada'))).resolves.toMatchObject({ member: { suspendedAt: now } });
  });

  it('is a member who came by another way, where the address is in a verified domain [SCM-3]', async () => {
    const ada = await aMember({ email: at('ada') });
    const id = await okta.create({ userName: at('ada'), active: false });
    await expect(okta.find(id)).resolves.toMatchObject({ standing: 'deactivated', memberId: ada.member.id });
    await expect(memberOf(at('ada'))).resolves.toMatchObject({
      member: { suspendedBy: okta.directory.id },
    });
  });

  it('is nobody where nobody was to come in yet', async () => {
    const id = await okta.create({ userName: at('ada'), active: false });
    await expect(memberOf(at('ada'))).resolves.toBeUndefined();
    await expect(okta.find(id)).resolves.toMatchObject({ standing: 'deactivated' });
    await okta.say(id, { active: true });
    await expect(okta.find(id)).resolves.toMatchObject({ standing: 'admitted' });
    await expect(memberOf(at('ada'))).resolves.toBeDefined();
  });
});

describe('a deleted person', () => {
  it('is a member no more, and remembered as removed by its directory [SCM-3]', async () => {
    const id = await okta.create({ userName: at('ada') });
    const ada = await requireMember(at('ada'));
    const { id: session } = await signIn(ada);
    await okta.delete(id);
    await expect(memberOf(at('ada'))).resolves.toBeUndefined();
    await expect(sessions.findLiveAnywhere(session, now)).resolves.toBeUndefined();
    const removed = new PostgresRemovedMemberStore(database.app, chance);
    await expect(removed.find(acme.id, ada.member.id)).resolves.toMatchObject({
      removedBy: { kind: 'directory', id: okta.directory.id },
    });
    await expect(okta.find(id)).resolves.toMatchObject({ standing: 'removed', userId: ada.user.id });
    await expect(okta.happened('session.ended')).resolves.toHaveLength(1);
    await expect(okta.happened('member.removed')).resolves.toHaveLength(1);
  });

  it('comes back as the same user when the directory sends it again [SCM-9]', async () => {
    const id = await okta.create({ userName: at('ada') });
    const ada = await requireMember(at('ada'));
    await okta.delete(id);
    await okta.say(id, { active: true, userName: at('ada.new'), email: at('ada.new') });
    const back = await requireMember(at('ada.new'));
    expect(back.user.id).toBe(ada.user.id);
    await expect(okta.find(id)).resolves.toMatchObject({ standing: 'admitted', brought: true });
    await expect(members.list(acme.id, { limit: 5 })).resolves.toHaveLength(2);
  });

  it('of another directory does not come back by this one [TEN-11]', async () => {
    await okta.delete(await okta.create({ userName: at('ada') }));
    const entra = await otherDirectory();
    const id = await entra.create({ userName: at('ada') });
    await expect(entra.find(id)).resolves.toMatchObject({ quarantinedFor: 'member_removed' });
    await expect(memberOf(at('ada'))).resolves.toBeUndefined();
  });

  it('comes back also as somebody who is new to the directory, and can be removed again [SCM-9]', async () => {
    await okta.delete(await okta.create({ userName: at('ada') }));
    const again = await okta.create({ userName: 'ada-again', email: at('ada') });
    await expect(okta.find(again)).resolves.toMatchObject({ standing: 'admitted', brought: false });
    await okta.delete(again);
    await expect(memberOf(at('ada'))).resolves.toBeUndefined();
  });

  it('is removed also where it was only suspended before', async () => {
    const id = await okta.create({ userName: at('ada') });
    await okta.say(id, { active: false });
    await okta.delete(id);
    await expect(memberOf(at('ada'))).resolves.toBeUndefined();
  });
});

describe('a person whom somebody removed', () => {
  it('is not brought back by the directory, and shown as waiting [TEN-11]', async () => {
    const id = await okta.create({ userName: at('ada') });
    const ada = await requireMember(at('ada'));
    await members.remove(acme.id, ada.member, because(acme.id, 'member.removed', ada.member.id));
    const waiting = { standing: 'quarantined', quarantinedFor: 'member_removed' };
    await expect(okta.find(id)).resolves.toMatchObject(waiting);
    await expect(okta.happened('provisioned_person.quarantined')).resolves.toMatchObject([{ subject: id }]);
    await okta.say(id, { name: 'Ada again' });
    await okta.say(id, { active: false });
    await okta.say(id, { active: true });
    await expect(okta.find(id)).resolves.toMatchObject(waiting);
    await okta.delete(id);
    await okta.say(id, { active: true });
    await expect(okta.find(id)).resolves.toMatchObject(waiting);
    await expect(memberOf(at('ada'))).resolves.toBeUndefined();
  });

  it('is not brought back under another address, nor as somebody new [TEN-11]', async () => {
    const id = await okta.create({ userName: at('ada') });
    const ada = await requireMember(at('ada'));
    await members.remove(acme.id, ada.member, because(acme.id, 'member.removed', ada.member.id));
    await okta.say(id, { userName: at('eve'), email: at('eve') });
    await expect(okta.find(id)).resolves.toMatchObject({ quarantinedFor: 'member_removed' });
    await expect(memberOf(at('eve'))).resolves.toBeUndefined();
    const again = await okta.create({ userName: 'ada-2', email: at('ada') });
    await expect(okta.find(again)).resolves.toMatchObject({ quarantinedFor: 'member_removed' });
  });
});

describe('a changed address or name', () => {
  it('goes on with an account that the directory brought [LNK-11] [SCM-9]', async () => {
    const id = await okta.create({ userName: at('ada'), name: 'Ada' });
    const ada = await requireMember(at('ada'));
    await okta.say(id, { userName: at('ada.lovelace'), email: at('ada.lovelace'), name: 'Ada L.' });
    await expect(members.find(acme.id, ada.member.id)).resolves.toMatchObject({
      user: { id: ada.user.id, email: at('ada.lovelace'), name: 'Ada L.' },
    });
    await expect(members.list(acme.id, { limit: 5 })).resolves.toHaveLength(2);
    await expect(okta.happened('member.profile_updated')).resolves.toHaveLength(1);
  });

  it('does not reach the account of somebody else [LNK-11]', async () => {
    const ceo = await aMember({ email: at('ceo'), role: 'admin' });
    const id = await okta.create({ userName: at('eve') });
    const eve = await requireMember(at('eve'));
    await okta.say(id, { email: at('CEO') });
    await expect(memberOf(at('ceo'))).resolves.toEqual(ceo);
    await expect(okta.find(id)).resolves.toMatchObject({ memberId: eve.member.id, standing: 'admitted' });
    await expect(okta.happened('member.address_held')).resolves.toMatchObject([
      { subject: eve.member.id, data: { address: at('CEO'), reason: 'address_in_use' } },
    ]);
    await okta.say(id, { name: 'Eve' });
    await expect(okta.happened('member.address_held')).resolves.toHaveLength(1);
    await okta.delete(id);
    await expect(memberOf(at('ceo'))).resolves.toEqual(ceo);
  });

  it('is told to the owners once an hour, however often the directory says it, and of so many only [LNK-11]', async () => {
    const taken = Array.from({ length: 12 }, (_, index) => at(`taken${index}`));
    for (const email of taken) await aMember({ email });
    const id = await okta.create({ userName: at('eve') });
    await forgetMails(database.app);
    const letters = async () => (await takeMails(database.app, okta.keyRing, now)).length;
    for (const email of [at('taken0'), at('eve'), at('taken0')]) await okta.say(id, { email });
    await expect(letters()).resolves.toBe(1);
    for (const email of taken.slice(1)) await okta.say(id, { email });
    await expect(letters()).resolves.toBe(9);
    await expect(okta.happened('member.address_held')).resolves.toHaveLength(13);
    okta.at = later(61);
    await okta.say(id, { email: at('taken0') });
    expect((await takeMails(database.app, okta.keyRing, later(61))).length).toBe(1);
  });

  it('is the holder’s to decide of an account that was there before, or is elsewhere too [LNK-11]', async () => {
    const own = await aMember({ email: at('own') });
    const globex = await anExistingTenant(database.app);
    const ids = [await okta.create({ userName: at('own') }), await okta.create({ userName: at('both') })];
    const both = await requireMember(at('both'));
    await aMember({ email: at('both') }, globex);
    for (const [index, id] of ids.entries()) await okta.say(id, { email: at(`moved${index}`), name: 'New' });
    await expect(memberOf(at('own'))).resolves.toMatchObject({ user: { id: own.user.id, name: 'New' } });
    await expect(memberOf(at('both'), globex)).resolves.toMatchObject({ user: both.user });
    await expect(okta.happened('member.address_held')).resolves.toMatchObject([
      { data: { reason: 'holder_decides' } },
      { data: { reason: 'holder_decides' } },
    ]);
  });

  it('to an address in no verified domain is not taken over, and the member stays [LNK-8]', async () => {
    const id = await okta.create({ userName: at('ada') });
    const ada = await requireMember(at('ada'));
    await okta.say(id, { email: `ada@${emailDomain(ada.user.email)}.evil.example` });
    await expect(members.find(acme.id, ada.member.id)).resolves.toMatchObject({ user: { email: at('ada') } });
    await expect(okta.happened('member.address_held')).resolves.toMatchObject([
      { data: { reason: 'domain_not_verified' } },
    ]);
  });
});
