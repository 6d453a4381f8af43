import {
  KeyRing,
  taskId,
  type Connection,
  type ConnectionVersion,
  type MetadataState,
  type RecordedRefresh,
  type Tenant,
  type VersionState,
} from '@gatehouse/core';
import {
  PostgresAuditLog,
  PostgresConnectionStore,
  PostgresConnectionVersionStore,
  PostgresMetadataStore,
  PostgresTaskStore,
} from '../index';
import { createTestDatabase, takeMails, type TestDatabase } from '../testing';
import { aMemberOf } from '../testing/given-enforcement';
import { aConnection, anExistingTenant, because, chance, later, now } from '../testing/given';
import { aCertificate, anIdp, daysLater } from '../testing/given-certificates';

const ring = new KeyRing([{ name: 'k1', key: chance.bytes(32) }], chance);

let database: TestDatabase;
let store: PostgresMetadataStore;
let connections: PostgresConnectionStore;
let acme: Tenant;
beforeEach(async () => {
  database = await createTestDatabase();
  store = new PostgresMetadataStore(database.app, chance, ring);
  connections = new PostgresConnectionStore(database.app, chance);
  acme = await anExistingTenant(database.app);
  await aMemberOf(database.app, acme, { role: 'owner' });
});
afterEach(() => database.drop());

const metadataUrl = 'https://idp.example/metadata';

async function published(changes: Partial<Connection> = {}): Promise<Connection> {
  const idp = anIdp([aCertificate('A', 100)]);
  const given = { idp, metadataUrl, enabledAt: now, version: 1, ...changes };
  const connection = aConnection(acme.id, given);
  await connections.add(acme.id, connection, because(acme.id), [aVersion(connection, 1, 'serving', ['A'])]);
  return connection;
}

function aVersion(
  { tenantId, id, settings }: Connection,
  number: number,
  state: VersionState,
  trusted: readonly string[],
  promotedAt?: Date,
): ConnectionVersion {
  const idp = anIdp(trusted.map((each) => aCertificate(each, 100)));
  return {
    ...{ tenantId, connectionId: id, number, state, configuration: { idp, settings }, difference: [] },
    ...{ author: { kind: 'system' }, createdAt: now, ...(promotedAt && { promotedAt }) },
  };
}

const full: MetadataState = {
  ...{ url: metadataUrl, triedAt: later(1), refreshedAt: later(-9), outcome: 'failed', failures: 3 },
  finding: { code: 'metadata_unreachable', reason: 'Nobody answers.', key: '' },
  ...{ failingSince: later(-5), warnedOf: 'failing', dueAt: later(60) },
};

function aRefresh(before: MetadataState, more: Partial<RecordedRefresh> = {}): RecordedRefresh {
  return { before, after: full, because: [], letters: [], ...more };
}

/** The refresh that adds B. */
function adding(connection: Connection, before: MetadataState): RecordedRefresh {
  const idp = anIdp([aCertificate('A', 100), aCertificate('B', 200)]);
  const next = { ...connection, idp, version: 2, revision: 2 };
  const versions = [
    aVersion(connection, 1, 'retired', ['A']),
    aVersion(connection, 2, 'serving', ['A', 'B']),
  ];
  const named = { organisation: 'Acme', connection: 'Okta', subject: 'CN=B', fingerprint: 'B' };
  return aRefresh(before, {
    change: { connection: next, versions },
    because: [because(acme.id, 'certificate.added', connection.id)],
    letters: [{ kind: 'certificate-seen', ...named, notAfter: daysLater(200) }],
  });
}

async function noted() {
  const entries = await new PostgresAuditLog(database.app, chance).list(acme.id, { limit: 50 });
  return entries.map(({ type }) => type);
}

describe('the state of metadata', () => {
  it('is what was recorded last, all of it [CRT-4]', async () => {
    const { id } = await published();
    const before = await store.find(acme.id, id);
    expect(before).toEqual({ failures: 0, dueAt: expect.any(Date) });
    expect(await store.record(acme.id, id, aRefresh(before))).toBe('saved');
    expect(await store.find(acme.id, id)).toEqual(full);
  });

  it('is recorded with the certificates, the event and the letters, by one of several refreshes at once [CRT-4] [WRK-2]', async () => {
    const connection = await published();
    const before = await store.find(acme.id, connection.id);
    const refresh = adding(connection, before);
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => store.record(acme.id, connection.id, refresh)));
    expect(outcomes.toSorted()).toEqual(['saved', 'stale', 'stale', 'stale']);
    const found = await connections.find(acme.id, connection.id);
    expect(found?.idp?.certificates.map(({ pem }) => pem)).toEqual(['A', 'B']);
    const versions = new PostgresConnectionVersionStore(database.app, chance);
    const [second] = await versions.list(acme.id, connection.id, { limit: 5 });
    expect(second).toMatchObject({ number: 2, state: 'serving' });
    expect(await takeMails(database.app, ring, later(5))).toHaveLength(1);
    expect((await noted()).filter((type) => type === 'certificate.added')).toHaveLength(1);
  });

  it('warns once, where two refreshes find the same at the same time [CRT-4] [WRK-2]', async () => {
    const { id } = await published();
    const before = await store.find(acme.id, id);
    const letter = {
      kind: 'metadata-refused',
      organisation: 'Acme',
      connection: 'Okta',
      reason: 'x',
      at: now,
    } as const;
    const refresh = aRefresh(before, { letters: [letter] });
    const outcomes = await Promise.all([1, 2, 3].map(() => store.record(acme.id, id, refresh)));
    expect(outcomes.toSorted()).toEqual(['saved', 'stale', 'stale']);
    expect(await takeMails(database.app, ring, later(5))).toHaveLength(1);
  });

  it('is left alone, with everything else, where the connection was changed meanwhile [CRT-4]', async () => {
    const connection = await published();
    const before = await store.find(acme.id, connection.id);
    await connections.save(acme.id, { ...connection, label: 'Entra', revision: 2 }, because(acme.id));
    expect(await store.record(acme.id, connection.id, adding(connection, before))).toBe('stale');
    expect(await store.find(acme.id, connection.id)).toEqual(before);
    expect(await takeMails(database.app, ring, later(5))).toEqual([]);
    expect(await noted()).not.toContain('certificate.added');
  });
});

describe('the certificates that a connection ever trusted', () => {
  it('are those of versions that served, and of no proposal [CRT-4] [CON-16]', async () => {
    const connection = await published();
    const next = { ...connection, revision: 2 };
    await connections.save(acme.id, next, because(acme.id), [
      aVersion(connection, 1, 'retired', ['A'], now),
      aVersion(connection, 2, 'discarded', ['rolled-back'], now),
      aVersion(connection, 3, 'discarded', ['given-up']),
      aVersion(connection, 4, 'pending', ['proposed']),
      aVersion(connection, 5, 'serving', ['B']),
    ]);
    expect(await store.everTrusted(acme.id, connection.id)).toEqual(new Set(['A', 'rolled-back', 'B']));
    const globex = await anExistingTenant(database.app);
    expect(await store.everTrusted(globex.id, connection.id)).toEqual(new Set());
  });
});

describe('what is due', () => {
  const tomorrow = daysLater(2);
  const claim = (limit: number, at = daysLater(1)) =>
    store.claimAnywhere(limit, at, later(60 * 25), tomorrow);

  it('is each connection that is on and has an address, one worker at a time; the others come another day [CRT-4] [WRK-2]', async () => {
    const wanted = new Set<string>();
    for (let index = 0; index < 12; index++) wanted.add((await published()).id);
    const { enabledAt: _, ...off } = await published();
    await connections.save(acme.id, { ...off, revision: 2 }, because(acme.id));
    const { metadataUrl: __, ...manual } = await published();
    await connections.save(acme.id, { ...manual, revision: 2 }, because(acme.id));
    const claims = [...(await Promise.all([claim(4), claim(4), claim(4)])), await claim(50), await claim(50)];
    const ids = claims.flatMap(({ due }) => due.map(({ connectionId }) => connectionId));
    expect(ids.toSorted()).toEqual([...wanted].toSorted());
    expect(claims.at(-1)).toEqual({ due: [], more: false });
    expect((await claim(50, later(60 * 25))).due).toHaveLength(12);
  });

  it('is queued as a task of its tenant, and then comes no more until it is due again [CRT-4] [WRK-2]', async () => {
    const { id } = await published();
    const [payload] = (await claim(1)).due;
    if (!payload) throw new Error('Nothing was due.');
    const task = {
      id: taskId.create(now, chance),
      kind: 'refresh-metadata',
      payload,
      createdAt: now,
    } as const;
    await store.queue(task, tomorrow);
    const terms = { leaseMs: 60_000, most: 10, mostOfEach: 10 };
    const tasks = new PostgresTaskStore(database.app, ring, chance);
    const handed = await tasks.claimAnywhere('refresh-metadata', terms, later(1));
    expect(handed).toMatchObject([{ id: task.id, tenantId: acme.id }]);
    expect((await claim(1, later(60 * 47))).due).toEqual([]);
    expect((await claim(1, tomorrow)).due).toEqual([{ tenantId: acme.id, connectionId: id }]);
  });

  it('is spread over the day for connections that come about at once [CRT-4]', async () => {
    const hours: number[] = [];
    for (let index = 0; index < 12; index++) {
      const { id } = await published();
      hours.push(((await store.find(acme.id, id)).dueAt.getTime() - now.getTime()) / 3_600_000);
    }
    expect(hours.every((each) => each >= 0 && each <= 24)).toBe(true);
    expect(Math.max(...hours) - Math.min(...hours)).toBeGreaterThan(4);
  });
});
