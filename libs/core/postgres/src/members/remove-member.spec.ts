import {
  apiTokenId,
  invitationId,
  KeyRing,
  mailId,
  type Connection,
  type Invitation,
  type NewPerson,
  type Tenant,
} from '@gatehouse/core';
import {
  PostgresApiTokenStore,
  PostgresAuditLog,
  PostgresInvitationStore,
  PostgresLinkStore,
  PostgresMemberStore,
  PostgresRemovedMemberStore,
  PostgresSessionStore,
} from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import {
  aLink,
  anExistingConnection,
  anExistingTenant,
  aPerson,
  aSession,
  because,
  chance,
  later,
  now,
} from '../testing/given';
import { inTenant } from '../transaction';

let database: TestDatabase;
let members: PostgresMemberStore;
let links: PostgresLinkStore;
let sessions: PostgresSessionStore;
let removed: PostgresRemovedMemberStore;
let acme: Tenant;
let connection: Connection;
beforeAll(async () => {
  database = await createTestDatabase();
  members = new PostgresMemberStore(database.app, chance);
  links = new PostgresLinkStore(database.app, chance);
  sessions = new PostgresSessionStore(database.app, chance);
  removed = new PostgresRemovedMemberStore(database.app, chance);
});
beforeEach(async () => {
  acme = await anExistingTenant(database.app);
  connection = await anExistingConnection(database.app, acme.id);
});
afterAll(() => database.drop());

const issuer = 'https://idp.example';

async function aMember(given: Parameters<typeof aPerson>[1] = {}, tenant = acme): Promise<NewPerson> {
  const person = aPerson(tenant.id, given);
  const outcome = await members.add(tenant.id, person, because(tenant.id, 'member.added', person.member.id));
  if (outcome.kind !== 'added') throw new Error(outcome.kind);
  return outcome.person;
}

function remove({ member }: NewPerson) {
  const because_ = because(member.tenantId, 'member.removed', member.id);
  return members.remove(member.tenantId, member, { ...because_, actor: { kind: 'operator', id: 'op' } });
}

async function signIn(person: NewPerson, through = connection) {
  const session = aSession(person, through);
  await sessions.open(
    session.tenantId,
    session,
    because(session.tenantId, 'sign_in.succeeded', person.member.id),
  );
  return session;
}

async function happened(type: string, tenant = acme) {
  const entries = await new PostgresAuditLog(database.app, chance).list(tenant.id, { limit: 100 });
  return entries.filter((entry) => entry.type === type);
}

describe('removing a member', () => {
  it('ends the membership, its sessions one by one, its tokens and its links [TEN-6]', async () => {
    const ada = await aMember();
    await links.add(acme.id, aLink(connection, ada), because(acme.id));
    const open = [await signIn(ada), await signIn(ada)];
    const tokens = new PostgresApiTokenStore(database.app, chance);
    const token = {
      ...{ id: apiTokenId.create(now, chance), tenantId: acme.id, memberId: ada.member.id, name: 'Report' },
      ...{ scopes: [], createdAt: now, createdBy: { kind: 'operator' as const }, expiresAt: later(60) },
    };
    await tokens.add(acme.id, token, 'hash', 5, because(acme.id));
    await expect(remove(ada)).resolves.toEqual({ kind: 'removed', sessionsEnded: 2 });
    await expect(members.find(acme.id, ada.member.id)).resolves.toBeUndefined();
    for (const { id } of open) await expect(sessions.findLiveAnywhere(id, now)).resolves.toBeUndefined();
    expect((await happened('session.ended')).map(({ subject }) => subject).toSorted()).toEqual(
      open.map(({ id }) => id).toSorted(),
    );
    await expect(tokens.find(acme.id, token.id)).resolves.toMatchObject({ token: { revokedAt: now } });
    const linked = links.findPerson(acme.id, connection.id, { issuer, subject: 'ada' });
    await expect(linked).resolves.toBeUndefined();
    await expect(happened('member.removed')).resolves.toMatchObject([{ data: { sessionsEnded: 2 } }]);
    await expect(remove(ada)).resolves.toEqual({ kind: 'absent' });
  });

  it('leaves the other memberships and sessions of the person, and those of others, as they are [TEN-6] [TEN-1]', async () => {
    const globex = await anExistingTenant(database.app);
    const elsewhere = await anExistingConnection(database.app, globex.id);
    const [ada, bob] = [await aMember(), await aMember()];
    const there = await aMember({ email: ada.user.email }, globex);
    await links.add(globex.id, aLink(elsewhere, there), because(globex.id));
    const [other, colleague] = [await signIn(there, elsewhere), await signIn(bob)];
    await remove(ada);
    for (const { id } of [other, colleague])
      await expect(sessions.findLiveAnywhere(id, now)).resolves.toBeDefined();
    const linked = links.findPerson(globex.id, elsewhere.id, { issuer, subject: 'ada' });
    await expect(linked).resolves.toEqual(there);
    await expect(removed.list(globex.id, { limit: 5 })).resolves.toEqual([]);
  });

  it('leaves one owner when all are removed, suspended and demoted at the same time [TEN-2]', async () => {
    for (let round = 0; round < 5; round++) {
      const tenant = await anExistingTenant(database.app);
      const owners = await Promise.all(Array.from({ length: 6 }, () => aMember({ role: 'owner' }, tenant)));
      const outcomes = await Promise.all(
        owners.map(({ member }, index) => {
          const reason = because(tenant.id, 'member.removed', member.id);
          if (index % 3 === 0) return members.remove(tenant.id, member, reason).then(({ kind }) => kind);
          if (index % 3 === 1) return members.suspend(tenant.id, member, reason);
          return members.changeRole(tenant.id, member, 'member', reason);
        }),
      );
      expect(outcomes.filter((outcome) => outcome === 'last-owner')).toHaveLength(1);
      const left = await members.list(tenant.id, { limit: 10 });
      expect(left.filter(({ member }) => member.role === 'owner' && !member.suspendedAt)).toHaveLength(1);
    }
  });

  it('is refused when the member has another role by then than was decided upon [TEN-4]', async () => {
    await aMember({ role: 'owner' });
    const ada = await aMember({ role: 'owner' });
    const asMember = { id: ada.member.id, role: 'member' } as const;
    await expect(members.remove(acme.id, asMember, because(acme.id))).resolves.toEqual({ kind: 'meanwhile' });
    await expect(members.suspend(acme.id, asMember, because(acme.id))).resolves.toBe('meanwhile');
    await expect(members.changeRole(acme.id, asMember, 'viewer', because(acme.id))).resolves.toBe(
      'meanwhile',
    );
    await expect(members.find(acme.id, ada.member.id)).resolves.toMatchObject({ member: { role: 'owner' } });
  });

  it('is not for another tenant to do [SEC-3]', async () => {
    const globex = await anExistingTenant(database.app);
    const ada = await aMember();
    await expect(members.remove(globex.id, ada.member, because(globex.id))).resolves.toEqual({
      kind: 'absent',
    });
    await expect(members.suspend(globex.id, ada.member, because(globex.id))).resolves.toBe('absent');
  });

  it('leaves no link behind that is made at the same time [TEN-6]', async () => {
    for (let round = 0; round < 10; round++) {
      const ada = await aMember();
      await Promise.all([
        links.add(acme.id, aLink(connection, ada, `s${round}`), because(acme.id)),
        remove(ada),
      ]);
    }
    const left = await inTenant(database.app, acme.id, (transaction) =>
      transaction.rows('SELECT id FROM links WHERE tenant_id = $1', [acme.id]),
    );
    expect(left).toEqual([]);
    const gone = aPerson(acme.id);
    await expect(links.add(acme.id, aLink(connection, gone), because(acme.id))).resolves.toBe('taken');
  });

  it('withdraws an invitation from before, which is no word of readmission [TEN-11] [TEN-5]', async () => {
    const keyRing = new KeyRing([{ name: 'k', key: chance.bytes(32) }], chance);
    const invitations = new PostgresInvitationStore(database.app, keyRing, chance);
    const email = `ada@${acme.slug}.example`;
    const invitation: Invitation = {
      ...{ id: invitationId.create(now, chance), tenantId: acme.id, email, role: 'admin', language: 'en' },
      ...{
        invitedBy: { kind: 'operator' },
        state: 'open',
        createdAt: now,
        sentAt: now,
        expiresAt: later(60),
      },
    };
    const message = {
      kind: 'invitation',
      organisation: 'Acme',
      url: 'https://x',
      expiresAt: later(60),
    } as const;
    const mail = {
      id: mailId.create(now, chance),
      to: email,
      language: 'en',
      message,
      createdAt: now,
    } as const;
    await invitations.add(acme.id, invitation, { tokenHash: invitation.id, mail }, because(acme.id));
    await remove(await aMember({ email: email.toUpperCase() }));
    await expect(invitations.find(acme.id, invitation.id)).resolves.toMatchObject({ state: 'revoked' });
  });
});

describe('what stays of a removed member', () => {
  it('is known again by address and by identity, whichever changed, in this tenant only [TEN-11]', async () => {
    const globex = await anExistingTenant(database.app);
    const ada = await aMember();
    await links.add(acme.id, aLink(connection, ada, 'Ada'), because(acme.id));
    await remove(ada);
    const stays = {
      ...{ id: ada.member.id, tenantId: acme.id, userId: ada.user.id, email: ada.user.email, role: 'member' },
      identities: [{ connectionId: connection.id, issuer, subject: 'Ada' }],
      ...{ removedAt: now, removedBy: { kind: 'operator', id: 'op' } },
    };
    const nobody = { issuer, subject: 'nobody' };
    const knows = (who: { issuer: string; subject: string; email?: string }, tenant = acme) =>
      removed.recognise(tenant.id, who);
    await expect(knows({ ...nobody, email: ada.user.email.toUpperCase() })).resolves.toEqual([stays]);
    await expect(knows({ issuer, subject: 'Ada', email: 'other@acme.example' })).resolves.toEqual([stays]);
    await expect(knows({ issuer, subject: 'Ada' })).resolves.toEqual([stays]);
    await expect(knows({ issuer, subject: 'ada' })).resolves.toEqual([]);
    await expect(knows(nobody)).resolves.toEqual([]);
    await expect(knows({ issuer, subject: 'Ada', email: ada.user.email }, globex)).resolves.toEqual([]);
    await expect(removed.list(acme.id, { limit: 5 })).resolves.toEqual([stays]);
    await expect(removed.find(globex.id, ada.member.id)).resolves.toBeUndefined();
  });

  it('keeps the person from being added without a word, until somebody says it once [TEN-11]', async () => {
    const ada = await aMember();
    await remove(ada);
    const again = () => members.add(acme.id, aPerson(acme.id, { email: ada.user.email }), because(acme.id));
    await expect(again()).resolves.toEqual({ kind: 'removed' });
    const globex = await anExistingTenant(database.app);
    const readmit = (tenant: Tenant) =>
      removed.readmit(tenant.id, ada.member.id, because(tenant.id, 'member.readmitted', ada.member.id));
    await expect(readmit(globex)).resolves.toBe('absent');
    await expect(readmit(acme)).resolves.toBe('readmitted');
    await expect(readmit(acme)).resolves.toBe('absent');
    await expect(happened('member.readmitted')).resolves.toHaveLength(1);
    await expect(again()).resolves.toMatchObject({ kind: 'added', person: { user: { id: ada.user.id } } });
  });
});

describe('suspending a member', () => {
  it('ends the sessions and keeps the member out until it is taken back', async () => {
    const ada = await aMember();
    const { id } = await signIn(ada);
    const reason = (type: 'member.suspended' | 'member.unsuspended') => because(acme.id, type, ada.member.id);
    await expect(members.suspend(acme.id, ada.member, reason('member.suspended'))).resolves.toBe('changed');
    await expect(members.find(acme.id, ada.member.id)).resolves.toMatchObject({
      member: { suspendedAt: now },
    });
    await expect(happened('session.ended')).resolves.toMatchObject([{ subject: id }]);
    await expect(members.unsuspend(acme.id, ada.member, reason('member.unsuspended'))).resolves.toBe(
      'changed',
    );
    await expect(members.find(acme.id, ada.member.id)).resolves.toEqual(ada);
    await expect(sessions.findLiveAnywhere(id, now)).resolves.toBeUndefined();
  });

  it('is refused for the last owner who is not suspended already [TEN-2]', async () => {
    const [ada, bob] = [await aMember({ role: 'owner' }), await aMember({ role: 'owner' })];
    const suspend = ({ member }: NewPerson) => members.suspend(acme.id, member, because(acme.id));
    await expect(suspend(ada)).resolves.toBe('changed');
    await expect(suspend(bob)).resolves.toBe('last-owner');
    await expect(remove(bob)).resolves.toEqual({ kind: 'last-owner' });
    await expect(remove(ada)).resolves.toMatchObject({ kind: 'removed' });
  });
});
