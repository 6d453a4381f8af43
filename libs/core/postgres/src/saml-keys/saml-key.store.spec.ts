import { KeyRing, samlKeyId, SamlKeys, type DeploymentHappening, type SamlKey } from '@gatehouse/core';
import { PostgresDeploymentAuditLog, PostgresSamlKeyStore } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { chance, later, now } from '../testing/given';
import { rowsOf } from '../transaction';

let database: TestDatabase;
let store: PostgresSamlKeyStore;
beforeEach(async () => {
  database = await createTestDatabase();
  store = new PostgresSamlKeyStore(database.app, chance);
});
afterEach(() => database.drop());

const because = (type: DeploymentHappening['type'], subject: string): DeploymentHappening => ({
  ...{ type, at: now, subject },
  actor: { kind: 'operator', address: '192.0.2.7' },
  data: { step: type },
});

function aKey(state: SamlKey['state'], minutes = 0): SamlKey {
  const createdAt = later(minutes);
  const id = samlKeyId.create(createdAt, chance);
  return { id, state, sealedPrivateKey: 'k1.sealed', certificatePem: 'PEM', createdAt, since: createdAt };
}

const add = (key: SamlKey) => store.add(key, because('saml_key.published', key.id));
const switchKeys = (from: SamlKey, to: SamlKey) =>
  store.switch(from.id, to.id, later(5), because('saml_key.switched', to.id));
const entries = async () =>
  (await new PostgresDeploymentAuditLog(database.app, chance).list('saml_key', { limit: 9 })).map(
    ({ type }) => type,
  );

describe('the SAML keys of the deployment', () => {
  it('come back as they were stored, newest first, each with its audit entry [SML-13] [AUD-1]', async () => {
    const [current, next] = [aKey('current'), aKey('next', 1)];
    await expect(add(current)).resolves.toBe(true);
    await expect(add(next)).resolves.toBe(true);
    await expect(store.list()).resolves.toEqual([next, current]);
    const log = await new PostgresDeploymentAuditLog(database.app, chance).list('saml_key', { limit: 1 });
    expect(log).toHaveLength(1);
    expect([current.id, next.id]).toContain(log[0]?.subject);
    expect(log[0]?.actor).toEqual({ kind: 'operator', address: '192.0.2.7' });
  });

  it('are one in each state, also when several come at the same time, and the losers leave nothing [SML-13]', async () => {
    const tries = await Promise.all(Array.from({ length: 10 }, (_, at) => add(aKey('current', at))));
    expect(tries.filter(Boolean)).toHaveLength(1);
    await expect(store.list()).resolves.toHaveLength(1);
    await expect(entries()).resolves.toHaveLength(1);
  });

  it('change places together, once [SML-13]', async () => {
    const [current, next] = [aKey('current'), aKey('next', 1)];
    await add(current);
    await add(next);
    const tries = await Promise.all(Array.from({ length: 5 }, () => switchKeys(current, next)));
    expect(tries.filter(Boolean)).toHaveLength(1);
    await expect(store.list()).resolves.toEqual([
      { ...next, state: 'current', since: later(5) },
      { ...current, state: 'previous', since: later(5) },
    ]);
    expect((await entries()).filter((type) => type === 'saml_key.switched')).toHaveLength(1);
  });

  it('stay as they are where the next one is not there any more [SML-13]', async () => {
    const [current, next] = [aKey('current'), aKey('next', 1)];
    await add(current);
    await expect(switchKeys(current, next)).resolves.toBe(false);
    await expect(store.list()).resolves.toEqual([current]);
    await expect(entries()).resolves.toEqual(['saml_key.published']);
  });

  it('stay as they are while one before is not retired yet [SML-13]', async () => {
    const [previous, current, next] = [aKey('previous'), aKey('current', 1), aKey('next', 2)];
    for (const key of [previous, current, next]) await add(key);
    await expect(switchKeys(current, next)).resolves.toBe(false);
    await expect(store.list()).resolves.toEqual([next, current, previous]);
  });

  it('are forgotten only as the previous one [SML-13]', async () => {
    const [current, previous] = [aKey('current', 1), aKey('previous')];
    await add(current);
    await add(previous);
    await expect(store.retire(current.id, because('saml_key.retired', current.id))).resolves.toBe(false);
    await expect(store.retire(previous.id, because('saml_key.retired', previous.id))).resolves.toBe(true);
    await expect(store.list()).resolves.toEqual([current]);
    expect((await entries()).filter((type) => type === 'saml_key.retired')).toHaveLength(1);
  });

  it('are made once by servers that start at the same time, and read by each of them [SML-13] [OPS-5]', async () => {
    const keyRing = new KeyRing([{ name: 'k1', key: chance.bytes(32) }], chance);
    const servers = Array.from({ length: 4 }, () => new SamlKeys(store, keyRing, { now: () => now }, chance));
    const certificates = await Promise.all(servers.map((server) => server.certificates()));
    expect(new Set(certificates.flat()).size).toBe(1);
    await expect(store.list()).resolves.toHaveLength(1);
    await expect(entries()).resolves.toEqual(['saml_key.created']);
  });

  it('cannot be taken out of the record of the deployment [AUD-1]', async () => {
    await add(aKey('current'));
    for (const sql of [
      'UPDATE deployment_audit_entries SET subject = id',
      'DELETE FROM deployment_audit_entries',
    ])
      await expect(rowsOf(database.app, sql)).rejects.toThrow('permission denied');
  });
});
