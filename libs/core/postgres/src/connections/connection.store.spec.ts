import { PostgresConnectionStore, PostgresTenantStore } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { aConnection, anExistingTenant, because, chance, later, now } from '../testing/given';
import {
  defaultSettings,
  startingPolicy,
  type Connection,
  type SignInPolicy,
  type Tenant,
} from '@gatehouse/core';
import { rowsInTenant } from '../transaction';

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

  it.each([
    ['the tenant is not entitled to single sign-on [TEN-9]', { ssoEntitled: false }],
    ['single sign-on is off for the tenant [ENF-1]', { policy: { ...startingPolicy, sso: 'off' } }],
  ] as const)('is none while %s, and the same one afterwards', async (_when, change) => {
    await turn(1, later(1));
    await set(change);
    await expect(connections.primary(tenant.id)).resolves.toBeUndefined();
    await expect(connections.find(tenant.id, all[1]?.id ?? 'conn_none')).resolves.toMatchObject({
      primary: true,
    });
    await set({ ssoEntitled: true, policy: { ...startingPolicy, sso: 'optional' } });
    await expect(primary()).resolves.toBe(1);
  });

  it('is not switched on where the tenant is not entitled, and can be switched off [TEN-9]', async () => {
    await turn(0, later(1));
    await set({ ssoEntitled: false });
    await expect(turn(1, later(2))).resolves.toEqual({ kind: 'not-entitled' });
    await expect(connections.find(tenant.id, all[1]?.id ?? 'conn_none')).resolves.toEqual(all[1]);
    await expect(turn(0)).resolves.toMatchObject({ kind: 'saved' });
  });

  async function set({ ssoEntitled, policy }: { ssoEntitled?: boolean; policy?: SignInPolicy }) {
    const sql =
      'UPDATE tenants SET sso_entitled = coalesce($2, sso_entitled), policy = coalesce($3, policy) WHERE id = $1';
    await rowsInTenant(database.app, tenant.id, sql, [tenant.id, ssoEntitled, policy]);
  }
});

describe('a connection under a host of its tenant', () => {
  it('keeps the host when that of the tenant changes [TEN-8] [CON-19]', async () => {
    const tenant = await anExistingTenant(database.app, { host: 'one.acme.example' });
    const connection = aConnection(tenant.id, { host: 'one.acme.example', label: 'Okta' });
    await connections.add(tenant.id, connection, because(tenant.id));
    await new PostgresTenantStore(database.app, chance).change(tenant.id, { host: null }, because(tenant.id));
    const saved = { ...connection, label: 'Entra', host: 'other.example', revision: 2 };
    await connections.save(tenant.id, saved, because(tenant.id));
    await expect(connections.findAnywhere(connection.id)).resolves.toEqual({
      ...saved,
      host: connection.host,
    });
  });

  it('is never made under a host that the tenant no longer has, or has not yet [TEN-8]', async () => {
    const tenant = await anExistingTenant(database.app, { host: 'two.acme.example' });
    for (const wrong of [{}, { host: 'other.acme.example' }])
      await expect(
        connections.add(tenant.id, aConnection(tenant.id, wrong), because(tenant.id)),
      ).rejects.toMatchObject({ code: 'conflict' });
    await expect(connections.list(tenant.id)).resolves.toEqual([]);
  });
});
