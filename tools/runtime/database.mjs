// The database inside an embedded PostgreSQL. `pg` is imported late: this file is loaded before anything is installed.

/**
 * Makes the database when there is none.
 * @param {string} superuserUrl
 * @param {string} name
 * @returns {Promise<string>} the address of that database for the superuser
 */
export async function ensureDatabase(superuserUrl, name) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  return databaseUrl(superuserUrl, { database: name });
}

/**
 * The same server, with another database or another person.
 * @param {string} url
 * @param {{ database: string, user?: string, password?: string }} change
 */
export function databaseUrl(url, { database, user, password }) {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  if (user !== undefined) changed.username = user;
  if (password !== undefined) changed.password = password;
  return changed.href;
}
