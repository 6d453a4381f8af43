import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** SimpleSAMLphp 1.19 predates PHP 8.2: its deprecation notices would drown what matters in the log. */
const phpSettings = [
  '-d',
  'error_reporting=E_ALL & ~E_DEPRECATED',
  '-d',
  'display_errors=0',
  '-d',
  'log_errors=1',
];

export interface PhpServerOptions {
  port: number;
  documentRoot: string;
  environment: Record<string, string>;
  logFile: string;
  readyUrl: string;
}

/** PHP's built-in web server in a process of its own. */
export class PhpServer {
  private constructor(
    private readonly child: ChildProcess,
    private readonly killWithUs: () => void,
  ) {}

  static async start(options: PhpServerOptions): Promise<PhpServer> {
    const child = spawnPhp(options);
    const killWithUs = () => void child.kill('SIGKILL');
    process.once('exit', killWithUs);
    const server = new PhpServer(child, killWithUs);
    await untilAnswering(child, options).catch(async (error: unknown) => {
      await server.stop();
      throw error;
    });
    return server;
  }

  async stop(): Promise<void> {
    process.removeListener('exit', this.killWithUs);
    if (hasEnded(this.child)) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }
}

function spawnPhp({ port, documentRoot, environment, logFile }: PhpServerOptions): ChildProcess {
  const log = openSync(logFile, 'a');
  const address = ['-S', `127.0.0.1:${port}`, '-t', documentRoot];
  const child = spawn('php', [...phpSettings, ...address], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', log, log],
  });
  // The exit code or the missing pid tells the rest; without a listener a missing PHP would end our process.
  child.on('error', () => undefined);
  closeSync(log);
  return child;
}

async function untilAnswering(child: ChildProcess, { readyUrl, logFile }: PhpServerOptions): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await answers(readyUrl))) {
    if (hasEnded(child) || Date.now() > deadline) {
      throw new Error(
        `SimpleSAMLphp does not answer at ${readyUrl}. Its log:\n${readFileSync(logFile, 'utf8')}`,
      );
    }
    await wait(50);
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    await response.text();
    return response.ok;
  } catch {
    return false;
  }
}

/** SimpleSAMLphp must know its own address before it starts, so the port is chosen for it. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port on 127.0.0.1 was given.');
  return address.port;
}
