import {
  defaultSettings,
  type Connection,
  type ConnectionVersion,
  type PassedTest,
  type Tenant,
} from '@gatehouse/core';
import { PostgresConnectionStore, PostgresConnectionVersionStore } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { aConnection, anExistingTenant, because, chance, later, now } from '../testing/given';
import { inTenant } from '../transaction';

let database: TestDatabase;
let connections: PostgresConnectionStore;
let versions: PostgresConnectionVersionStore;
let acme: Tenant;
let connection: Connection;
beforeAll(async () => {
  database = await createTestDatabase();
  connections = new PostgresConnectionStore(database.app, chance);
  versions = new PostgresConnectionVersionStore(database.app, chance);
  acme = await anExistingTenant(database.app);
});
beforeEach(async () => {
  connection = aConnection(acme.id, { version: 1 });
  await connections.add(acme.id, connection, because(acme.id), [aVersion(1)]);
});
afterAll(() => database.drop());

function aVersion(number: number, given: Partial<ConnectionVersion> = {}): ConnectionVersion {
  return {
    tenantId: acme.id,
    connectionId: connection.id,
    number,
    state: 'serving',
    configuration: {
      idp: {
        entityId: 'https://idp.example',
        sso: [{ binding: 'redirect', url: 'https://idp.example/sso' }],
        slo: [],
        certificates: [
          { pem: 'PEM', fingerprint: 'AA', subject: 'CN=x', notBefore: now, notAfter: later(1) },
        ],
        wantsSignedRequests: false,
      },
      metadataUrl: 'https://idp.example/metadata',
      settings: {
        signaturePolicy: 'both',
        requireEncryptedAssertions: true,
        attributes: defaultSettings.attributes,
      },
    },
    difference: [{ field: 'idp.certificates', before: ['AA'], after: ['BB'] }],
    author: { kind: 'operator', address: '127.0.0.1' },
    createdAt: now,
    promotedAt: now,
    ...given,
  };
}

function save(revision: number, changes: Partial<Connection>, changed: readonly ConnectionVersion[]) {
  return connections.save(acme.id, { ...connection, ...changes, revision }, because(acme.id), changed);
}

const passed: PassedTest = { fingerprint: 'f', at: now, email: 'owner@acme.example' };
function note(number: number, isPassed: boolean, tenant = acme) {
  const result = { at: now, outcome: isPassed ? 'passed' : 'saml_expired' } as const;
  const test = { result, ...(isPassed && { passed }) };
  return versions.noteTest(tenant.id, connection.id, number, test, because(tenant.id, 'connection.tested'));
}

describe('the versions of a connection', () => {
  it('are given back as they were kept, newest first, page by page [CON-16]', async () => {
    await expect(versions.find(acme.id, connection.id, 1)).resolves.toEqual(aVersion(1));
    const { promotedAt: _, ...second } = aVersion(2, { state: 'pending' });
    await save(2, { pendingVersion: 2 }, [second]);
    await expect(versions.list(acme.id, connection.id, { limit: 10 })).resolves.toEqual([
      second,
      aVersion(1),
    ]);
    await expect(versions.list(acme.id, connection.id, { before: 2, limit: 10 })).resolves.toEqual([
      aVersion(1),
    ]);
    await expect(versions.list(acme.id, connection.id, { limit: 1 })).resolves.toEqual([second]);
  });

  it('are saved with their connection or not at all [CON-16]', async () => {
    const outcomes = await Promise.all(
      [2, 3, 4, 5].map((number) =>
        save(2, { pendingVersion: number, label: `v${number}` }, [aVersion(number, { state: 'pending' })]),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
    const [newest, ...older] = await versions.list(acme.id, connection.id, { limit: 10 });
    expect(older).toHaveLength(1);
    await expect(connections.find(acme.id, connection.id)).resolves.toMatchObject({
      pendingVersion: newest?.number,
    });
  });

  it('never change but in state and time of promotion [CON-16] [CON-17]', async () => {
    const bent = aVersion(1, { state: 'retired', promotedAt: later(1), createdAt: later(5), difference: [] });
    await save(2, {}, [bent, aVersion(2, { state: 'serving' })]);
    await expect(versions.find(acme.id, connection.id, 1)).resolves.toEqual(
      aVersion(1, { state: 'retired', promotedAt: later(1) }),
    );
  });

  it('hold one that serves and one that is pending at most [CON-16]', async () => {
    for (const state of ['serving', 'pending'] as const)
      await expect(save(2, {}, [aVersion(2, { state }), aVersion(3, { state })])).rejects.toThrow('unique');
    await expect(connections.find(acme.id, connection.id)).resolves.toMatchObject({ revision: 1 });
  });

  it('belong to their tenant [SEC-3]', async () => {
    const other = await anExistingTenant(database.app);
    await expect(versions.find(other.id, connection.id, 1)).resolves.toBeUndefined();
    await expect(versions.list(other.id, connection.id, { limit: 10 })).resolves.toEqual([]);
    await expect(note(1, true, other)).resolves.toBe('absent');
    await expect(versions.find(acme.id, connection.id, 1)).resolves.not.toHaveProperty('passedTest');
    const seen = (tenant: Tenant) =>
      inTenant(database.app, tenant.id, (transaction) =>
        transaction.rows('SELECT tenant_id FROM connection_versions'),
      );
    expect((await seen(other)).length).toBe(0);
    expect((await seen(acme)).length).toBeGreaterThan(0);
  });

  it('cannot be removed by the application [CON-16]', async () => {
    const remove = inTenant(database.app, acme.id, (transaction) =>
      transaction.rows('DELETE FROM connection_versions'),
    );
    await expect(remove).rejects.toThrow('permission denied');
  });
});

describe('the test of a version', () => {
  it('is kept with it; one that failed later does not undo one that passed [CON-16] [CON-17]', async () => {
    await save(2, { pendingVersion: 2 }, [aVersion(2, { state: 'pending' })]);
    await expect(note(2, true)).resolves.toBe('noted');
    await expect(note(2, false)).resolves.toBe('noted');
    await expect(versions.find(acme.id, connection.id, 2)).resolves.toMatchObject({
      passedTest: passed,
      lastTest: { at: now, outcome: 'saml_expired' },
    });
    await expect(connections.find(acme.id, connection.id)).resolves.not.toHaveProperty('test');
  });

  it("of the version that serves is the connection's too, and no stale save undoes it [CON-17]", async () => {
    await note(1, true);
    const tested = await connections.find(acme.id, connection.id);
    expect(tested).toMatchObject({ test: passed, revision: 2 });
    await expect(save(2, { label: 'late' }, [])).resolves.toBe('stale');
  });

  it('is not kept of a version that is neither pending nor serving [CON-17]', async () => {
    await save(2, { version: 2 }, [aVersion(1, { state: 'retired' }), aVersion(2)]);
    await expect(note(1, true)).resolves.toBe('absent');
    await expect(note(7, true)).resolves.toBe('absent');
    await expect(connections.find(acme.id, connection.id)).resolves.not.toHaveProperty('test');
  });
});

describe('the version to roll back to', () => {
  it('is the tested one that served last, of those that were not rolled back from [CON-16]', async () => {
    await expect(versions.lastRetired(acme.id, connection.id)).resolves.toBeUndefined();
    await note(1, true);
    await save(3, { version: 2 }, [aVersion(1, { state: 'retired', promotedAt: now }), aVersion(2)]);
    await save(4, { version: 3 }, [
      aVersion(2, { state: 'discarded', promotedAt: later(5) }),
      aVersion(3, { promotedAt: later(6) }),
    ]);
    await expect(versions.lastRetired(acme.id, connection.id)).resolves.toMatchObject({ number: 1 });
  });
});
