import { openDatabase, PostgresAuditLog, PostgresDomainStore, PostgresOutbox } from '../index';
import { createTestDatabase, type TestDatabase } from '../testing';
import { aDomain, anExistingTenant, because, chance, later, now } from '../testing/given';
import type { Tenant } from '@gatehouse/core';
import type { DataSource } from 'typeorm';

let database: TestDatabase;
let owner: DataSource;
let outbox: PostgresOutbox;
let audit: PostgresAuditLog;
let acme: Tenant;
beforeAll(async () => {
  database = await createTestDatabase();
  owner = await openDatabase({ url: database.ownerUrl, poolSize: 1 });
  outbox = new PostgresOutbox(database.app);
  audit = new PostgresAuditLog(database.app, chance);
});
beforeEach(async () => {
  acme = await anExistingTenant(database.app);
  await owner.query('DELETE FROM outbox');
});
afterAll(async () => {
  await owner.destroy();
  await database.drop();
});

describe('audit log and outbox', () => {
  it('hold the same fact, written with its cause [AUD-1] [WRK-3]', async () => {
    const details = { at: later(1), before: { a: 1 }, data: { via: ['dns'] } };
    const fact = { ...because(acme.id, 'domain.added', 'dom_x'), ...details };
    await new PostgresDomainStore(database.app, chance).add(acme.id, aDomain(acme.id), fact);
    const [entry] = await audit.list(acme.id, { limit: 1 });
    expect(entry).toEqual({ ...fact, id: entry?.id });
    await expect(outbox.claimAnywhere(10, later(1))).resolves.toMatchObject([
      { happening: fact, attempts: 1 },
    ]);
  });

  it('hold nothing of a change that did not come about [AUD-1] [WRK-3]', async () => {
    const store = new PostgresDomainStore(database.app, chance);
    const domain = aDomain(acme.id);
    await store.add(acme.id, domain, because(acme.id, 'domain.added'));
    const before = await audit.list(acme.id, { limit: 10 });
    await store.add(acme.id, domain, because(acme.id, 'domain.added'));
    await expect(
      store.remove(acme.id, aDomain(acme.id).id, 0, because(acme.id, 'domain.removed')),
    ).rejects.toThrow();
    await expect(audit.list(acme.id, { limit: 10 })).resolves.toEqual(before);
    await expect(outbox.claimAnywhere(10, now)).resolves.toHaveLength(1);
  });

  it('undo the change when the fact cannot be written [AUD-1] [WRK-3]', async () => {
    const store = new PostgresDomainStore(database.app, chance);
    const domain = aDomain(acme.id);
    const unwritable = { ...because(acme.id), subject: 'a text with a NUL \u0000 in it' };
    await expect(store.add(acme.id, domain, unwritable)).rejects.toThrow();
    await expect(store.find(acme.id, domain.id)).resolves.toBeUndefined();
    await expect(outbox.claimAnywhere(10, now)).resolves.toEqual([]);
  });

  it('list newest first, page by page', async () => {
    for (const minute of [1, 2, 3])
      await audit.record({ ...because(acme.id, 'sign_in.refused', String(minute)), at: later(minute) });
    const first = await audit.list(acme.id, { limit: 2 });
    const rest = await audit.list(acme.id, { limit: 2, after: String(first[1]?.id) });
    expect([...first, ...rest].map(({ subject }) => subject)).toEqual(['3', '2', '1', 'something']);
  });
});

describe('relaying', () => {
  it('hands each event of all tenants to one of many workers [WRK-3]', async () => {
    const other = await anExistingTenant(database.app);
    await owner.query('DELETE FROM outbox');
    for (let index = 0; index < 20; index++)
      await audit.record(because(index % 2 === 0 ? acme.id : other.id));
    const claims = await Promise.all(Array.from({ length: 8 }, () => outbox.claimAnywhere(5, now)));
    const ids = claims.flat().map(({ id }) => id);
    expect(ids).toHaveLength(20);
    expect(new Set(ids).size).toBe(20);
  });

  it('gives an event again when its worker died, and not once it was delivered [WRK-3]', async () => {
    await audit.record(because(acme.id));
    await expect(outbox.claimAnywhere(5, now)).resolves.toHaveLength(1);
    await expect(outbox.claimAnywhere(5, now)).resolves.toEqual([]);
    const again = await outbox.claimAnywhere(5, later(1));
    expect(again).toMatchObject([{ attempts: 2 }]);
    await outbox.delivered(again.map(({ id }) => id));
    await expect(outbox.claimAnywhere(5, later(600))).resolves.toEqual([]);
  });

  it('keeps what failed until the moment that was named [WRK-3]', async () => {
    await audit.record(because(acme.id));
    for (const { id } of await outbox.claimAnywhere(5, now))
      await outbox.failed(id, 'Nobody listens.', later(10));
    await expect(outbox.claimAnywhere(5, later(9))).resolves.toEqual([]);
    await expect(outbox.claimAnywhere(5, later(10))).resolves.toHaveLength(1);
  });

  it('takes of each tenant in turn: a hundred thousand events of one keep no other waiting [WRK-1]', async () => {
    const flood = `INSERT INTO outbox (id, tenant_id, type, payload, created_at, due_at, attempts)
      SELECT 'evt_' || lpad(n::text, 26, '0'), $1, 'session.ended', $2, $3, $3, 0 FROM generate_series(1, 100000) n`;
    await owner.query(flood, [acme.id, JSON.stringify(because(acme.id, 'session.ended')), now]);
    const other = await anExistingTenant(database.app);
    await audit.record({ ...because(other.id), at: later(1) });
    const claimed = await outbox.claimAnywhere(10, later(1));
    expect(claimed.filter(({ happening }) => happening.tenantId === other.id).length).toBeGreaterThan(0);
    const ofAcme = claimed.filter(({ happening }) => happening.tenantId === acme.id);
    expect(ofAcme.map(({ id }) => id)).toEqual(
      [1, 2, 3, 4, 5].map((n) => `evt_${String(n).padStart(26, '0')}`),
    );
    await outbox.delivered(claimed.map(({ id }) => id));
    await expect(outbox.claimAnywhere(10, later(1))).resolves.toHaveLength(10);
  });

  it('begins with the tenants whose events wait longest where there are more of them than places [WRK-1]', async () => {
    const tenants = [acme, await anExistingTenant(database.app), await anExistingTenant(database.app)];
    await owner.query('DELETE FROM outbox');
    for (const [index, { id }] of tenants.entries())
      await audit.record({ ...because(id), at: later(3 - index) });
    const claimed = await outbox.claimAnywhere(2, later(5));
    expect(new Set(claimed.map(({ happening }) => happening.tenantId))).toEqual(
      new Set(tenants.slice(1).map(({ id }) => id)),
    );
  });
});
