// What a run that was killed leaves in the data folder: a stale postmaster.pid, or a server that is still alive.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const patience = 15_000;

/**
 * Clears the way for a new server: ends one whose starter is gone, removes a pid file that nobody stands behind, and refuses
 * when another start is using the data.
 * @param {string} data
 */
export async function clearLeftover(data) {
  const pidFile = join(data, 'postmaster.pid');
  const { pid } = readPidFile(data);
  if (pid === undefined) return;
  if (!isServerOf(pid, data)) return rmSync(pidFile, { force: true });
  const starter = readStarter(data);
  if (starter !== undefined && starter !== process.pid && isAlive(starter)) {
    throw new Error(`The data in ${data} is in use by process ${starter}. Stop that one first.`);
  }
  await endServer(pid);
  rmSync(pidFile, { force: true });
}

/** Remembers who started the server, for the next run to tell a leftover from a running one. */
export function rememberStarter(data) {
  writeFileSync(`${data}.starter`, `${process.pid}\n`);
}

/**
 * postmaster.pid: the process on line 1, the port on line 4, the state on line 8.
 * @param {string} data
 * @returns {{ pid?: number, ready: boolean }}
 */
export function readPidFile(data) {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return { ready: false };
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  return Number.isInteger(pid) && pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : { ready: false };
}

function readStarter(data) {
  const file = `${data}.starter`;
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, 'utf8'));
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

/** Process numbers are used again (in a fresh container at once): only a postgres that works in this folder counts. */
function isServerOf(pid, data) {
  if (!isAlive(pid)) return false;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
  } catch {
    const { stdout } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return Boolean(stdout?.includes('postgres') && stdout.includes(data));
  }
}

/** SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one (the log is replayed at the next start). */
async function endServer(pid) {
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + patience;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return process.kill(pid, 'SIGQUIT');
    await pause(50);
  }
}

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
