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

  it('does not find a deleted one anywhere, and saves it no more [CON-15]', async () => {
    const connection = aConnection(acme.id, { deletedAt: now });
    await connections.add(acme.id, connection, because(acme.id));
    await expect(connections.find(acme.id, connection.id)).resolves.toBeUndefined();
    await expect(connections.findAnywhere(connection.id)).resolves.toBeUndefined();
    expect((await connections.list(acme.id)).map(({ id }) => id)).not.toContain(connection.id);
  });
});

describe('which connection is primary', () => {
  let tenant: Tenant;
  let all: Connection[];
  beforeEach(async () => {
    tenant = await anExistingTenant(database.app);
    all = Array.from({ length: 4 }, () => aConnection(tenant.id));
    for (const each of all) await connections.add(tenant.id, each, because(tenant.id));
  });

  async function primary() {
    const found = await connections.primary(tenant.id);
    const flagged = (await connections.list(tenant.id)).filter((each) => each.primary);
    expect(flagged.map(({ id }) => id)).toEqual(found ? [found.id] : []);
    return found && all.findIndex(({ id }) => id === found.id);
  }

  async function turn(index: number, enabledAt?: Date) {
    const id = all[index]?.id ?? 'conn_none';
    const found = await connections.find(tenant.id, id);
    if (!found) throw new Error('It is gone.');
    const { enabledAt: _, ...off } = found;
    const next = { ...off, ...(enabledAt && { enabledAt }), revision: found.revision + 1 };
    return connections.switch(tenant.id, next, because(tenant.id));
  }

  it('is the first that is switched on, and stays it [CON-10]', async () => {
    await expect(primary()).resolves.toBeUndefined();
    await expect(turn(2, later(1))).resolves.toEqual({ kind: 'saved', primary: all[2]?.id });
    await expect(turn(0, later(2))).resolves.toEqual({ kind: 'saved', primary: all[2]?.id });
    await expect(primary()).resolves.toBe(2);
  });

  it('passes to the next by time when it is switched off, or to none [CON-10]', async () => {
    for (const [index, minute] of [3, 1, 2].entries()) await turn(index, later(minute));
    await expect(primary()).resolves.toBe(0);
    await turn(0);
    await expect(primary()).resolves.toBe(1);
    await turn(1);
    await expect(primary()).resolves.toBe(2);
    await expect(turn(2)).resolves.toEqual({ kind: 'saved' });
    await expect(primary()).resolves.toBeUndefined();
  });

  it('is one, however many are switched on or made primary at the same time [CON-10]', async () => {
    await Promise.all(all.map((_, index) => turn(index, later(index))));
    expect(await primary()).toBeGreaterThanOrEqual(0);
    await Promise.all(all.map(({ id }) => connections.makePrimary(tenant.id, id, because(tenant.id))));
    expect(await primary()).toBeGreaterThanOrEqual(0);
  });

  it('is made by choice only of one that is on, and of this tenant [CON-10] [SEC-3]', async () => {
    await turn(0, later(1));
    await turn(1, later(2));
    const make = (id: Connection['id'], of = tenant) => connections.makePrimary(of.id, id, because(of.id));
    await expect(make(all[1]?.id ?? 'conn_none')).resolves.toBe('made');
    await expect(primary()).resolves.toBe(1);
    await expect(make(all[3]?.id ?? 'conn_none')).resolves.toBe('not-enabled');
    await expect(make(all[0]?.id ?? 'conn_none', acme)).resolves.toBe('not-enabled');
    await expect(primary()).resolves.toBe(1);
  });
});
