import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const moduleUrl = (name: string) =>
  JSON.stringify(pathToFileURL(resolve(__dirname, '../../runtime', name)).href);

// A child with a child of its own; it prints both numbers, which come out with the name in front.
const family = `
  const { spawn } = require('node:child_process');
  const grandchild = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  console.log(process.pid, grandchild.pid);
  setInterval(() => {}, 1000);
`;
const parent = `
  import { Processes } from ${moduleUrl('processes.mjs')};
  const processes = new Processes();
  const plan = (name, source) => ({ name, command: [process.execPath, '-e', source], env: {}, cwd: process.cwd() });
  await processes.start(plan('first', process.argv[1]));
  if (process.argv[2]) await processes.start(plan('second', process.argv[2]));
  process.exit(await processes.finished);
`;

async function run(source: string, ...args: string[]): Promise<{ stdout: string; stderr: string }> {
  return execute(process.execPath, ['--input-type=module', '-e', source, ...args]);
}

async function startFamily(...sources: string[]): Promise<{ program: ChildProcess; pids: number[] }> {
  const args = ['--input-type=module', '-e', parent, ...sources];
  const program = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = await once(createInterface({ input: program.stdout }), 'line');
  const [, first, second] = /^\[first\] (\d+) (\d+)$/.exec(String(line)) ?? [];
  return { program, pids: [Number(first), Number(second)] };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function survivors(pids: number[]): Promise<number[]> {
  for (let attempt = 0; attempt < 50 && pids.some(isAlive); attempt += 1) await pause(100);
  return pids.filter(isAlive);
}

describe('child processes', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('leave nobody behind after %s', async (signal) => {
    const { program, pids } = await startFamily(family);
    expect(pids.map(isAlive)).toEqual([true, true]);
    const ended = once(program, 'exit');
    program.kill(signal);
    expect(await ended).toEqual([0, null]);
    expect(await survivors(pids)).toEqual([]);
  });

  it('leave nobody behind when their parent is killed without a chance to clean up', async () => {
    const { program, pids } = await startFamily(family);
    expect(pids.map(isAlive)).toEqual([true, true]);
    program.kill('SIGKILL');
    expect(await survivors(pids)).toEqual([]);
  });

  it('end together when one of them ends unasked', async () => {
    const { program, pids } = await startFamily(family, 'setTimeout(() => process.exit(3), 300)');
    expect(await once(program, 'exit')).toEqual([1, null]);
    expect(await survivors(pids)).toEqual([]);
  });
});

describe('a port', () => {
  it('that is taken is said by name, and the next free one is used', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const script = `import { choosePort } from ${moduleUrl('ports.mjs')}; console.log(await choosePort('server', ${port}));`;
    const { stdout } = await run(script);
    taken.close();
    const [said, chosen] = stdout.trim().split('\n');
    expect(said).toBe(`Port ${port} (server) is taken; using ${chosen}.`);
    expect(Number(chosen)).toBeGreaterThan(port);
  });
});

describe('the secrets of the demo', () => {
  it('are made once, and only their owner can read them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-secrets-'));
    const file = join(folder, 'secrets.json');
    const script = `import { loadSecrets } from ${moduleUrl('secrets.mjs')}; console.log(loadSecrets(process.argv[1]).keyRing);`;
    const first = await run(script, file);
    const second = await run(script, file);
    expect(first.stdout).toMatch(/^k1:[A-Za-z0-9+/]{43}=\n$/);
    expect(second.stdout).toBe(first.stdout);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain(first.stdout.trim());
    rmSync(folder, { recursive: true });
  });
});

describe('the installer', () => {
  it.each([
    ['20.18.3', false],
    ['18.20.0', false],
    ['20.19.0', true],
    ['24.1.0', true],
  ])('takes Node %s: %s', async (version, taken) => {
    const script = `import { refuseOldNode } from ${moduleUrl('install.mjs')}; refuseOldNode(process.argv[1]); console.log('taken');`;
    const outcome = await run(script, version).catch((error: unknown) => ({
      stdout: '',
      stderr: String(error),
    }));
    expect(outcome.stdout).toBe(taken ? 'taken\n' : '');
    if (!taken) expect(outcome.stderr).toContain(`Gatehouse needs Node 20.19 or newer; this is ${version}`);
  });
});
