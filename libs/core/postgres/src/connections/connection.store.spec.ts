import { PostgresConnectionStore } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { aConnection, anExistingTenant, because, chance, later, now } from '../testing/given';
import { defaultSettings, type Connection, type Tenant } from '@gatehouse/core';

let database: TestDatabase;
let connections: PostgresConnectionStore;
let acme: Tenant;
beforeAll(async () => {
  database = await createTestDatabase();
  connections = new PostgresConnectionStore(database.app, chance);
  acme = await anExistingTenant(database.app);
});
afterAll(() => database.drop());

function aCompleteConnection(): Connection {
  const certificate = {
    pem: '-----BEGIN',
    fingerprint: 'AA:BB',
    subject: 'CN=idp',
    notBefore: now,
    notAfter: later(1),
  };
  return aConnection(acme.id, {
    idp: {
      entityId: 'https://idp.example',
      sso: [{ binding: 'post', url: 'https://idp.example/sso' }],
      slo: [
        {
          binding: 'redirect',
          url: 'https://idp.example/slo',
          responseUrl: 'https://idp.example/slo/answers',
        },
      ],
      certificates: [certificate],
      wantsSignedRequests: true,
    },
    spEntityId: 'https://earlier.example/saml',
    spEntityIdAliases: ['https://still-earlier.example/saml'],
    settings: { ...defaultSettings, groupRoles: [{ group: 'admins', role: 'admin' }] },
    metadataUrl: 'https://idp.example/metadata',
    test: { fingerprint: 'f', at: now, email: 'ada@acme.example' },
    enabledAt: now,
  });
}

describe('the store of connections', () => {
  it('gives back what it was given, to its tenant and by its ID alone', async () => {
    const connection = aCompleteConnection();
    await connections.add(acme.id, connection, because(acme.id));
    await expect(connections.find(acme.id, connection.id)).resolves.toEqual(connection);
    await expect(connections.findAnywhere(connection.id)).resolves.toEqual(connection);
    const other = await anExistingTenant(database.app);
    await expect(connections.find(other.id, connection.id)).resolves.toBeUndefined();
    await expect(connections.findAnywhere(aConnection(acme.id).id)).resolves.toBeUndefined();
  });

  it('saves over the revision before only: of parallel changes one is kept', async () => {
    const connection = aConnection(acme.id);
    await connections.add(acme.id, connection, because(acme.id));
    const labels = ['a', 'b', 'c', 'd', 'e', 'f'];
    const outcomes = await Promise.all(
      labels.map((label) =>
        connections.save(acme.id, { ...connection, label, revision: 2 }, because(acme.id)),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
    expect((await connections.find(acme.id, connection.id))?.label).toBe(labels[outcomes.indexOf('saved')]);
  });

  it('serves the login page with the connection that was enabled first', async () => {
    const tenant = await anExistingTenant(database.app);
    await expect(connections.primary(tenant.id)).resolves.toBeUndefined();
    const [draft, second, first] = [
      aConnection(tenant.id),
      aConnection(tenant.id, { enabledAt: later(2) }),
      aConnection(tenant.id, { enabledAt: later(1) }),
    ];
    for (const each of [draft, second, first]) await connections.add(tenant.id, each, because(tenant.id));
    await expect(connections.primary(tenant.id)).resolves.toEqual(first);
    await expect(connections.list(tenant.id)).resolves.toHaveLength(3);
  });
});
