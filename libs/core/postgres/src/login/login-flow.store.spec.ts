import { PostgresLoginFlowStore, PostgresSessionStore, PostgresSweeper } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import {
  aFlow,
  anExistingConnection,
  anExistingTenant,
  aPerson,
  aSession,
  because,
  chance,
  later,
  now,
} from '../testing/given';
import { rowsInTenant } from '../transaction';
import type { Connection, LoginFlow } from '@gatehouse/core';

let database: TestDatabase;
let flows: PostgresLoginFlowStore;
let connection: Connection;
let flow: LoginFlow;
beforeAll(async () => {
  database = await createTestDatabase();
  flows = new PostgresLoginFlowStore(database.app);
  const tenant = await anExistingTenant(database.app);
  connection = await anExistingConnection(database.app, tenant.id);
});
beforeEach(async () => {
  flow = aFlow(connection, { interactionId: 'interaction' });
  await flows.start(flow.tenantId, flow);
});
afterAll(() => database.drop());

let assertions = 0;
function take({
  requestId = flow.requestId,
  assertionId = `_a${++assertions}`,
  at = now,
  of = connection,
} = {}) {
  return flows.take(of.tenantId, of.id, { requestId, assertionId, rememberUntil: later(20) }, at);
}

describe('taking a flow', () => {
  it('accepts one of twenty parallel posts of an assertion and calls the others replays [SML-7]', async () => {
    for (let round = 0; round < 5; round++) {
      flow = aFlow(connection);
      await flows.start(flow.tenantId, flow);
      const assertionId = `_race${round}`;
      const outcomes = await Promise.all(Array.from({ length: 20 }, () => take({ assertionId })));
      expect(outcomes.filter(({ kind }) => kind === 'taken')).toEqual([{ kind: 'taken', flow }]);
      expect(outcomes.filter(({ kind }) => kind === 'replayed')).toHaveLength(19);
    }
  });

  it('accepts one of twenty different assertions that answer one request [SML-7]', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => take()));
    expect(outcomes.filter(({ kind }) => kind === 'taken')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'unknown-request')).toHaveLength(19);
  });

  it('refuses a used assertion for another request of the same connection [SML-7]', async () => {
    await take({ assertionId: '_once' });
    const next = aFlow(connection);
    await flows.start(next.tenantId, next);
    await expect(take({ assertionId: '_once', requestId: next.requestId })).resolves.toEqual({
      kind: 'replayed',
    });
    await expect(take({ requestId: next.requestId })).resolves.toEqual({ kind: 'unknown-request' });
  });

  it('does not remember an assertion whose request is unknown, expired or of another connection [SML-7]', async () => {
    const unknown = { kind: 'unknown-request' };
    const other = await anExistingConnection(database.app, connection.tenantId);
    await expect(take({ assertionId: '_kept', requestId: '_nobody' })).resolves.toEqual(unknown);
    await expect(take({ assertionId: '_kept', at: later(15) })).resolves.toEqual(unknown);
    await expect(take({ assertionId: '_kept', of: other })).resolves.toEqual(unknown);
    await expect(take({ assertionId: '_kept' })).resolves.toEqual({ kind: 'taken', flow });
  });
});

describe('taking the test of a pending version', () => {
  function answer(requestId: string, version?: number) {
    const assertionId = `_v${++assertions}`;
    const given = { requestId, assertionId, rememberUntil: later(20), version };
    return flows.take(connection.tenantId, connection.id, given, now);
  }

  it('wants an answer that was verified under this very version, and uses nothing up for another [CON-16]', async () => {
    const test = aFlow(connection, { purpose: 'test', version: 2 });
    await flows.start(test.tenantId, test);
    const unknown = { kind: 'unknown-request' };
    await expect(answer(test.requestId)).resolves.toEqual(unknown);
    await expect(answer(test.requestId, 3)).resolves.toEqual(unknown);
    await expect(flows.findOpen(test.tenantId, connection.id, test.requestId, now)).resolves.toEqual(test);
    await expect(answer(test.requestId, 2)).resolves.toEqual({ kind: 'taken', flow: test });
    await expect(flows.findOpen(test.tenantId, connection.id, test.requestId, now)).resolves.toBeUndefined();
  });

  it('never takes a sign-in for an answer that was verified under a pending version [CON-16]', async () => {
    await expect(answer(flow.requestId, 2)).resolves.toEqual({ kind: 'unknown-request' });
    await expect(answer(flow.requestId)).resolves.toEqual({ kind: 'taken', flow });
  });

  it('finds only what is open, and of this connection [CON-16]', async () => {
    const other = await anExistingConnection(database.app, connection.tenantId);
    const find = (id: Connection['id'], at: Date) =>
      flows.findOpen(connection.tenantId, id, flow.requestId, at);
    await expect(find(connection.id, now)).resolves.toEqual(flow);
    await expect(find(connection.id, later(15))).resolves.toBeUndefined();
    await expect(find(other.id, now)).resolves.toBeUndefined();
  });
});

describe('finishing a flow', () => {
  const sessions = () => new PostgresSessionStore(database.app, chance);

  /** The session that ends the flow, with its ticket: one transaction writes both. */
  async function leaveSession(ticketHash: string) {
    const session = aSession(aPerson(flow.tenantId), connection);
    const waiting = { flowId: flow.id, ticketHash };
    const reason = because(flow.tenantId, 'sign_in.succeeded');
    await sessions().open(flow.tenantId, session, reason, waiting);
    return session;
  }

  it('gives the result once, and to the browser that began', async () => {
    await take();
    const session = await leaveSession('ticket-1');
    await expect(flows.finishAnywhere('ticket-1', 'another browser', now)).resolves.toBe('other-browser');
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => flows.finishAnywhere('ticket-1', 'browser', now)),
    );
    expect(outcomes.filter((outcome) => outcome !== 'unknown')).toEqual([{ flow, sessionId: session.id }]);
    await expect(flows.finishAnywhere('ticket-1', 'another browser', now)).resolves.toBe('unknown');
  });

  it('knows no ticket that was never left or has expired', async () => {
    await take();
    await flows.leave(flow.tenantId, flow.id, { ticketHash: 'ticket-2' });
    await expect(flows.finishAnywhere('no such ticket', 'browser', now)).resolves.toBe('unknown');
    await expect(flows.finishAnywhere('ticket-2', 'browser', later(15))).resolves.toBe('unknown');
    await expect(flows.finishAnywhere('ticket-2', 'browser', later(14))).resolves.toEqual({ flow });
  });

  it("opens no session with a ticket that is another flow's already [SES-6]", async () => {
    await take();
    await flows.leave(flow.tenantId, flow.id, { ticketHash: 'ticket-6' });
    flow = aFlow(connection);
    await flows.start(flow.tenantId, flow);
    await take();
    await expect(leaveSession('ticket-6')).rejects.toThrow('login_flows_ticket');
    const opened = 'SELECT id FROM sessions WHERE tenant_id = $1 AND created_at = $2';
    const rows = await rowsInTenant(database.app, flow.tenantId, opened, [flow.tenantId, now]);
    expect(rows).toHaveLength(1);
  });

  it('takes no result for a flow that nobody answered, and no second result', async () => {
    const leave = (ticketHash: string) => flows.leave(flow.tenantId, flow.id, { ticketHash });
    await expect(leave('ticket-3')).rejects.toThrow('was not taken');
    await take();
    await leave('ticket-4');
    await expect(leave('ticket-5')).rejects.toThrow('has a result already');
  });
});

describe('sweeping', () => {
  it('forgets expired flows and assertions, and an assertion not a moment before [SML-7]', async () => {
    const sweeper = new PostgresSweeper(database.app);
    await take({ assertionId: '_swept' });
    expect((await sweeper.sweep(later(15))).flows).toBeGreaterThan(0);
    flow = aFlow(connection, { expiresAt: later(60) });
    await flows.start(flow.tenantId, flow);
    await expect(take({ assertionId: '_swept', at: later(16) })).resolves.toEqual({ kind: 'replayed' });
    expect((await sweeper.sweep(later(20))).assertions).toBeGreaterThan(0);
    const next = aFlow(connection, { startedAt: later(20), expiresAt: later(35) });
    await flows.start(next.tenantId, next);
    const again = take({ assertionId: '_swept', requestId: next.requestId, at: later(21) });
    await expect(again).resolves.toMatchObject({ kind: 'taken' });
  });
});

describe('rounds of one browser', () => {
  const minuteAgo = (at: Date) => ({ most: 4, since: new Date(at.getTime() - 60_000) });
  const begin = (changes: Partial<LoginFlow> = {}, of = connection) => {
    const next = aFlow(of, { browserKeyHash: 'loops', startedAt: later(0.5), ...changes });
    return flows.start(next.tenantId, next, minuteAgo(next.startedAt));
  };

  it('are a loop when four of the last minute came to nothing, to the millisecond [LOG-10]', async () => {
    const looping = await anExistingConnection(database.app, connection.tenantId);
    for (let round = 0; round < 4; round++) await expect(begin({}, looping)).resolves.toBe('started');
    await expect(begin({}, looping)).resolves.toBe('looping');
    await expect(begin({ browserKeyHash: 'another' }, looping)).resolves.toBe('started');
    await expect(begin()).resolves.toBe('started');
    const edge = later(1.5).getTime();
    await expect(begin({ startedAt: new Date(edge - 1) }, looping)).resolves.toBe('looping');
    await expect(begin({ startedAt: new Date(edge) }, looping)).resolves.toBe('started');
  });

  it('are none where one of them was taken up, and leave nothing behind when they are [LOG-10]', async () => {
    const other = await anExistingConnection(database.app, connection.tenantId);
    const first = aFlow(other, { browserKeyHash: 'ends well' });
    await flows.start(first.tenantId, first);
    await take({ requestId: first.requestId, of: other });
    await flows.leave(first.tenantId, first.id, { ticketHash: 'ends well' });
    await flows.finishAnywhere('ends well', 'ends well', now);
    const again = () => begin({ browserKeyHash: 'ends well', startedAt: now }, other);
    for (let round = 0; round < 5; round++) await expect(again()).resolves.toBe('started');
  });
});
