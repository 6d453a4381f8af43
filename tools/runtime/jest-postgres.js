// Jest's globalSetup for projects that ask for a database (`withPostgres`): starts one unless `npm test` or somebody did.
const { spawn } = require('node:child_process');
const { createInterface } = require('node:readline');
const { once } = require('node:events');
const { join } = require('node:path');

const held = Symbol.for('gatehouse.jest-postgres');

/** Jest calls this once for every project that names it: the first one starts it for all. */
module.exports = async function globalSetup() {
  if (process.env.GATEHOUSE_TEST_POSTGRES_URL) return;
  const program = join(__dirname, 'temporary-postgres.mjs');
  const server = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const line = await Promise.race([
    once(createInterface({ input: server.stdout }), 'line').then(([text]) => text),
    once(server, 'exit').then(() => undefined),
  ]);
  if (!line) throw new Error('The PostgreSQL for the tests did not start: see its message above.');
  process.env.GATEHOUSE_TEST_POSTGRES_URL = line;
  globalThis[held] = server;
};
