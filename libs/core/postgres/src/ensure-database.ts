import { Client } from 'pg';
import { migrationLock } from './migrate-lock';
import { Row } from './row';

/** The role as which servers and workers connect: it owns no table and row-level security holds for it. */
export const appRole = 'gatehouse_app';

/** Creates database and role where absent. Both belong to the whole server, so the lock is taken in its `postgres` database. */
export async function ensureDatabase(ownerUrl: string, appPassword: string): Promise<void> {
  const wanted = new URL(ownerUrl);
  const maintenance = new URL(ownerUrl);
  maintenance.pathname = '/postgres';
  const client = new Client({ connectionString: maintenance.href, application_name: 'gatehouse-migrate' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await createDatabase(client, decodeURIComponent(wanted.pathname.slice(1)));
    await createRole(client, appPassword);
  } finally {
    await client.end();
  }
}

async function createDatabase(client: Client, name: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (rowCount === 0) await run(client, `CREATE DATABASE %I ENCODING 'UTF8' TEMPLATE template0`, name);
}

async function createRole(client: Client, password: string): Promise<void> {
  const sql = 'SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = $1';
  const { rows } = await client.query<Record<string, unknown>>(sql, [appRole]);
  const found: unknown = rows[0];
  if (found === undefined)
    return run(
      client,
      `CREATE ROLE ${appRole} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD %L`,
      password,
    );
  const role = new Row(found);
  if (role.flag('rolsuper') || role.flag('rolbypassrls'))
    throw new Error(
      `The role ${appRole} may bypass row-level security. Run: ALTER ROLE ${appRole} NOSUPERUSER NOBYPASSRLS`,
    );
  await run(client, `ALTER ROLE ${appRole} LOGIN PASSWORD %L`, password);
}

// These statements take no parameters: PostgreSQL itself quotes the value into the text.
async function run(client: Client, template: string, value: string): Promise<void> {
  const { rows } = await client.query('SELECT format($1, $2::text) AS statement', [template, value]);
  await client.query(new Row(rows[0]).text('statement'));
}
