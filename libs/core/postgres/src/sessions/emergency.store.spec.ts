import {
  KeyRing,
  SessionOpener,
  type Alarm,
  type LocalProof,
  type NewPerson,
  type Tenant,
} from '@gatehouse/core';
import {
  PostgresAuditLog,
  PostgresBreakGlassStore,
  PostgresEmergencyStore,
  PostgresSecondFactors,
  PostgresSessionStore,
} from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { aConnection, aSession, because, chance, later, now } from '../testing/given';
import { rowsOf } from '../transaction';
import { aMemberOf, asTenant, aTenantWith, giveCredentials } from '../testing/given-enforcement';
import { takeMails } from '../testing/take-mails';

const ring = new KeyRing([{ name: 'k1', key: chance.bytes(32) }], chance);

let database: TestDatabase;
let emergencies: PostgresEmergencyStore;
let opener: SessionOpener;
let acme: Tenant;
let owner: NewPerson;
let other: NewPerson;
beforeAll(async () => {
  database = await createTestDatabase();
  emergencies = new PostgresEmergencyStore(database.app, chance, ring);
  const sessions = new PostgresSessionStore(database.app, chance);
  const factors = new PostgresSecondFactors(database.app);
  opener = new SessionOpener(sessions, emergencies, factors, { now: () => now }, chance, 3_600_000);
});
beforeEach(async () => {
  acme = await aTenantWith(database.app, { sso: 'required' });
  owner = await aMemberOf(database.app, acme, { role: 'owner' });
  other = await aMemberOf(database.app, acme, { role: 'owner' });
  await aMemberOf(database.app, acme, { role: 'owner', suspendedAt: now });
  await aMemberOf(database.app, acme, { role: 'admin' });
  await giveCredentials(database.app, owner, later(-24 * 60));
  await sentMails();
});
afterAll(() => database.drop());

const sentMails = () => takeMails(database.app, ring, later(1));

async function noted(type: string) {
  const entries = await new PostgresAuditLog(database.app, chance).list(acme.id, { limit: 50 });
  return entries.filter((entry) => entry.type === type);
}

const actor = { kind: 'person', address: '192.0.2.7' } as const;
const whole: LocalProof = { via: 'password', secondFactor: 'recovery-code', authenticatedAt: now };

describe('a session past single sign-on', () => {
  it('opens with its own audit event, a letter to every owner, and the proof that the way in works [ENF-11] [ENF-12]', async () => {
    const session = await opener.open(acme, owner, whole, actor);
    expect(session.breakGlass).toBe(true);
    await expect(noted('break_glass.used')).resolves.toMatchObject([
      {
        ...{ subject: owner.member.id, actor },
        data: { via: 'password', secondFactor: 'recovery-code', sessionId: session.id },
      },
    ]);
    await expect(noted('sign_in.succeeded')).resolves.toHaveLength(1);
    const letters = await sentMails();
    expect(letters.map(({ to }) => to).toSorted()).toEqual([owner.user.email, other.user.email].toSorted());
    expect(letters[0]?.message).toEqual({
      ...{ kind: 'break-glass-used', organisation: acme.name, person: owner.user.email },
      ...{ at: now, address: '192.0.2.7' },
    });
    const people = await new PostgresBreakGlassStore(database.app, chance).people(acme.id, ['owner'], {
      limit: 9,
    });
    expect(people.filter(({ proven }) => proven).map(({ person }) => person.member.id)).toEqual([
      owner.member.id,
    ]);
  });

  it('is told of with the age of a second factor that a thief of the password may have set up [ENF-11] [LOG-6]', async () => {
    const setUp = 'INSERT INTO recovery_codes (user_id, hash, created_at) VALUES ($1, $2, $3)';
    await rowsOf(database.app, setUp, [owner.user.id, 'a newer code', later(-60)]);
    await opener.open(acme, owner, whole, actor);
    const letters = (await sentMails()).map(({ message }) => message);
    expect(letters).toHaveLength(2);
    for (const letter of letters) expect(letter).toMatchObject({ factorSetUpAt: later(-60) });
    const [used] = await noted('break_glass.used');
    expect(used?.data).toMatchObject({ factorSetUpAt: later(-60).toISOString() });
  });

  it('is told of, and proves no password, where a passkey opened it [ENF-11] [ENF-12]', async () => {
    await opener.open(acme, owner, { via: 'passkey', authenticatedAt: now }, actor);
    await expect(sentMails()).resolves.toHaveLength(2);
    await expect(asTenant(database.app, acme, 'SELECT member_id FROM break_glass_proofs')).resolves.toEqual(
      [],
    );
  });

  it('leaves nothing behind where the sign-in that waits for it is gone [ENF-11]', async () => {
    const session = { ...aSession(owner, aConnection(acme.id)), breakGlass: true };
    const used = because(acme.id, 'break_glass.used', owner.member.id);
    const letter = { kind: 'break-glass-used', organisation: 'Acme', person: 'x', at: now } as const;
    const alarm: Alarm = { because: [used], letter, proves: true };
    const waiting = { flowId: `flow_${'0'.repeat(26)}`, ticketHash: 'hash' } as const;
    await expect(emergencies.open(acme.id, session, alarm, waiting)).rejects.toThrow('not taken');
    await expect(sentMails()).resolves.toEqual([]);
    await expect(noted('break_glass.used')).resolves.toEqual([]);
  });
});

describe('a sign-in that the policy lets in', () => {
  it('tells nobody, also of an owner, while single sign-on is optional [ENF-11]', async () => {
    const optional = { ...acme, policy: { ...acme.policy, sso: 'optional' } } as const;
    const session = await opener.open(optional, owner, whole, actor);
    expect(session.breakGlass).toBe(false);
    await expect(sentMails()).resolves.toEqual([]);
    await expect(noted('break_glass.used')).resolves.toEqual([]);
  });

  it('says by which rule a dry run would have refused it [ENF-10]', async () => {
    const dryRun = { since: now, until: later(1) };
    const optional = { ...acme, policy: { ...acme.policy, sso: 'optional', dryRun } } as const;
    const ada = await aMemberOf(database.app, acme);
    await opener.open(optional, ada, { via: 'password', authenticatedAt: now }, actor);
    await opener.open(optional, owner, whole, actor);
    const said = (await noted('sign_in.succeeded')).map(({ subject, data }) => [
      subject,
      data?.['wouldBeRefused'],
    ]);
    expect(said.toSorted()).toEqual(
      [
        [ada.member.id, 'sso-required'],
        [owner.member.id, undefined],
      ].toSorted(),
    );
  });
});
