// A real PostgreSQL from npm packages, for `npm start` and the tests: no Docker, no system service, loopback only.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './ports.mjs';
import { postgresAccount, postgresBinaries } from './postgres-binaries.mjs';
import { accountFor, dataFolder, initialise, postgresEnvironment } from './postgres-data.mjs';
import { clearLeftover, readPidFile, rememberStarter } from './postgres-leftover.mjs';
import { forget, watchOver } from './watchdog.mjs';

const startPatience = 30_000;
const stopPatience = 15_000;
const hastySettings = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
];

/**
 * Starts PostgreSQL on the data in `dataDir`, which is made when there is none.
 * @param {{ dataDir: string, port?: number, durable?: boolean }} options `durable: false` is for tests: nothing is synced to disk
 * @returns {Promise<{ port: number, superuserUrl: string, stop(): Promise<void> }>}
 */
export async function startPostgres({ dataDir, port, durable = true }) {
  refuseProduction();
  const usual = postgresAccount();
  const data = dataFolder(dataDir, usual);
  const account = accountFor(data, usual);
  const native = postgresBinaries(account);
  await clearLeftover(data);
  const password = initialise({ data, native, account, durable });
  const listenPort = port ?? (await freePort());
  const server = launch({ data, native, account, port: listenPort, durable });
  rememberStarter(data);
  await waitUntilReady(server, data);
  const superuserUrl = `postgres://postgres:${password}@127.0.0.1:${listenPort}/postgres`;
  return { port: listenPort, superuserUrl, stop: () => stop(server) };
}

function refuseProduction() {
  if (process.env.NODE_ENV !== 'production' || process.env.GATEHOUSE_ALLOW_EMBEDDED_POSTGRES === 'yes')
    return;
  throw new Error(
    'The embedded PostgreSQL has no backups and no second machine: in production set DATABASE_URL to a server that is looked ' +
      'after, or GATEHOUSE_ALLOW_EMBEDDED_POSTGRES=yes if you know what you do.',
  );
}

/** Its own process group: Ctrl-C reaches us only, and we stop it last. The watchdog ends it when we are killed. */
function launch({ data, native, account, port, durable }) {
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'max_connections=200',
    ...(durable ? [] : hastySettings),
  ];
  const log = openSync(`${data}.log`, 'w', 0o600);
  const server = spawn(
    join(native, 'bin', 'postgres'),
    ['-D', data, ...settings.flatMap((line) => ['-c', line])],
    {
      ...account,
      cwd: data,
      env: postgresEnvironment(),
      stdio: ['ignore', log, log],
      detached: true,
    },
  );
  closeSync(log);
  server.on('error', () => undefined);
  server.once('exit', () => forget(server.pid));
  server.unref();
  watchOver(server.pid, 'SIGINT');
  return server;
}

async function waitUntilReady(server, data) {
  const deadline = Date.now() + startPatience;
  for (;;) {
    const { pid, ready } = readPidFile(data);
    if (ready && pid === server.pid) return;
    if (hasEnded(server) || Date.now() > deadline)
      throw new Error(`PostgreSQL did not start:\n${lastLines(`${data}.log`)}`);
    await pause(25);
  }
}

/** Fast shutdown; when it does not end in time, the immediate one, after which the next start replays the log. */
async function stop(server) {
  if (hasEnded(server)) return;
  const ended = once(server, 'exit');
  server.ref();
  process.kill(server.pid, 'SIGINT');
  const hurry = setTimeout(() => server.kill('SIGQUIT'), stopPatience);
  await ended;
  clearTimeout(hurry);
}

function hasEnded(server) {
  return server.pid === undefined || server.exitCode !== null || server.signalCode !== null;
}

function lastLines(file) {
  return readFileSync(file, 'utf8').trim().split('\n').slice(-12).join('\n');
}
