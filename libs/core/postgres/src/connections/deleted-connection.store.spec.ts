import { setTimeout as pause } from 'node:timers/promises';
import {
  keepDeletedMs,
  startingPolicy,
  type Connection,
  type NewPerson,
  type Session,
  type Tenant,
} from '@gatehouse/core';
import {
  PostgresAuditLog,
  PostgresConnectionPurge,
  PostgresConnectionStore,
  PostgresDeletedConnectionStore,
  PostgresLinkStore,
  PostgresMemberStore,
  PostgresSessionStore,
} from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import {
  aConnection,
  aLink,
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
let connections: PostgresConnectionStore;
let deleted: PostgresDeletedConnectionStore;
let links: PostgresLinkStore;
let sessions: PostgresSessionStore;
beforeAll(async () => {
  database = await createTestDatabase();
  connections = new PostgresConnectionStore(database.app, chance);
  deleted = new PostgresDeletedConnectionStore(database.app, chance);
  links = new PostgresLinkStore(database.app, chance);
  sessions = new PostgresSessionStore(database.app, chance);
});
afterAll(() => database.drop());

let tenant: Tenant;
let connection: Connection;
let people: NewPerson[];
beforeEach(async () => {
  tenant = await anExistingTenant(database.app, { policy: { ...startingPolicy, sso: 'optional' } });
  connection = await anEnabledConnection();
  people = await Promise.all(Array.from({ length: 3 }, aLinkedPerson));
});

async function anEnabledConnection(): Promise<Connection> {
  const added = aConnection(tenant.id, { enabledAt: now });
  await connections.add(tenant.id, added, because(tenant.id));
  return added;
}

async function aLinkedPerson(): Promise<NewPerson> {
  const person = aPerson(tenant.id);
  await new PostgresMemberStore(database.app, chance).add(tenant.id, person, because(tenant.id));
  await links.add(tenant.id, aLink(connection, person, person.user.id), because(tenant.id));
  return person;
}

async function anOpenSession(of = connection): Promise<Session> {
  const session = aSession(people[0] ?? aPerson(tenant.id), of);
  await sessions.open(tenant.id, session, because(tenant.id, 'sign_in.succeeded'));
  return session;
}

function gone(of = connection, at = now): Connection {
  const { enabledAt: _, ...off } = of;
  return { ...off, deletedAt: at, revision: of.revision + 1 };
}

function remove(confirmed: number, of = connection, at = now) {
  return deleted.remove(tenant.id, gone(of, at), confirmed, because(tenant.id, 'connection.deleted', of.id));
}

describe('removing a connection', () => {
  it('wants the number of members who sign in no other way, and names them [CON-15]', async () => {
    const outcome = await remove(0);
    const emails = people.map(({ user }) => user.email).toSorted();
    expect(outcome).toEqual({
      kind: 'in-use',
      members: 3,
      first: emails.map((email) => ({ email, memberId: expect.stringMatching(/^mem_/) })),
    });
    await expect(connections.find(tenant.id, connection.id)).resolves.toEqual(connection);
    await expect(remove(2)).resolves.toMatchObject({ kind: 'in-use', members: 3 });
    await expect(remove(3)).resolves.toMatchObject({ kind: 'removed' });
  });

  it('does not count who is linked through another one that is on [CON-15]', async () => {
    const [first, second] = people;
    if (!first || !second) throw new Error('Nobody is there.');
    const other = await anEnabledConnection();
    const off = aConnection(tenant.id);
    await connections.add(tenant.id, off, because(tenant.id));
    await links.add(tenant.id, aLink(other, first), because(tenant.id));
    await links.add(tenant.id, aLink(off, second), because(tenant.id));
    await expect(remove(0)).resolves.toMatchObject({ kind: 'in-use', members: 2 });
  });

  it('names twenty at most, and the whole number [CON-15]', async () => {
    for (let more = 0; more < 22; more++) await aLinkedPerson();
    const outcome = await remove(0);
    expect(outcome).toMatchObject({ kind: 'in-use', members: 25 });
    expect(outcome.kind === 'in-use' && outcome.first).toHaveLength(20);
  });

  it('ends its sessions at once, and no others [CON-15]', async () => {
    const other = await anEnabledConnection();
    const [its, foreign] = [await anOpenSession(), await anOpenSession(other)];
    await expect(remove(3)).resolves.toMatchObject({ kind: 'removed', sessionsEnded: 1 });
    await expect(sessions.findLiveAnywhere(its.id, now)).resolves.toBeUndefined();
    await expect(sessions.findLiveAnywhere(foreign.id, now)).resolves.toBeDefined();
    const audit = await new PostgresAuditLog(database.app, chance).list(tenant.id, { limit: 50 });
    const announced = audit.filter(({ type }) => type === 'session.ended').map(({ subject }) => subject);
    expect(announced).toEqual([its.id]);
  });

  it('also lets no session count that a sign-in half-way opens a moment later [CON-15]', async () => {
    await remove(3);
    const late = await anOpenSession();
    await expect(sessions.findLiveAnywhere(late.id, now)).resolves.toBeUndefined();
  });

  it('happens over the revision that was seen only, and once [CON-15]', async () => {
    const outcomes = await Promise.all([remove(3), remove(3), remove(3)]);
    expect(outcomes.filter(({ kind }) => kind === 'removed')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'stale')).toHaveLength(2);
  });

  it('waits for a link that is being written, and counts it [CON-15]', async () => {
    const person = aPerson(tenant.id);
    await new PostgresMemberStore(database.app, chance).add(tenant.id, person, because(tenant.id));
    const { id, userId, issuer, subject, createdAt } = aLink(connection, person, 'late');
    const outcome = await inTenant(database.app, tenant.id, async (transaction) => {
      await transaction.rows(
        `INSERT INTO links (id, tenant_id, connection_id, user_id, issuer, subject, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [id, tenant.id, connection.id, userId, issuer, subject, createdAt],
      );
      const removing = remove(3);
      await pause(200);
      return { removing };
    });
    await expect(outcome.removing).resolves.toMatchObject({ kind: 'in-use', members: 4 });
  });

  it('makes the next one primary, and says so [CON-10] [CON-15]', async () => {
    const next = await anEnabledConnection();
    await connections.makePrimary(tenant.id, connection.id, because(tenant.id));
    await expect(remove(3)).resolves.toMatchObject({ kind: 'removed', primary: next.id });
    await expect(connections.primary(tenant.id)).resolves.toMatchObject({ id: next.id, primary: true });
  });

  it('is a matter of its own tenant [SEC-3] [CON-15]', async () => {
    const other = await anExistingTenant(database.app);
    await expect(deleted.remove(other.id, gone(), 0, because(other.id))).resolves.toEqual({ kind: 'stale' });
    await expect(connections.find(tenant.id, connection.id)).resolves.toEqual(connection);
    await remove(3);
    await expect(deleted.find(other.id, connection.id)).resolves.toBeUndefined();
    await expect(deleted.list(other.id)).resolves.toEqual([]);
  });
});

describe('bringing a connection back', () => {
  it('restores it with its links, switched off [CON-15]', async () => {
    await remove(3);
    await expect(deleted.list(tenant.id)).resolves.toEqual([gone()]);
    const { deletedAt: _, ...back } = { ...gone(), revision: 3 };
    await expect(deleted.restore(tenant.id, back, because(tenant.id))).resolves.toBe('restored');
    await expect(connections.find(tenant.id, connection.id)).resolves.toEqual(back);
    await expect(deleted.list(tenant.id)).resolves.toEqual([]);
    const [first] = people;
    const identity = { issuer: 'https://idp.example', subject: first?.user.id ?? '' };
    await expect(links.findPerson(tenant.id, connection.id, identity)).resolves.toMatchObject({
      user: { id: first?.user.id },
    });
    await expect(deleted.restore(tenant.id, back, because(tenant.id))).resolves.toBe('stale');
  });
});

describe('purging', () => {
  const dayMs = 24 * 60 * 60 * 1000;

  it('removes for good after thirty days, and not a moment before [CON-15]', async () => {
    const purge = new PostgresConnectionPurge(database.app, chance);
    const old = new Date(now.getTime() - keepDeletedMs);
    await remove(3, connection, old);
    const young = await anEnabledConnection();
    await remove(0, young, later(1 - keepDeletedMs / 60_000));
    await purge.purge(now);
    expect((await deleted.list(tenant.id)).map(({ id }) => id)).toEqual([young.id]);
    const identity = { issuer: 'https://idp.example', subject: people[0]?.user.id ?? '' };
    await expect(links.findPerson(tenant.id, connection.id, identity)).resolves.toBeUndefined();
    const audit = await new PostgresAuditLog(database.app, chance).list(tenant.id, { limit: 50 });
    expect(audit.find(({ type }) => type === 'connection.purged')).toMatchObject({
      subject: connection.id,
      actor: { kind: 'system' },
      data: { links: 3 },
    });
    await expect(purge.purge(new Date(now.getTime() + dayMs))).resolves.toBe(1);
  });

  it('touches nothing that is in use, however old [CON-15]', async () => {
    await new PostgresConnectionPurge(database.app, chance).purge(new Date(now.getTime() + 400 * dayMs));
    await expect(connections.find(tenant.id, connection.id)).resolves.toEqual(connection);
  });
});
