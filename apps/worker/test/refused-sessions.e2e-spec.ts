import { setTimeout as pause } from 'node:timers/promises';
import {
  memberId,
  sessionId,
  startingPolicy,
  SystemChance,
  tenantId,
  userId,
  type Exemption,
  type Happening,
  type Session,
  type TenantId,
} from '@gatehouse/core';
import {
  PostgresAuditLog,
  PostgresMemberStore,
  PostgresSessionStore,
  PostgresTenantStore,
} from '@gatehouse/core-postgres';
import { createTestDatabase, type TestDatabase } from '@gatehouse/core-postgres/testing';
import { pino } from 'pino';
import { Work } from '../src/work';
import { workerConfig } from './worker-config';

const chance = new SystemChance();
const at = new Date();
const hour = 3_600_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

function because(tenant: TenantId, type: Happening['type']): Happening {
  return { type, tenantId: tenant, at, actor: { kind: 'operator' }, subject: 'something' };
}

async function aTenant(): Promise<TenantId> {
  const id = tenantId.create(at, chance);
  const policy = { ...startingPolicy, sso: 'required' } as const;
  const names = { slug: id.slice(-20), name: 'Acme', associateByEmail: false };
  const tenant = { id, ...names, policy, ssoEntitled: true, createdAt: at };
  await new PostgresTenantStore(database.app, chance).create(tenant, because(id, 'tenant.created'));
  return id;
}

/** A member who came in by a password while the exemption held. */
async function aSessionOf(tenant: TenantId, exemption: Exemption): Promise<Session> {
  const user = { id: userId.create(at, chance), email: `${tenant}@acme.example`, createdAt: at };
  const member = {
    ...{ id: memberId.create(at, chance), tenantId: tenant, userId: user.id, createdAt: at },
    ...({ role: 'member', sso: 'inherit', exemption } as const),
  };
  const people = new PostgresMemberStore(database.app, chance);
  await people.add(tenant, { user, member }, because(tenant, 'member.added'));
  const session: Session = {
    ...{ id: sessionId.create(at, chance), tenantId: tenant, userId: user.id, memberId: member.id },
    ...{ via: 'password', breakGlass: false, groups: [], authenticatedAt: at, createdAt: at },
    expiresAt: new Date(at.getTime() + hour),
  };
  const sessions = new PostgresSessionStore(database.app, chance);
  await sessions.open(tenant, session, because(tenant, 'sign_in.succeeded'));
  return session;
}

async function endedIn(tenant: TenantId): Promise<readonly string[]> {
  const entries = await new PostgresAuditLog(database.app, chance).list(tenant, { limit: 20 });
  return entries.filter(({ type }) => type === 'session.ended').map(({ subject }) => subject);
}

describe('the worker', () => {
  it('ends the sessions of those whose exemption has run out, in whichever tenant [ENF-9] [ENF-5]', async () => {
    const [one, other, third] = [await aTenant(), await aTenant(), await aTenant()];
    const over = { reason: 'until a moment ago', until: at };
    const expired = [await aSessionOf(one, over), await aSessionOf(other, over)];
    await aSessionOf(third, { reason: 'for an hour', until: new Date(at.getTime() + hour) });
    const work = await Work.start(workerConfig(database.url), pino({ level: 'silent' }));
    try {
      const ended = async () => [...(await endedIn(one)), ...(await endedIn(other))];
      for (const deadline = Date.now() + 20_000; (await ended()).length < 2; await pause(50))
        if (Date.now() > deadline) throw new Error('They did not end in time.');
      await expect(ended()).resolves.toEqual(expired.map(({ id }) => id));
      await expect(endedIn(third)).resolves.toEqual([]);
    } finally {
      await work.onApplicationShutdown();
    }
  }, 60_000);
});
