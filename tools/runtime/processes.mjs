// Child processes that come and go together: prefixed output, readiness, and an end that leaves nothing behind.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { forget, signalGroup, watchOver } from './watchdog.mjs';

const grace = 10_000;

/** @typedef {{ name: string, command: string[], env: Record<string, string>, cwd: string, ready?: string }} ProcessPlan */

/** A family of processes: when one ends unasked, or we are told to stop, all are ended. */
export class Processes {
  #running = [];
  #closing = [];
  #stopping;
  #end;

  /** Settles when all has ended, with the exit code for this process. */
  finished = new Promise((resolve) => (this.#end = resolve));

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void this.stop(0));
  }

  /** @param {() => Promise<void>} action done last, after all processes have ended (the database) */
  afterwards(action) {
    this.#closing.unshift(action);
  }

  /** @param {ProcessPlan} plan */
  async start(plan) {
    if (this.#stopping) return this.#stopping;
    const child = this.#launch(plan, 'inherit');
    prefixLines(child.stdout, plan.name, console.log);
    if (plan.ready) await this.#waitFor(plan, child);
  }

  /** Runs a process to its end and returns what it printed; an exit code other than 0 is an error. */
  async run(plan) {
    const child = this.#launch(plan, 'run');
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`${plan.name} failed (exit code ${code}): see its messages above.`);
    return Buffer.concat(chunks).toString('utf8');
  }

  /** Ends everything at once, then does what comes afterwards; safe to call twice. */
  stop(code) {
    this.#stopping ??= this.#stopAll().then(
      () => this.#end(code),
      (error) => {
        console.error(error.message);
        this.#end(1);
      },
    );
    return this.#stopping;
  }

  get isStopping() {
    return this.#stopping !== undefined;
  }

  #launch({ name, command, env, cwd }, kind) {
    const [program, ...args] = command;
    const stdio = ['ignore', 'pipe', 'pipe'];
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio, detached: true });
    child.on('error', (error) => console.error(`[${name}] ${error.message}`));
    watchOver(child.pid);
    prefixLines(child.stderr, name, console.error);
    this.#running.push(child);
    child.once('exit', (code, signal) => this.#ended(child, name, kind, code ?? signal));
    return child;
  }

  #ended(child, name, kind, how) {
    forget(child.pid);
    this.#running = this.#running.filter((other) => other !== child);
    if (kind === 'run' || this.#stopping) return;
    console.error(`[${name}] ended unasked (${how}): stopping the others.`);
    void this.stop(1);
  }

  async #waitFor({ name, ready }, child) {
    const deadline = Date.now() + 60_000;
    while (!(await answers(ready))) {
      if (this.#stopping || hasEnded(child)) throw new Error(`${name} ended before it was ready.`);
      if (Date.now() > deadline) throw new Error(`${name} did not answer at ${ready} within a minute.`);
      await pause(100);
    }
  }

  async #stopAll() {
    await Promise.all(this.#running.map(endGroup));
    for (const action of this.#closing) await action();
  }
}

/** SIGTERM to the child and all its children, SIGKILL after ten seconds. */
async function endGroup(child) {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  signalGroup(child.pid, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), grace);
  await ended;
  clearTimeout(timer);
  signalGroup(child.pid, 'SIGKILL');
}

function hasEnded(child) {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

async function answers(url) {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(2000) });
    return response.status < 500;
  } catch {
    return false;
  }
}

function prefixLines(stream, name, print) {
  createInterface({ input: stream }).on('line', (line) => print(`[${name}] ${line}`));
}
