import {
  PostgresAuditLog,
  PostgresMemberStore,
  PostgresSessionStore,
  PostgresSweeper,
  PostgresTenantStore,
} from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import {
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
import { sessionId, type NewPerson, type Session, type Tenant } from '@gatehouse/core';

let database: TestDatabase;
let sessions: PostgresSessionStore;
beforeAll(async () => {
  database = await createTestDatabase();
  sessions = new PostgresSessionStore(database.app, chance);
});
afterAll(() => database.drop());

async function anOpenSession(given: Partial<Session> = {}, suspendedAt?: Date) {
  const tenant = await anExistingTenant(database.app);
  const connection = await anExistingConnection(database.app, tenant.id);
  const person = aPerson(tenant.id, { role: 'admin', ...(suspendedAt && { suspendedAt }) });
  await new PostgresMemberStore(database.app, chance).add(tenant.id, person, because(tenant.id));
  const session = aSession(person, connection, given);
  await sessions.open(tenant.id, session, because(tenant.id, 'sign_in.succeeded'));
  return { tenant, session, ...person };
}

function suspend(tenant: Tenant): Promise<void> {
  return new PostgresTenantStore(database.app, chance).update(
    { ...tenant, suspendedAt: now },
    because(tenant.id),
  );
}

describe('the store of sessions', () => {
  it('finds a live session with tenant, user and member as they are now', async () => {
    const view = await anOpenSession();
    await expect(sessions.findLiveAnywhere(view.session.id, now)).resolves.toEqual(view);
  });

  it('finds none that has expired or was ended', async () => {
    const { session, tenant } = await anOpenSession();
    await expect(sessions.findLiveAnywhere(session.id, session.expiresAt)).resolves.toBeUndefined();
    await expect(sessions.findLiveAnywhere(session.id, later(59))).resolves.toBeDefined();
    await expect(sessions.end(tenant.id, session.id, because(tenant.id, 'session.ended'))).resolves.toBe(
      'ended',
    );
    await expect(sessions.end(tenant.id, session.id, because(tenant.id, 'session.ended'))).resolves.toBe(
      'absent',
    );
    await expect(sessions.findLiveAnywhere(session.id, now)).resolves.toBeUndefined();
  });

  it('finds none of a suspended member or tenant', async () => {
    const suspended = await anOpenSession({}, now);
    await expect(sessions.findLiveAnywhere(suspended.session.id, now)).resolves.toBeUndefined();
    const { session, tenant } = await anOpenSession();
    await suspend(tenant);
    await expect(sessions.findLiveAnywhere(session.id, now)).resolves.toBeUndefined();
  });

  it('lets no other tenant end a session [SEC-3]', async () => {
    const { session } = await anOpenSession();
    const other = await anExistingTenant(database.app);
    await expect(sessions.end(other.id, session.id, because(other.id))).resolves.toBe('absent');
    await expect(sessions.findLiveAnywhere(session.id, now)).resolves.toBeDefined();
  });
});

/** Several sessions of the people of one tenant, the oldest first. */
async function aBusyTenant(count = 3) {
  const tenant = await anExistingTenant(database.app);
  const connection = await anExistingConnection(database.app, tenant.id);
  const [ada, ben] = [aPerson(tenant.id), aPerson(tenant.id)];
  const opened: Session[] = [];
  for (const person of [ada, ben]) {
    await new PostgresMemberStore(database.app, chance).add(tenant.id, person, because(tenant.id));
    for (let index = 0; index < count; index += 1) {
      const at = later(opened.length / 60);
      const session = aSession(person, connection, { id: sessionId.create(at, chance), createdAt: at });
      await sessions.open(tenant.id, session, because(tenant.id, 'sign_in.succeeded'));
      opened.push(session);
    }
  }
  const ids = (person: NewPerson) =>
    opened.filter((session) => session.memberId === person.member.id).map(({ id }) => id);
  return { tenant, connection, ada, ben, ids, newestFirst: opened.map(({ id }) => id).toReversed() };
}

describe('listing sessions', () => {
  it('tells whose they are, newest first, page by page, of one tenant only [SES-3] [SEC-3]', async () => {
    const { tenant, newestFirst, ben } = await aBusyTenant();
    await anOpenSession();
    const first = await sessions.list(tenant.id, {}, { limit: 4 }, later(1));
    const after = first.at(-1)?.session.id ?? '';
    const rest = await sessions.list(tenant.id, {}, { limit: 4, after }, later(1));
    expect([...first, ...rest].map(({ session }) => session.id)).toEqual(newestFirst);
    expect(first[0]).toMatchObject({ user: ben.user, connectionLabel: 'Okta' });
  });

  it('shows those of one member, and nothing of another tenant by its member [SES-3] [SEC-3]', async () => {
    const { tenant, ada, ids } = await aBusyTenant();
    const other = await anExistingTenant(database.app);
    const listed = await sessions.list(tenant.id, { memberId: ada.member.id }, { limit: 9 }, later(1));
    expect(listed.map(({ session }) => session.id)).toEqual(ids(ada).toReversed());
    await expect(
      sessions.list(other.id, { memberId: ada.member.id }, { limit: 9 }, later(1)),
    ).resolves.toEqual([]);
  });

  it('leaves out what has ended or expired [SES-3]', async () => {
    const { tenant, newestFirst } = await aBusyTenant(1);
    const [newest, oldest] = newestFirst;
    if (newest === undefined) throw new Error('Two were opened.');
    await sessions.end(tenant.id, newest, { ...because(tenant.id, 'session.ended'), at: later(1) });
    const listed = await sessions.list(tenant.id, {}, { limit: 9 }, later(1));
    expect(listed.map(({ session }) => session.id)).toEqual([oldest]);
    await expect(sessions.list(tenant.id, {}, { limit: 9 }, later(61))).resolves.toEqual([]);
  });

  it("finds a person's own in every tenant, and nobody else's [SES-3]", async () => {
    const { session, user, tenant } = await anOpenSession();
    const second = await anExistingTenant(database.app);
    const person = { user, member: { ...aPerson(second.id).member, userId: user.id } };
    await new PostgresMemberStore(database.app, chance).add(second.id, person, because(second.id));
    const connection = await anExistingConnection(database.app, second.id);
    const there = aSession(person, connection, { id: sessionId.create(later(1), chance) });
    await sessions.open(second.id, there, because(second.id, 'sign_in.succeeded'));
    await anOpenSession();
    await expect(sessions.listOfUserAnywhere(user.id, later(1))).resolves.toEqual([
      { session: there, tenant: second, connectionLabel: 'Okta' },
      { session, tenant, connectionLabel: 'Okta' },
    ]);
    await expect(sessions.listOfUserAnywhere(user.id, later(61))).resolves.toEqual([]);
  });
});

describe('ending sessions', () => {
  const facts = (tenant: Tenant) => async () =>
    (await new PostgresAuditLog(database.app, chance).list(tenant.id, { limit: 99 }))
      .filter(({ type }) => type === 'session.ended')
      .map(({ subject }) => subject);

  it('ends those of one member, each with a fact of its own, and no other [SES-3] [AUD-1]', async () => {
    const { tenant, ada, ben, ids } = await aBusyTenant();
    const which = { memberId: ada.member.id, openedUntil: later(1) };
    const ended = (id: string) => ({ ...because(tenant.id, 'session.ended', id), at: later(1) });
    await expect(sessions.endSome(tenant.id, which, 2, ended)).resolves.toHaveLength(2);
    await expect(sessions.endSome(tenant.id, which, 2, ended)).resolves.toHaveLength(1);
    await expect(sessions.endSome(tenant.id, which, 2, ended)).resolves.toEqual([]);
    expect((await facts(tenant)()).toSorted()).toEqual(ids(ada).toSorted());
    const left = await sessions.list(tenant.id, {}, { limit: 9 }, later(1));
    expect(left.map(({ session }) => session.id)).toEqual(ids(ben).toReversed());
  });

  it('ends all of a tenant but what is opened meanwhile, and none of another [SES-3] [SEC-3]', async () => {
    const { tenant, newestFirst, ada } = await aBusyTenant();
    const { session: bystander, tenant: other } = await anOpenSession();
    const ended = (of: Tenant) => (id: string) => because(of.id, 'session.ended', id);
    const foreign = { memberId: ada.member.id, openedUntil: later(1) };
    await expect(sessions.endSome(other.id, foreign, 9, ended(other))).resolves.toEqual([]);
    const some = await sessions.endSome(tenant.id, { openedUntil: later(1 / 60) }, 9, ended(tenant));
    expect(some.toSorted()).toEqual(newestFirst.slice(-2).toSorted());
    await sessions.endSome(tenant.id, { openedUntil: later(1) }, 9, ended(tenant));
    await expect(sessions.list(tenant.id, {}, { limit: 9 }, later(1))).resolves.toEqual([]);
    await expect(sessions.findLiveAnywhere(bystander.id, now)).resolves.toBeDefined();
  });

  it('leaves every session as it was where the facts cannot be written [AUD-1]', async () => {
    const { tenant } = await aBusyTenant(1);
    const unwritable = () => because(tenant.id, 'session.ended', 'a NUL \u0000');
    await expect(sessions.endSome(tenant.id, { openedUntil: later(1) }, 9, unwritable)).rejects.toThrow();
    await expect(sessions.list(tenant.id, {}, { limit: 9 }, later(1))).resolves.toHaveLength(2);
    expect(await facts(tenant)()).toEqual([]);
  });

  it('ends none that has expired by itself, and finds one whatever the policy says of it [SES-3]', async () => {
    const { session, tenant } = await anOpenSession({}, now);
    await expect(sessions.findLiveAnywhere(session.id, now)).resolves.toBeUndefined();
    await expect(sessions.findOpenAnywhere(session.id, now)).resolves.toEqual(session);
    await expect(sessions.findOpenAnywhere(session.id, session.expiresAt)).resolves.toBeUndefined();
    const late = { ...because(tenant.id, 'session.ended'), at: session.expiresAt };
    await expect(sessions.end(tenant.id, session.id, late)).resolves.toBe('absent');
  });
});

describe('sweeping sessions', () => {
  it('forgets those that have expired, with all that they say of a person, and no other [SES-1]', async () => {
    const { session, tenant } = await anOpenSession({ expiresAt: later(5) });
    const { session: live, tenant: other } = await anOpenSession({ expiresAt: later(10) });
    const kept = ({ id }: Tenant) =>
      inTenant(database.app, id, async (transaction) =>
        (await transaction.rows('SELECT id FROM sessions WHERE tenant_id = $1', [id])).map((row) =>
          row.text('id'),
        ),
      );
    await expect(kept(tenant)).resolves.toEqual([session.id]);
    expect((await new PostgresSweeper(database.app).sweep(later(5))).sessions).toBeGreaterThan(0);
    await expect(kept(tenant)).resolves.toEqual([]);
    await expect(kept(other)).resolves.toEqual([live.id]);
  });
});
