import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Client } from 'pg';

// The launcher is plain ESM that runs before anything is built, so it is driven as what it is: a Node program.
const launcher = pathToFileURL(resolve(__dirname, '../../runtime/embedded-postgres.mjs')).href;

const startScript = `
  import { startPostgres } from ${JSON.stringify(launcher)};
  try {
    const { superuserUrl, stop } = await startPostgres({ dataDir: process.argv[1], durable: false });
    console.log(superuserUrl);
    process.stdin.resume().once('end', () => void stop());
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
`;

interface Started {
  readonly url: string;
  readonly program: ChildProcess;
  stop(): Promise<void>;
}

let folder: string;
let data: string;
const programs: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse with spaces '));
  chmodSync(folder, 0o711);
  data = join(folder, 'my data');
});

afterEach(async () => {
  for (const program of programs.splice(0)) await end(program);
  rmSync(folder, { recursive: true, force: true });
});

async function start(dataDir: string): Promise<Started> {
  const args = ['--input-type=module', '-e', startScript, dataDir];
  const program = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  programs.push(program);
  const [url] = await Promise.race([
    once(createInterface({ input: program.stdout }), 'line'),
    once(program, 'exit').then((): string[] => []),
  ]);
  if (typeof url !== 'string') throw new Error('The launcher ended without an address.');
  return { url, program, stop: () => end(program) };
}

async function end(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const ended = once(program, 'exit');
  program.stdin?.end();
  await ended;
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  // A server that ends meanwhile fails the query; the event that tells of it again would end the test.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

function refusal(dataDir: string, environment: NodeJS.ProcessEnv = {}): string {
  const args = ['--input-type=module', '-e', startScript, dataDir];
  const env = { ...process.env, ...environment };
  const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  return status === 0 ? 'no refusal' : stderr;
}

async function waitUntilRefused(url: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (!(await query(url, 'SELECT 1').catch(() => undefined))) return;
    await pause(100);
  }
  throw new Error('PostgreSQL outlived the process that started it.');
}

describe('the embedded PostgreSQL', () => {
  it('keeps its data between starts, on a path with spaces', async () => {
    const first = await start(data);
    await query(first.url, 'CREATE TABLE kept AS SELECT 7 AS number');
    await first.stop();
    const second = await start(data);
    expect(await query(second.url, 'SELECT number FROM kept')).toEqual([{ number: 7 }]);
  });

  it('speaks UTF-8, sorts by code point and listens on the loopback address only', async () => {
    const { url } = await start(data);
    const settings = `SELECT current_setting('server_encoding') AS encoding, current_setting('listen_addresses') AS addresses,
      current_setting('unix_socket_directories') AS sockets, datcollate AS collation FROM pg_database WHERE datname = 'postgres'`;
    const expected = { encoding: 'UTF8', addresses: '127.0.0.1', sockets: '', collation: 'C' };
    expect(await query(url, settings)).toEqual([expected]);
  });

  it('asks for a password, which only its owner can read', async () => {
    const { url } = await start(data);
    const wrong = new URL(url);
    wrong.password = 'guess';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
    expect(statSync(`${data}.password`).mode & 0o777).toBe(0o600);
  });

  it('is not held up by a postmaster.pid whose number now belongs to another program', async () => {
    await (await start(data)).stop();
    writeFileSync(join(data, 'postmaster.pid'), `${process.pid}\n${data}\n0\n5432\n\n127.0.0.1\n\nready\n`);
    const { url } = await start(data);
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('ends when the process that started it is killed, and starts again on the same data', async () => {
    const killed = await start(data);
    await query(killed.url, 'CREATE TABLE kept AS SELECT 7 AS number');
    killed.program.kill('SIGKILL');
    await waitUntilRefused(killed.url);
    const next = await start(data);
    expect(await query(next.url, 'SELECT number FROM kept')).toEqual([{ number: 7 }]);
  });

  it('says who is using the data when it is started twice', async () => {
    const first = await start(data);
    expect(refusal(data)).toContain(`in use by process ${first.program.pid}`);
    expect(await query(first.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('begins anew after an initdb that was cut off', async () => {
    mkdirSync(join(`${data}.unfinished`, 'base'), { recursive: true });
    writeFileSync(join(`${data}.unfinished`, 'PG_VERSION'), '18\n');
    writeFileSync(`${data}.password`, 'of the run that was cut off\n');
    const { url } = await start(data);
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('refuses to serve production unless it is told to', () => {
    const production = { NODE_ENV: 'production', GATEHOUSE_ALLOW_EMBEDDED_POSTGRES: '' };
    expect(refusal(data, production)).toContain('GATEHOUSE_ALLOW_EMBEDDED_POSTGRES=yes');
  });
});
