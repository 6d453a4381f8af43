import type { Tenant, TenantId } from '@gatehouse/core';
import { openDatabase } from './database';
import { createTestDatabase, type TestDatabase } from './testing';
import { anExistingTenant } from './testing/given';
import { inTenant, rowsInTenant, rowsOf } from './transaction';

let database: TestDatabase;
let acme: Tenant;
let globex: Tenant;
beforeAll(async () => {
  database = await createTestDatabase();
  acme = await anExistingTenant(database.app);
  globex = await anExistingTenant(database.app);
});
afterAll(() => database.drop());

const whoAndWhere = `SELECT pg_backend_pid() AS backend, current_setting('gatehouse.tenant', true) AS tenant`;

const asTenant = async (id: TenantId) => (await rowsInTenant(database.app, id, whoAndWhere, []))[0];
const asNobody = async () => (await rowsOf(database.app, whoAndWhere))[0];

function auditing(id: string, of: Tenant) {
  const sql = `INSERT INTO audit_entries (id, tenant_id, type, at, actor, subject)
    VALUES ($1, $2, 'tenant.created', now(), '{"kind": "system"}', $1) RETURNING id`;
  return rowsInTenant(database.app, of.id, sql, [id, acme.id]);
}

describe('what is asked for in one turn of the event loop', () => {
  it('shares a connection, each in a transaction of its own tenant or of none [SEC-3]', async () => {
    const asked = [asTenant(acme.id), asNobody(), asTenant(globex.id), asNobody(), asTenant(acme.id)];
    const rows = await Promise.all(asked);
    expect(rows.map((row) => row?.optionalText('tenant') ?? '')).toEqual([
      acme.id,
      '',
      globex.id,
      '',
      acme.id,
    ]);
    expect(new Set(rows.map((row) => row?.integer('backend'))).size).toBe(1);
  });

  it('fails and succeeds each for itself [SEC-3]', async () => {
    const asked = [auditing('first', acme), auditing('foreign', globex), auditing('first', acme)];
    const outcomes = await Promise.allSettled([...asked, auditing('last', acme), asNobody()]);
    const kinds = outcomes.map(({ status }) => status);
    expect(kinds).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled', 'fulfilled']);
    const kept = await inTenant(database.app, acme.id, (transaction) =>
      transaction.rows(`SELECT id FROM audit_entries WHERE id IN ('first', 'foreign', 'last') ORDER BY id`),
    );
    expect(kept.map((row) => row.text('id'))).toEqual(['first', 'last']);
  });

  it('waits for no more than a few others: a crowd takes several connections', async () => {
    const rows = await Promise.all(Array.from({ length: 100 }, asNobody));
    expect(new Set(rows.map((row) => row?.integer('backend'))).size).toBeGreaterThan(1);
  });

  it('is answered while every connection was busy for a time', async () => {
    const small = await openDatabase({ url: database.url, poolSize: 1 });
    try {
      const held = inTenant(small, acme.id, (transaction) => transaction.rows('SELECT pg_sleep(0.2)'));
      const asked = Array.from({ length: 30 }, () => rowsOf(small, whoAndWhere));
      await expect(held).resolves.toHaveLength(1);
      await expect(Promise.all(asked)).resolves.toHaveLength(30);
    } finally {
      await small.destroy();
    }
  });

  it('is told to everybody where no connection is to be had', async () => {
    const gone = await openDatabase({ url: database.url });
    await gone.destroy();
    const outcomes = await Promise.allSettled([rowsOf(gone, whoAndWhere), rowsOf(gone, whoAndWhere)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
