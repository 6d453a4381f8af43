import { PostgresMemberStore, PostgresSessionStore, PostgresSweeper, PostgresTenantStore } from '../index';
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
import type { Session, Tenant } from '@gatehouse/core';

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
