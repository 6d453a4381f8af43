import { setTimeout as pause } from 'node:timers/promises';
import {
  connectionId,
  defaultSettings,
  keepDeletedMs,
  startingPolicy,
  SystemChance,
  tenantId,
  type Connection,
  type Happening,
} from '@gatehouse/core';
import {
  PostgresConnectionStore,
  PostgresDeletedConnectionStore,
  PostgresTenantStore,
} from '@gatehouse/core-postgres';
import { createTestDatabase, type TestDatabase } from '@gatehouse/core-postgres/testing';
import { pino } from 'pino';
import { Work } from '../src/work';
import { workerConfig } from './worker-config';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const chance = new SystemChance();
const now = new Date();
const tenant = tenantId.create(now, chance);
const because: Happening = {
  type: 'connection.created',
  tenantId: tenant,
  at: now,
  actor: { kind: 'operator' },
  subject: 'connection',
};

async function aConnectionDeleted(agoMs: number): Promise<Connection['id']> {
  const id = connectionId.create(now, chance);
  const connection: Connection = {
    id,
    tenantId: tenant,
    protocol: 'saml',
    label: 'Okta',
    spEntityIdAliases: [],
    settings: defaultSettings,
    primary: false,
    deletedAt: new Date(now.getTime() - agoMs),
    createdAt: now,
    revision: 1,
  };
  await new PostgresConnectionStore(database.app, chance).add(tenant, connection, because);
  return id;
}

describe('the worker', () => {
  it('removes for good what was deleted thirty days ago, and nothing younger [CON-15]', async () => {
    const settings = { associateByEmail: false, policy: startingPolicy, ssoEntitled: true };
    const described = { id: tenant, slug: 'acme', name: 'Acme', ...settings, createdAt: now };
    await new PostgresTenantStore(database.app, chance).create(described, because);
    const old = await aConnectionDeleted(keepDeletedMs);
    const young = await aConnectionDeleted(keepDeletedMs - 3_600_000);
    const deleted = new PostgresDeletedConnectionStore(database.app, chance);
    const work = await Work.start(workerConfig(database.url), pino({ level: 'silent' }));
    try {
      const deadline = Date.now() + 15_000;
      while ((await deleted.find(tenant, old)) && Date.now() < deadline) await pause(50);
      expect((await deleted.list(tenant)).map(({ id }) => id)).toEqual([young]);
    } finally {
      await work.onApplicationShutdown();
    }
  }, 30_000);
});
