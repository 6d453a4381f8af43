import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const hook = join(__dirname, '../../../../libs/core/queue/test/run-typescript.cjs');
const patienceMs = 60_000;

export interface ProcessPlan {
  readonly script: string;
  readonly args?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** What it says once it can be used. */
  readonly ready: string;
}

/** One server or worker, as it is deployed: a process that may be killed at any moment and is started again. */
export class FleetProcess {
  #process: ChildProcess | undefined;
  #isReady = false;
  said = '';

  constructor(private readonly plan: ProcessPlan) {}

  get isReady(): boolean {
    return this.#isReady;
  }

  start(): void {
    const { script, args = [], environment } = this.plan;
    const child = spawn(process.execPath, ['--conditions=@gatehouse/source', '-r', hook, script, ...args], {
      env: { PATH: process.env['PATH'] ?? '', NODE_NO_WARNINGS: '1', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    this.#isReady = false;
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => this.#hear(String(text)));
    // A database that is away at the start ends a process by itself: whoever runs it starts it again.
    child.once('exit', () => {
      if (this.#process === child) this.start();
    });
  }

  async whenReady(): Promise<void> {
    for (const deadline = Date.now() + patienceMs; !this.#isReady; await pause(50))
      if (Date.now() > deadline) throw new Error(`A process did not start:\n${this.said.slice(-2000)}`);
  }

  /** At any point of whatever it does, and then it is started again. */
  async kill(): Promise<void> {
    await this.stop();
    this.start();
  }

  stall(): void {
    this.#process?.kill('SIGUSR2');
  }

  async stop(): Promise<void> {
    const ended = this.#process;
    this.#process = undefined;
    this.#isReady = false;
    if (ended === undefined || ended.exitCode !== null || ended.signalCode !== null) return;
    const exit = once(ended, 'exit');
    ended.kill('SIGKILL');
    await exit;
  }

  #hear(text: string): void {
    this.said = (this.said + text).slice(-100_000);
    this.#isReady ||= text.includes(this.plan.ready);
  }
}
