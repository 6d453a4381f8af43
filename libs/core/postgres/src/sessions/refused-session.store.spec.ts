import {
  breakGlassChoices,
  EndRefusedSessions,
  LiveSessions,
  memberSsoChoices,
  roles,
  secondFactorRules,
  sessionStands,
  ssoModes,
  type Exemption,
  type Member,
  type NewPerson,
  type Session,
  type SignInPolicy,
  type Tenant,
} from '@gatehouse/core';
import { PostgresAuditLog, PostgresRefusedSessionStore, PostgresSessionStore } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { aConnection, aSession, because, chance, later, now } from '../testing/given';
import { aMemberOf, anEnabledConnection, asTenant, aTenantWith } from '../testing/given-enforcement';

let database: TestDatabase;
let store: PostgresRefusedSessionStore;
let sessions: PostgresSessionStore;
beforeAll(async () => {
  database = await createTestDatabase();
  store = new PostgresRefusedSessionStore(database.app, chance);
  sessions = new PostgresSessionStore(database.app, chance);
});
afterAll(() => database.drop());

async function aLocalSession(
  tenant: Tenant,
  person: NewPerson,
  given: Partial<Session> = {},
): Promise<Session> {
  const { connectionId: _, sessionIndex: _index, ...rest } = aSession(person, aConnection(tenant.id));
  const session = { ...rest, via: 'password', ...given } as const;
  await sessions.open(tenant.id, session, because(tenant.id, 'sign_in.succeeded'));
  return session;
}

function ending(at = now) {
  return new EndRefusedSessions(store, { now: () => at });
}

const admin = { kind: 'member', id: 'mem_admin' } as const;

async function setPolicy(tenant: Tenant, change: Partial<SignInPolicy>): Promise<void> {
  const policy = { ...tenant.policy, ...change };
  await asTenant(database.app, tenant, 'UPDATE tenants SET policy = $2 WHERE id = $1', [tenant.id, policy]);
}

describe('sessions under a policy that was tightened', () => {
  it('end where they would be refused, each with its fact, and no other [ENF-9]', async () => {
    const tenant = await aTenantWith(database.app, { sso: 'optional' });
    const connection = await anEnabledConnection(database.app, tenant);
    const [ada, ben, owner] = [
      await aMemberOf(database.app, tenant),
      await aMemberOf(database.app, tenant, { exemption: { reason: 'contractor' } }),
      await aMemberOf(database.app, tenant, { role: 'owner' }),
    ];
    const refused = await aLocalSession(tenant, ada);
    const halfProven = await aLocalSession(tenant, owner);
    const bySso = aSession(ada, connection);
    await sessions.open(tenant.id, bySso, because(tenant.id));
    const stay = [
      bySso,
      await aLocalSession(tenant, ben),
      await aLocalSession(tenant, owner, { secondFactor: 'totp' }),
    ];
    await setPolicy(tenant, { sso: 'required' });
    await expect(ending().endIn(tenant.id, admin)).resolves.toBe(2);
    const alive = async ({ id }: Session) => (await sessions.findLiveAnywhere(id, now)) !== undefined;
    await expect(Promise.all(stay.map(alive))).resolves.toEqual([true, true, true]);
    await expect(Promise.all([refused, halfProven].map(alive))).resolves.toEqual([false, false]);
    const entries = await new PostgresAuditLog(database.app, chance).list(tenant.id, { limit: 50 });
    const ended = entries.filter(({ type }) => type === 'session.ended');
    expect(ended.map(({ subject }) => subject).toSorted()).toEqual([refused.id, halfProven.id].toSorted());
    expect(ended[0]).toMatchObject({ actor: admin, data: { reason: 'policy', via: 'password' } });
    await expect(ending().endIn(tenant.id, admin)).resolves.toBe(0);
  });

  it('end in batches, all of them, once each also when two ends are made at the same time [ENF-9]', async () => {
    const tenant = await aTenantWith(database.app, { sso: 'required' });
    const ada = await aMemberOf(database.app, tenant);
    for (let count = 0; count < 7; count++) await aLocalSession(tenant, ada);
    const all = async () => {
      let ended = 0;
      let after: Session['id'] | undefined;
      do {
        const batch = await store.endBatch(
          tenant.id,
          { of: 'all', after, most: 2 },
          now,
          () => false,
          ({ session }) => because(tenant.id, 'session.ended', session.id),
        );
        ended += batch.ended;
        after = batch.next;
      } while (after !== undefined);
      return ended;
    };
    const counts = await Promise.all([all(), all()]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(7);
    const entries = await new PostgresAuditLog(database.app, chance).list(tenant.id, { limit: 50 });
    expect(entries.filter(({ type }) => type === 'session.ended')).toHaveLength(7);
  });

  it('end of one member only, where one was set to single sign-on [ENF-9] [ENF-6]', async () => {
    const tenant = await aTenantWith(database.app, { sso: 'required' });
    const [ada, ben] = [await aMemberOf(database.app, tenant), await aMemberOf(database.app, tenant)];
    await aLocalSession(tenant, ada);
    const open = await aLocalSession(tenant, ben);
    await expect(ending().endIn(tenant.id, admin, ada.member.id)).resolves.toBe(1);
    await expect(sessions.findLiveAnywhere(open.id, now)).resolves.toBeDefined();
    await expect(ending().endIn(tenant.id, admin, ben.member.id)).resolves.toBe(1);
  });

  it('end where a password alone opened them and a second factor is asked of everybody since [LOG-5] [LOG-6]', async () => {
    const tenant = await aTenantWith(database.app, { sso: 'off' });
    const ada = await aMemberOf(database.app, tenant);
    const half = await aLocalSession(tenant, ada);
    const whole = [
      await aLocalSession(tenant, ada, { secondFactor: 'totp' }),
      await aLocalSession(tenant, ada, { via: 'passkey' }),
    ];
    await setPolicy(tenant, { secondFactor: 'required' });
    const live = new LiveSessions(sessions, { now: () => now });
    await expect(live.find(half.id)).resolves.toBeUndefined();
    await expect(ending().endIn(tenant.id, admin)).resolves.toBe(1);
    for (const { id } of whole) await expect(live.find(id)).resolves.toBeDefined();
  });

  it('end by themselves when an exemption has run out, in every tenant [ENF-9] [ENF-5]', async () => {
    const open: Session[] = [];
    for (let count = 0; count < 3; count++) {
      const tenant = await aTenantWith(database.app, { sso: 'required' });
      const exemption = { reason: 'for an hour', until: later(30) };
      open.push(await aLocalSession(tenant, await aMemberOf(database.app, tenant, { exemption })));
    }
    const alive = async () =>
      (await Promise.all(open.map(({ id }) => sessions.findLiveAnywhere(id, later(30))))).filter(
        (each) => each,
      ).length;
    await ending(later(29)).endEverywhere();
    await expect(alive()).resolves.toBe(3);
    await ending(later(30)).endEverywhere();
    await expect(alive()).resolves.toBe(0);
  });
});

const exemptions: (Exemption | undefined)[] = [
  undefined,
  { reason: 'lasting' },
  { reason: 'running', until: later(1) },
  { reason: 'over', until: now },
];
const proofs: Pick<Session, 'via' | 'secondFactor'>[] = [
  { via: 'password' },
  { via: 'password', secondFactor: 'totp' },
  { via: 'passkey' },
];

describe('looking for sessions to end across tenants', () => {
  it('finds every tenant with one that does not stand, and none else, by whatever rule [ENF-9]', async () => {
    const wanted: Record<string, boolean> = {};
    const members = roles.flatMap((role) =>
      memberSsoChoices.flatMap((sso) =>
        exemptions.map((exemption): Partial<Member> => ({ role, sso, ...(exemption && { exemption }) })),
      ),
    );
    const policies = ssoModes.flatMap((sso) =>
      breakGlassChoices.flatMap((breakGlass) =>
        secondFactorRules.map((secondFactor) => ({ sso, breakGlass, secondFactor })),
      ),
    );
    for (const policy of policies)
      for (const proof of proofs) Object.assign(wanted, await openAll(policy, members, proof));
    const found = await store.tenantsAnywhere(undefined, 10_000, now);
    const looked = Object.keys(wanted);
    expect(looked.length).toBe(policies.length * proofs.length * members.length);
    const foundHere = new Set<string>(found.filter((id) => id in wanted));
    expect(looked.filter((id) => foundHere.has(id) !== wanted[id])).toEqual([]);
    const [first] = found;
    await expect(store.tenantsAnywhere(first, 1, now)).resolves.toEqual(found.slice(1, 2));
  }, 120_000);
});

/** A tenant of its own for each member, with one session; says of each tenant whether that session falls. */
async function openAll(
  policy: Pick<SignInPolicy, 'sso' | 'breakGlass' | 'secondFactor'>,
  members: readonly Partial<Member>[],
  proof: Pick<Session, 'via' | 'secondFactor'>,
): Promise<Record<string, boolean>> {
  const falls = members.map(async (given): Promise<[string, boolean]> => {
    const tenant = await aTenantWith(database.app, policy);
    const { member } = await aMemberOf(database.app, tenant, given);
    const session = await aLocalSession(tenant, { member, user: aUser(member) }, proof);
    return [tenant.id, !sessionStands({ session, tenant, member }, now)];
  });
  return Object.fromEntries(await Promise.all(falls));
}

function aUser({ userId: id }: Member) {
  return { id, email: 'nobody@acme.example', createdAt: now };
}
