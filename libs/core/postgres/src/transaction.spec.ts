import type { Tenant } from '@gatehouse/core';
import { Client } from 'pg';
import { PostgresConnectionStore, PostgresTenantStore } from './index';
import { createTestDatabase, type TestDatabase } from './testing';
import { anExistingConnection, anExistingTenant, chance } from './testing/given';
import { inTenant, rowsInTenant } from './transaction';

let database: TestDatabase;
let owner: Client;
let acme: Tenant;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  acme = await anExistingTenant(database.app);
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

describe('a transaction of a tenant', () => {
  it('sends nothing for a tenant that is not an ID [SEC-3]', async () => {
    const bent = `ten_'; DROP TABLE domains; --` as const;
    const work = jest.fn(async () => 1);
    await expect(inTenant(database.app, bent, work)).rejects.toThrow('identifier');
    expect(work.mock.calls.length).toBe(0);
    const sql = `INSERT INTO users (id, email, email_key, created_at) VALUES ('stray', 'a@b.example', 'a@b.example', now()) RETURNING id`;
    await expect(rowsInTenant(database.app, bent, sql, [])).rejects.toThrow('identifier');
    const { rowCount } = await owner.query(`SELECT id FROM users WHERE id = 'stray'`);
    expect(rowCount).toBe(0);
  });
});

describe('a server that runs while the next version migrates the database', () => {
  it('goes on reading tables that get another column [OPS-5]', async () => {
    const connections = new PostgresConnectionStore(database.app, chance);
    const tenants = new PostgresTenantStore(database.app, chance);
    const { id } = await anExistingConnection(database.app, acme.id);
    const read = async () =>
      Promise.all([
        connections.findAnywhere(id),
        connections.find(acme.id, id),
        connections.primary(acme.id),
        tenants.find(acme.id),
      ]);
    const before = await read();
    await owner.query('ALTER TABLE connections ADD of_the_next_version text');
    await owner.query('ALTER TABLE tenants ADD of_the_next_version text');
    await expect(read()).resolves.toEqual(before);
  });
});
