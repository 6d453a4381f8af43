import {
  PostgresAuditLog,
  PostgresLoginFlowStore,
  PostgresSignInTraceStore,
  PostgresSweeper,
} from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { aFlow, anExistingConnection, anExistingTenant, because, chance, later, now } from '../testing/given';
import { rowsOf } from '../transaction';
import { traceId, type Connection, type SignInTrace, type TraceFilter } from '@gatehouse/core';

let database: TestDatabase;
let traces: PostgresSignInTraceStore;
let connection: Connection;
beforeAll(async () => {
  database = await createTestDatabase();
  traces = new PostgresSignInTraceStore(database.app, chance);
});
beforeEach(async () => {
  const tenant = await anExistingTenant(database.app);
  connection = await anExistingConnection(database.app, tenant.id);
});
afterAll(() => database.drop());

function aTrace(given: Partial<SignInTrace> = {}, of = connection): SignInTrace {
  const at = given.at ?? now;
  return {
    ...{ id: traceId.create(at, chance), tenantId: of.tenantId, connectionId: of.id },
    ...{ reference: '7K3F-92QD-0M4T', at, outcome: 'signed-in', totalMs: 1.25 },
    checks: [{ name: 'encoding', result: 'passed', ms: 0.1 }],
    attributes: [{ name: 'email', values: ['ada@acme.example'], count: 1, mapsTo: 'email' }],
    ...given,
  };
}

function list(filter: TraceFilter = {}, limit = 50, after?: string) {
  const page = after === undefined ? { limit } : { limit, after };
  return traces.list(connection.tenantId, filter, page);
}

const whole: Partial<SignInTrace> = {
  purpose: 'test',
  outcome: 'refused',
  code: 'saml_audience_mismatch',
  checks: [
    { name: 'encoding', result: 'passed', ms: 0 },
    { name: 'audience', result: 'failed', ms: 0.02, want: 'ours', got: ['theirs'] },
    { name: 'subject', result: 'not-reached' },
  ],
  certificateFingerprint: 'AB:CD',
  subject: 'ada',
  email: 'ada@acme.example',
  inResponseTo: '_request',
  response: '<Response/>',
  address: '192.0.2.7',
  userAgent: 'Firefox',
};

describe('a trace', () => {
  it('is read as it was written, a part of it in lists [LOG-11]', async () => {
    const [plain, full] = [aTrace(), aTrace(whole)];
    await traces.record(plain);
    await traces.record(full);
    await expect(traces.find(connection.tenantId, plain.id)).resolves.toEqual(plain);
    await expect(traces.find(connection.tenantId, full.id)).resolves.toEqual(full);
    const { checks: _, attributes: __, response: ___, ...summary } = full;
    await expect(list({ outcome: 'refused' })).resolves.toEqual([summary]);
  });

  it('learns from the request that the answer names what it was for [LOG-11] [CON-9]', async () => {
    const flows = new PostgresLoginFlowStore(database.app);
    const flow = aFlow(connection, { purpose: 'test' });
    await flows.start(flow.tenantId, flow);
    const named = aTrace({ inResponseTo: flow.requestId });
    const other = aTrace(
      { inResponseTo: flow.requestId },
      await anExistingConnection(database.app, flow.tenantId),
    );
    for (const trace of [named, other]) await traces.record(trace);
    await expect(traces.find(flow.tenantId, named.id)).resolves.toMatchObject({ purpose: 'test' });
    expect(await traces.find(flow.tenantId, other.id)).not.toHaveProperty('purpose');
  });

  it('of a refusal is written with its audit row, or neither is [LOG-11] [AUD-1]', async () => {
    const audit = new PostgresAuditLog(database.app, chance);
    const trace = aTrace({ outcome: 'refused', code: 'saml_expired' });
    const refused = because(connection.tenantId, 'sign_in.refused');
    await traces.recordRefused(trace, refused);
    const before = await audit.list(connection.tenantId, { limit: 50 });
    expect(before.map(({ type }) => type)).toContain('sign_in.refused');
    await expect(traces.recordRefused(trace, refused)).rejects.toThrow('sign_in_traces');
    await expect(audit.list(connection.tenantId, { limit: 50 })).resolves.toEqual(before);
  });
});

describe('the list of traces', () => {
  it('is newest first, in pages by key [LOG-11]', async () => {
    const given = [0, 1, 2, 3, 4].map((minutes) => aTrace({ at: later(minutes) }));
    for (const trace of given) await traces.record(trace);
    const ids = given.map(({ id }) => id).toReversed();
    const first = await list({}, 3);
    expect(first.map(({ id }) => id)).toEqual(ids.slice(0, 3));
    expect((await list({}, 3, first[2]?.id)).map(({ id }) => id)).toEqual(ids.slice(3));
  });

  it.each<[string, () => TraceFilter]>([
    ['the connection', () => ({ connectionId: connection.id })],
    ['what it was for', () => ({ purpose: 'test' })],
    ['what came of it', () => ({ outcome: 'refused' })],
    ['the code', () => ({ code: 'saml_expired' })],
    ['the e-mail in any case', () => ({ email: 'ADA@acme.example' })],
    ['the reference', () => ({ reference: 'AAAA-BBBB-CCCC' })],
    ['the time from', () => ({ from: later(5) })],
    ['the time until, which is exclusive', () => ({ from: later(5), to: later(6) })],
    ['several of them', () => ({ email: 'ada@acme.example', outcome: 'refused', to: later(6) })],
  ])('can be narrowed by %s [LOG-11] [LOG-9]', async (_, filter) => {
    const other = await anExistingConnection(database.app, connection.tenantId);
    const wanted = aTrace({
      ...{ purpose: 'test', outcome: 'refused', code: 'saml_expired', email: 'Ada@Acme.example' },
      ...{ reference: 'AAAA-BBBB-CCCC', at: later(5) },
    });
    await traces.record(aTrace({ at: later(0), email: 'ben@acme.example' }, other));
    await traces.record(wanted);
    expect((await list(filter())).map(({ id }) => id)).toEqual([wanted.id]);
  });

  it('holds the traces of its own tenant only [LOG-11] [SEC-3]', async () => {
    const trace = aTrace();
    await traces.record(trace);
    const stranger = await anExistingTenant(database.app);
    await expect(traces.list(stranger.id, {}, { limit: 50 })).resolves.toEqual([]);
    await expect(traces.find(stranger.id, trace.id)).resolves.toBeUndefined();
    const sql = `SELECT id FROM sign_in_traces WHERE id = '${trace.id}'`;
    await expect(rowsOf(database.app, sql)).resolves.toEqual([]);
    await expect(
      traces.record({ ...aTrace(), tenantId: stranger.id, id: trace.id }),
    ).resolves.toBeUndefined();
    await expect(traces.find(connection.tenantId, trace.id)).resolves.toEqual(trace);
  });

  it('cannot be changed or emptied by the role of the application [LOG-11] [SEC-3]', async () => {
    await traces.record(aTrace());
    for (const sql of ['UPDATE sign_in_traces SET code = null', 'DELETE FROM sign_in_traces'])
      await expect(rowsOf(database.app, sql)).rejects.toThrow('permission denied');
  });
});

describe('sweeping traces', () => {
  it('takes them after thirty days and not a moment before, in all tenants [LOG-11]', async () => {
    const other = await anExistingConnection(database.app, (await anExistingTenant(database.app)).id);
    const long = 30 * 24 * 60;
    const old = [aTrace({ at: later(-long) }), aTrace({ at: later(-long - 1) }, other)];
    const kept = aTrace({ at: new Date(later(-long).getTime() + 1) });
    for (const trace of [...old, kept]) await traces.record(trace);
    expect((await new PostgresSweeper(database.app).sweep(now)).traces).toBe(2);
    for (const { tenantId, id } of old) await expect(traces.find(tenantId, id)).resolves.toBeUndefined();
    await expect(traces.find(kept.tenantId, kept.id)).resolves.toEqual(kept);
  });
});
