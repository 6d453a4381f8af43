import { Client } from 'pg';
import { describeDatabase, migrationsTable } from './database';
import { ensureDatabase } from './ensure-database';
import { migrationLock } from './migrate-lock';
import { migrations } from './migrations';
import { Row } from './row';

export interface MigrateOptions {
  /** Of the role that owns the database; it needs CREATEROLE, and CREATEDB where the database is absent. */
  readonly ownerUrl: string;
  /** The password of `gatehouse_app`, the role as which servers and workers connect. */
  readonly appPassword: string;
}

/** Brings the database to the newest schema, creating it and the application's role where absent. Safe to run in parallel. */
export async function migrate({ ownerUrl, appPassword }: MigrateOptions): Promise<void> {
  await ensureDatabase(ownerUrl, appPassword);
  const lock = new Client({ connectionString: ownerUrl, application_name: 'gatehouse-migrate' });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await runMigrations(ownerUrl);
  } finally {
    // The lock ends with its session.
    await lock.end();
  }
}

async function runMigrations(ownerUrl: string): Promise<void> {
  const database = await describeDatabase({
    url: ownerUrl,
    poolSize: 2,
    applicationName: 'gatehouse-migrate',
  }).initialize();
  try {
    await database.runMigrations({ transaction: 'each' });
  } finally {
    await database.destroy();
  }
}

/** Whether the schema is older than this build wants; either role may ask. */
export async function migrationsArePending(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, application_name: 'gatehouse-migrate' });
  await client.connect();
  try {
    const done = await namesOfDone(client);
    return migrations.some(({ name }) => !done.has(name));
  } finally {
    await client.end();
  }
}

// Not TypeORM's `showMigrations`: that would create its table in a database that has none.
async function namesOfDone(client: Client): Promise<Set<string>> {
  const { rows: tables } = await client.query(
    `SELECT to_regclass('${migrationsTable}') IS NOT NULL AS present`,
  );
  if (!new Row(tables[0]).flag('present')) return new Set();
  const { rows } = await client.query(`SELECT name FROM ${migrationsTable}`);
  return new Set(rows.map((row) => new Row(row).text('name')));
}
