import type { Tenant } from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { openDatabase } from './database';
import { exchange } from './exchange';
import { withConnection } from './send-together';
import { createTestDatabase, type TestDatabase } from './testing';
import { anExistingTenant } from './testing/given';
import { allInTenant, inTenant, rowsInTenant, rowsOf, unsynced } from './transaction';

let database: TestDatabase;
/** Over one connection, so that each statement is prepared once. */
let single: DataSource;
let acme: Tenant;
beforeAll(async () => {
  database = await createTestDatabase();
  acme = await anExistingTenant(database.app);
});
beforeEach(async () => {
  single = await openDatabase({ url: database.url, poolSize: 1 });
});
afterEach(() => single.destroy());
afterAll(() => database.drop());

const auditing = (id: string, of = acme.id) => ({
  sql: `INSERT INTO audit_entries (id, tenant_id, type, at, actor, subject) VALUES ($1, $2, 'tenant.created', now(), '{}', 'x')`,
  values: [id, of],
});
const count = { sql: 'SELECT count(*)::integer AS rows FROM audit_entries WHERE id = $1', values: ['again'] };

async function isKept(id: string): Promise<boolean> {
  const rows = await rowsInTenant(single, acme.id, 'SELECT 1 FROM audit_entries WHERE id = $1', [id]);
  return rows.length === 1;
}

describe('statements that are sent with one Sync', () => {
  it('commit whole or not at all, and leave no tenant behind [SEC-3]', async () => {
    await allInTenant(single, acme.id, [auditing('one'), auditing('two')]);
    await expect(allInTenant(single, acme.id, [auditing('three'), auditing('two')])).rejects.toThrow(
      'duplicate',
    );
    const kept = await Promise.all(['one', 'two', 'three'].map(isKept));
    expect(kept).toEqual([true, true, false]);
    const [after] = await rowsOf(single, `SELECT current_setting('gatehouse.tenant', true) AS tenant`);
    expect(after?.optionalText('tenant') ?? '').toBe('');
  });

  it('are kept by the connection, but for those that a client composed [SCM-1] [SEC-3]', async () => {
    const held = { sql: 'SELECT name FROM pg_prepared_statements', values: [] };
    const texts = ['once', 'again'].map((name) => ({ sql: `SELECT $1::text AS "${name}"`, values: ['x'] }));
    const [before = []] = await allInTenant(single, acme.id, [held]);
    for (let round = 0; round < 3; round++) {
      const answers = await allInTenant(single, acme.id, [
        ...texts.map((each) => ({ ...each, once: true })),
        held,
      ]);
      expect(answers.slice(0, 2).map(([row]) => row?.record())).toEqual([{ once: 'x' }, { again: 'x' }]);
      expect(answers[2]).toHaveLength(before.length);
    }
    const [, , after = []] = await allInTenant(single, acme.id, [...texts, held]);
    expect(after).toHaveLength(before.length + 2);
  });

  it('answer each with its own rows, once described or each time [OPS-5]', async () => {
    const all = { sql: 'SELECT * FROM tenants WHERE id = $1', values: [acme.id] };
    const slug = { sql: 'SELECT slug FROM tenants WHERE id = $1', values: [acme.id] };
    const none = { sql: 'SELECT id FROM tenants WHERE id = $1', values: ['nobody'] };
    for (let round = 0; round < 3; round++) {
      const answers = await withConnection(single, (connection) =>
        exchange(connection, [slug, all, none, slug]),
      );
      expect(answers.map((rows) => rows.map((row) => row.text('slug')))).toEqual([
        [acme.slug],
        [acme.slug],
        [],
        [acme.slug],
      ]);
    }
  });

  it('count on a statement that a transaction which failed had prepared first', async () => {
    const failing = allInTenant(single, acme.id, [auditing('again'), auditing('again'), count]);
    const [failed, counted] = await Promise.allSettled([failing, allInTenant(single, acme.id, [count])]);
    expect(failed.status).toBe('rejected');
    expect(counted).toMatchObject({ status: 'fulfilled' });
    const rows = counted.status === 'fulfilled' ? counted.value.flat() : [];
    expect(rows.map((row) => row.integer('rows'))).toEqual([0]);
    await expect(rowsInTenant(single, acme.id, count.sql, count.values)).resolves.toHaveLength(1);
  });

  it('tell what is wrong with one that cannot be parsed, and parse it anew the next time', async () => {
    const asked = () => rowsOf(single, 'SELECT id FROM of_the_next_version WHERE id = $1', ['x']);
    await expect(asked()).rejects.toThrow('"of_the_next_version" does not exist');
    await expect(asked()).rejects.toThrow('"of_the_next_version" does not exist');
    await expect(rowsOf(single, 'SELECT 1 AS one')).resolves.toHaveLength(1);
  });

  it('are spared the wait for the disk where they say so, and nobody after them is', async () => {
    await rowsOf(single, 'SET synchronous_commit TO on');
    const asked = { sql: `SELECT current_setting('synchronous_commit') AS synced`, values: [] };
    const [, [spared] = []] = await allInTenant(single, acme.id, [unsynced, asked]);
    const [[next] = []] = await allInTenant(single, acme.id, [asked]);
    expect([spared?.text('synced'), next?.text('synced')]).toEqual(['off', 'on']);
  });

  it('send nothing where a value cannot be written, and the connection goes on', async () => {
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    await expect(rowsOf(single, 'SELECT $1::jsonb AS value', [circular])).rejects.toThrow('circular');
    await expect(rowsOf(single, 'SELECT $1::jsonb AS value', [{ fine: true }])).resolves.toHaveLength(1);
  });

  it('read and write every kind of value that the stores use', async () => {
    const at = new Date('2026-11-21T10:11:12.345Z');
    const sql = `SELECT $1::timestamptz(3) AS at, $2::jsonb AS json, $3::text[] AS texts, $4::integer AS number,
      $5::boolean AS flag, $6::text AS nothing, $7::double precision AS ms`;
    const values = [at, { a: ['b'] }, ['x"y', 'z,\\'], 7, true, undefined, 1.25];
    const [row] = await inTenant(single, acme.id, (transaction) => transaction.rows(sql, values));
    expect(row?.record()).toEqual({
      ...{ at, json: { a: ['b'] }, texts: ['x"y', 'z,\\'], number: 7, flag: true, nothing: null, ms: 1.25 },
    });
  });

  it('are told when the connection is lost, and the next ones get another [OPS-5]', async () => {
    const asked = [
      rowsOf(single, 'SELECT pg_terminate_backend(pg_backend_pid())'),
      rowsOf(single, 'SELECT 1'),
    ];
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    // The pool may hand the lost one out once more, before it hears that its socket has closed.
    const next = () => rowsOf(single, 'SELECT 1 AS one');
    await expect(next().catch(next).catch(next)).resolves.toHaveLength(1);
  });
});
