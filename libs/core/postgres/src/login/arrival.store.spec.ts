import { applicationId, arrivalId, sessionId, type Arrival, type Connection } from '@gatehouse/core';
import { PostgresArrivalStore, PostgresLoginFlowStore, PostgresSweeper } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { aFlow, anExistingConnection, anExistingTenant, because, chance, later, now } from '../testing/given';

let database: TestDatabase;
let arrivals: PostgresArrivalStore;
let connection: Connection;
beforeAll(async () => {
  database = await createTestDatabase();
  arrivals = new PostgresArrivalStore(database.app, chance);
});
beforeEach(async () => {
  connection = await anExistingConnection(database.app, (await anExistingTenant(database.app)).id);
});
afterAll(() => database.drop());

function anArrival(given: Partial<Arrival> = {}): Arrival {
  const { id, tenantId } = connection;
  const times = { arrivedAt: now, expiresAt: later(5) };
  return { id: arrivalId.create(now, chance), tenantId, connectionId: id, ...times, ...given };
}

function begin(arrival: Arrival, assertion = `_${arrival.id}`) {
  const fact = because(arrival.tenantId, 'sign_in.arrived');
  return arrivals.begin(arrival.tenantId, arrival, { id: assertion, rememberUntil: later(15) }, fact);
}

/** Begun, left with a result and bound to a browser. */
async function aWaitingArrival(given: { session?: `ses_${string}`; browser?: string; at?: Date } = {}) {
  const arrival = anArrival({ id: arrivalId.create(given.at ?? now, chance) });
  await begin(arrival);
  const result = { ticketHash: `ticket of ${arrival.id}` };
  const { session } = given;
  await arrivals.leave(arrival.tenantId, arrival.id, session ? { ...result, sessionId: session } : result);
  await arrivals.bindAnywhere(result.ticketHash, given.browser ?? 'browser', now);
  return { arrival, ...result };
}

const aSessionId = () => sessionId.create(now, chance);
const waits = (browser = 'browser', at = now) =>
  arrivals.waits(connection.tenantId, connection.id, browser, at);
const take = (browser = 'browser', at = now) =>
  arrivals.take(connection.tenantId, connection.id, browser, at);

describe('the store of arrivals', () => {
  it('begins one an assertion, of many at once too [SML-7]', async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => begin(anArrival(), '_same')));
    expect(outcomes.filter((outcome) => outcome === 'begun')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'replayed')).toHaveLength(7);
  });

  it('shares the memory of assertions with the sign-ins that begin here [SML-7]', async () => {
    await begin(anArrival(), '_shared');
    const flow = aFlow(connection);
    const flows = new PostgresLoginFlowStore(database.app);
    await flows.start(flow.tenantId, flow);
    const answer = { requestId: flow.requestId, assertionId: '_shared', rememberUntil: later(15) };
    await expect(flows.take(flow.tenantId, connection.id, answer, now)).resolves.toEqual({
      kind: 'replayed',
    });
  });

  it('binds to the first browser that brings the ticket, which may repeat it [SES-6]', async () => {
    const arrival = anArrival({ applicationId: applicationId.create(now, chance) });
    await begin(arrival);
    await arrivals.leave(arrival.tenantId, arrival.id, { ticketHash: 'ticket', sessionId: aSessionId() });
    await expect(arrivals.bindAnywhere('ticket', 'mine', now)).resolves.toEqual(arrival);
    await expect(arrivals.bindAnywhere('ticket', 'mine', now)).resolves.toEqual(arrival);
    await expect(arrivals.bindAnywhere('ticket', 'theirs', now)).resolves.toBe('other-browser');
    await expect(arrivals.bindAnywhere('another', 'mine', now)).resolves.toBe('unknown');
    await expect(arrivals.bindAnywhere('ticket', 'mine', later(5))).resolves.toBe('unknown');
  });

  it('hands the session to that browser, once, of parallel questions too [SML-2]', async () => {
    const session = aSessionId();
    await aWaitingArrival({ session });
    expect([await waits(), await waits('other'), await waits('browser', later(5))]).toEqual([
      true,
      false,
      false,
    ]);
    await expect(take('other')).resolves.toBeUndefined();
    await expect(take('browser', later(5))).resolves.toBeUndefined();
    const taken = await Promise.all(Array.from({ length: 6 }, () => take()));
    expect(taken.filter((each) => each !== undefined)).toEqual([{ sessionId: session }]);
    expect(await waits()).toBe(false);
  });

  it('hands out the newest of several, and none of the others later [SML-2]', async () => {
    const newest = aSessionId();
    await aWaitingArrival({ session: newest, at: later(1) });
    await aWaitingArrival({ session: aSessionId() });
    await expect(take()).resolves.toEqual({ sessionId: newest });
    await expect(take()).resolves.toBeUndefined();
  });

  it('hands out one without a session as such [SML-2]', async () => {
    const { ticketHash } = await aWaitingArrival();
    await expect(take()).resolves.toEqual({});
    await expect(arrivals.bindAnywhere(ticketHash, 'browser', now)).resolves.toBe('unknown');
  });

  it('hands nothing out before the browser came, or for another connection or tenant [SEC-3]', async () => {
    const arrival = anArrival();
    await begin(arrival);
    expect(await waits()).toBe(false);
    await aWaitingArrival({ session: aSessionId() });
    const other = await anExistingConnection(database.app, connection.tenantId);
    const stranger = await anExistingTenant(database.app);
    await expect(arrivals.take(connection.tenantId, other.id, 'browser', now)).resolves.toBeUndefined();
    await expect(arrivals.take(stranger.id, connection.id, 'browser', now)).resolves.toBeUndefined();
    await expect(arrivals.leave(stranger.id, arrival.id, { ticketHash: 'x' })).rejects.toThrow('arrival');
    expect(await waits()).toBe(true);
  });

  it('is swept when it has expired', async () => {
    const { ticketHash } = await aWaitingArrival();
    await new PostgresSweeper(database.app).sweep(later(5));
    await expect(arrivals.bindAnywhere(ticketHash, 'browser', now)).resolves.toBe('unknown');
  });
});
