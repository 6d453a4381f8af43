import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { openDatabase } from '../database';
import { appRole } from '../ensure-database';
import { migrate } from '../migrate';
import { migrationLock } from '../migrate-lock';

/** A migrated database of its own, for one spec file. */
export interface TestDatabase {
  /** As the application's role. */
  readonly url: string;
  /** As the role that owns the tables, which is no superuser: row-level security is forced on it as well. */
  readonly ownerUrl: string;
  readonly app: DataSource;
  /** Ends the connections and drops the database. */
  drop(): Promise<void>;
}

const owner = 'gatehouse_test_owner';
// The same everywhere: roles belong to the server that all spec files share.
const password = 'for-tests-only';

/** `GATEHOUSE_TEST_POSTGRES_URL` names a server, as its superuser. */
export async function createTestDatabase(
  server = process.env['GATEHOUSE_TEST_POSTGRES_URL'],
): Promise<TestDatabase> {
  if (!server)
    throw new Error('GATEHOUSE_TEST_POSTGRES_URL is not set: it names the PostgreSQL server of the tests.');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asSuperuser(server, createOwner);
  const ownerUrl = address(server, owner, name);
  await migrate({ ownerUrl, appPassword: password });
  const url = address(server, appRole, name);
  const app = await openDatabase({ url, poolSize: 20 });
  const drop = async (): Promise<void> => {
    await app.destroy();
    await asSuperuser(
      server,
      async (client) => void (await client.query(`DROP DATABASE ${name} WITH (FORCE)`)),
    );
  };
  return { url, ownerUrl, app, drop };
}

function address(server: string, user: string, database: string): string {
  const url = new URL(server);
  url.username = user;
  url.password = password;
  url.pathname = `/${database}`;
  return url.href;
}

async function asSuperuser(server: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

// Spec files start in parallel: the lock that migrations take keeps them from making the role twice.
async function createOwner(client: Client): Promise<void> {
  await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [owner]);
  if (rowCount === 0)
    await client.query(`CREATE ROLE ${owner} LOGIN CREATEDB CREATEROLE PASSWORD '${password}'`);
}
