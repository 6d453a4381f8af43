import { configurationFingerprint, isTested, type Connection } from '@gatehouse/core';
import { describeDatabase, PostgresConnectionStore, PostgresConnectionVersionStore } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { aConnection, anExistingTenant, because, chance, later, now } from '../testing/given';
import { inTenant } from '../transaction';
import { ConnectionVersions1790000000007 } from './1790000000007-connection-versions';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const idp = {
  entityId: 'https://idp.example',
  sso: [{ binding: 'post', url: 'https://idp.example/sso', responseUrl: 'https://idp.example/back' }],
  slo: [{ binding: 'redirect', url: 'https://idp.example/slo' }],
  certificates: [{ pem: 'PEM', fingerprint: 'AA', subject: 'CN=x', notBefore: now, notAfter: later(1) }],
  wantsSignedRequests: true,
} as const;

/** Takes the schema back to the version before, and forward again. */
async function upgrade(meanwhile: () => Promise<void>): Promise<void> {
  const owner = await describeDatabase({ url: database.ownerUrl }).initialize();
  const runner = owner.createQueryRunner();
  const migration = new ConnectionVersions1790000000007();
  await migration.down(runner);
  await meanwhile();
  await migration.up(runner);
  await runner.release();
  await owner.destroy();
}

function write(connection: Connection): Promise<unknown> {
  const { id, tenantId, label, settings, test, enabledAt, createdAt } = connection;
  return inTenant(database.app, tenantId, (transaction) =>
    transaction.rows(
      `INSERT INTO connections (id, tenant_id, protocol, label, idp, settings, test, enabled_at, created_at, revision)
       VALUES ($1, $2, 'saml', $3, $4, $5, $6, $7, $8, 1)`,
      [id, tenantId, label, connection.idp, settings, test, enabledAt, createdAt],
    ),
  );
}

describe('an upgrade to versions of connections', () => {
  it('makes what serves version 1, its test included, and the first that was enabled primary [CON-10] [CON-16] [OPS-5]', async () => {
    const tenant = await anExistingTenant(database.app);
    const draft = aConnection(tenant.id);
    const { settings } = draft;
    const test = {
      fingerprint: configurationFingerprint({ idp, settings }),
      at: now,
      email: 'o@acme.example',
    };
    const [second, first] = [2, 1].map((minute) =>
      aConnection(tenant.id, { idp, test, enabledAt: later(minute) }),
    );
    if (!first || !second) throw new Error('Both are needed.');
    await upgrade(async () => {
      for (const each of [draft, second, first]) await write(each);
    });
    const connections = new PostgresConnectionStore(database.app, chance);
    const versions = new PostgresConnectionVersionStore(database.app, chance);
    await expect(connections.find(tenant.id, draft.id)).resolves.toEqual(draft);
    await expect(connections.find(tenant.id, first.id)).resolves.toEqual({
      ...first,
      version: 1,
      primary: true,
    });
    await expect(connections.find(tenant.id, second.id)).resolves.toEqual({ ...second, version: 1 });
    const version = await versions.find(tenant.id, first.id, 1);
    expect(version).toMatchObject({ state: 'serving', promotedAt: later(1), configuration: { idp } });
    expect(version && isTested(version)).toBe(true);
    await expect(versions.list(tenant.id, draft.id, { limit: 1 })).resolves.toEqual([]);
    // And the connection works on as one that was made by this version.
    await expect(
      connections.save(tenant.id, { ...first, version: 1, label: 'New', revision: 2 }, because(tenant.id)),
    ).resolves.toBe('saved');
  });
});
