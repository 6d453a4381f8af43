import {
  logoutId,
  type AskedLogout,
  type Connection,
  type NewPerson,
  type Session,
  type SessionId,
  type StartedLogout,
} from '@gatehouse/core';
import { PostgresLogoutStore, PostgresMemberStore, PostgresSessionStore, PostgresSweeper } from '../index';
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

const persistent = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';
const ada = { value: 'ada', format: persistent, nameQualifier: 'idp' };

let database: TestDatabase;
let logouts: PostgresLogoutStore;
let sessions: PostgresSessionStore;
let connection: Connection;
let person: NewPerson;
beforeAll(async () => {
  database = await createTestDatabase();
  logouts = new PostgresLogoutStore(database.app, chance);
  sessions = new PostgresSessionStore(database.app, chance);
});
beforeEach(async () => {
  const tenant = await anExistingTenant(database.app);
  connection = await anExistingConnection(database.app, tenant.id);
  person = aPerson(tenant.id);
  await new PostgresMemberStore(database.app, chance).add(tenant.id, person, because(tenant.id));
});
afterAll(() => database.drop());

async function anOpenSession(given: Partial<Session> = {}): Promise<SessionId> {
  const session = aSession(person, connection, { nameId: ada, ...given });
  await sessions.open(session.tenantId, session, because(session.tenantId, 'sign_in.succeeded'));
  return session.id;
}

let requests = 0;
function end(asked: Partial<AskedLogout> = {}, from = connection) {
  requests += 1;
  const request = { requestId: `_${requests}`, rememberUntil: later(8), nameId: ada, sessionIndexes: [] };
  return logouts.endSessions(from.tenantId, from.id, { ...request, ...asked }, now, (ended) => [
    because(from.tenantId, 'logout.received', from.id),
    ...ended.map((id) => because(from.tenantId, 'session.ended', id)),
  ]);
}

async function isLive(id: SessionId): Promise<boolean> {
  return (await sessions.findLiveAnywhere(id, now)) !== undefined;
}

describe('the store of logouts', () => {
  it('keeps the whole NameID with a session [SML-11]', async () => {
    const view = await sessions.findLiveAnywhere(await anOpenSession(), now);
    expect(view?.session.nameId).toEqual(ada);
  });

  it('ends every session of a NameID, or the ones that are named [SML-11]', async () => {
    const open = (sessionIndex: string) => anOpenSession({ sessionIndex });
    const [a, b, c] = [await open('_a'), await open('_b'), await open('_c')];
    await expect(end({ sessionIndexes: ['_a', '_x'] })).resolves.toEqual([a]);
    expect([await isLive(a), await isLive(b), await isLive(c)]).toEqual([false, true, true]);
    const rest = await end();
    expect(new Set(rest)).toEqual(new Set([b, c]));
    await expect(end()).resolves.toEqual([]);
  });

  it('leaves alone whom the request does not mean [SML-11] [SEC-3]', async () => {
    const other = await anExistingConnection(database.app, connection.tenantId);
    const kept = [
      await anOpenSession({ nameId: { ...ada, value: 'Ada' } }),
      await anOpenSession({ nameId: { ...ada, nameQualifier: 'another' } }),
      await anOpenSession({ connectionId: other.id }),
    ];
    const { nameId: _, ...unnamed } = aSession(person, connection);
    await sessions.open(unnamed.tenantId, unnamed, because(unnamed.tenantId, 'sign_in.succeeded'));
    await expect(end()).resolves.toEqual([]);
    expect(await Promise.all([...kept, unnamed.id].map(isLive))).toEqual([true, true, true, true]);
  });

  it('takes a request once, of many at once too, and notes all of it or nothing [SML-7] [AUD-1]', async () => {
    const id = await anOpenSession();
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => end({ requestId: '_once' })));
    expect(outcomes.filter((outcome) => outcome !== 'replayed')).toEqual([[id]]);
    const rows = await inTenant(database.app, connection.tenantId, (transaction) =>
      transaction.rows(`SELECT type FROM audit_entries WHERE type IN ('logout.received', 'session.ended')`),
    );
    expect(rows.map((row) => row.text('type')).toSorted()).toEqual(['logout.received', 'session.ended']);
  });

  it('does not take the ID of a request for that of an assertion [SML-7]', async () => {
    await end({ requestId: '_shared' });
    const [row] = await inTenant(database.app, connection.tenantId, (transaction) =>
      transaction.rows('SELECT assertion_id FROM used_assertions'),
    );
    expect(row?.text('assertion_id')).toBe('logout _shared');
  });

  function aLogout(given: Partial<StartedLogout> = {}): StartedLogout {
    return {
      id: logoutId.create(now, chance),
      tenantId: connection.tenantId,
      connectionId: connection.id,
      sessionId: aSession(person, connection).id,
      requestId: `_${logoutId.create(now, chance)}`,
      returnUrl: 'https://app.example/bye?state=1',
      startedAt: now,
      expiresAt: later(15),
      ...given,
    };
  }

  const take = ({ tenantId, connectionId, requestId }: StartedLogout, at = now) =>
    logouts.take(tenantId, connectionId, requestId, at, () => because(tenantId, 'logout.answered'));

  it('keeps a logout of ours for one answer, of the same connection, in time [SML-11]', async () => {
    const logout = aLogout();
    await logouts.start(logout.tenantId, logout, because(logout.tenantId, 'logout.sent'));
    const stranger = await anExistingTenant(database.app);
    const other = await anExistingConnection(database.app, connection.tenantId);
    await expect(take({ ...logout, tenantId: stranger.id })).resolves.toBeUndefined();
    await expect(take({ ...logout, connectionId: other.id })).resolves.toBeUndefined();
    await expect(take(logout, later(15))).resolves.toBeUndefined();
    const taken = await Promise.all(Array.from({ length: 5 }, () => take(logout)));
    expect(taken.filter((each) => each !== undefined)).toEqual([logout]);
  });

  it('is swept of what has expired', async () => {
    const logout = aLogout();
    await logouts.start(logout.tenantId, logout, because(logout.tenantId, 'logout.sent'));
    await new PostgresSweeper(database.app).sweep(later(15));
    await expect(take(logout)).resolves.toBeUndefined();
  });
});
