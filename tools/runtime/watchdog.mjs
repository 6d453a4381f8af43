// Ends what we started when we are killed without a chance to do so (SIGKILL, a closed terminal, a crash).
// One small process holds the other end of a pipe: when we are gone, in whatever way, the pipe ends.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(import.meta.url);
const grace = 10_000;
let keeper;

/**
 * Has the process group that `pid` leads ended when this process is gone.
 * @param {number | undefined} pid undefined: it did not even start
 * @param {'SIGTERM' | 'SIGINT'} signal how it is asked to end
 */
export function watchOver(pid, signal = 'SIGTERM') {
  if (pid === undefined) return;
  keeper ??= startKeeper();
  keeper.stdin.write(`${pid} ${signal}\n`);
}

/**
 * The process has ended by itself: its number may be somebody else's from here on.
 * @param {number | undefined} pid
 */
export function forget(pid) {
  if (pid !== undefined) keeper?.stdin.write(`${pid} ended\n`);
}

function startKeeper() {
  const child = spawn(process.execPath, [program], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  });
  child.stdin.on('error', () => undefined);
  child.stdin.unref?.();
  child.unref();
  return child;
}

async function keepWatch() {
  const groups = new Map();
  for await (const line of createInterface({ input: process.stdin })) {
    const [pid, signal] = line.split(' ');
    if (signal === 'ended') groups.delete(Number(pid));
    else groups.set(Number(pid), signal);
  }
  // The database last: whoever still uses it would wait for its return instead of ending.
  await endGroups(pick(groups, 'SIGTERM'), 'SIGTERM');
  await endGroups(pick(groups, 'SIGINT'), 'SIGINT');
}

function pick(groups, wanted) {
  return [...groups].filter(([, signal]) => signal === wanted).map(([pid]) => pid);
}

async function endGroups(pids, signal) {
  for (const pid of pids) signalGroup(pid, signal);
  const deadline = Date.now() + grace;
  while (pids.some((pid) => signalGroup(pid, 0)) && Date.now() < deadline) {
    await new Promise((wake) => setTimeout(wake, 100));
  }
  for (const pid of pids) signalGroup(pid, 'SIGKILL');
}

/**
 * Signals a process and all its children; false: there is none left.
 * @param {number} pid
 * @param {NodeJS.Signals | 0} signal
 */
export function signalGroup(pid, signal) {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] && resolve(process.argv[1]) === program) void keepWatch();
