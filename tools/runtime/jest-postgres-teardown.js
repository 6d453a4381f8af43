// Jest's globalTeardown beside jest-postgres.js: ends the database that it started, once.
const { once } = require('node:events');

const held = Symbol.for('gatehouse.jest-postgres');

module.exports = async function globalTeardown() {
  const server = globalThis[held];
  if (!server) return;
  delete globalThis[held];
  delete process.env.GATEHOUSE_TEST_POSTGRES_URL;
  const ended = once(server, 'exit');
  server.stdin.end();
  await ended;
};
