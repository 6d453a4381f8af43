// Who computes where: the server has a core to itself, everything else shares the others.
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** @typedef {{ server: string, load: string }} Cores as `taskset -c` takes them */

/** @returns {Cores | undefined} undefined: one core only, or no taskset; nothing is pinned then */
export function chooseCores() {
  const count = availableParallelism();
  const available = spawnSync('taskset', ['--version']).status === 0;
  if (count < 2 || !available) return undefined;
  return { server: '0', load: count === 2 ? '1' : `1-${count - 1}` };
}

/** @param {Cores | undefined} cores */
export function pinThisProcess(cores) {
  if (!cores) return;
  const { status } = spawnSync('taskset', ['-a', '-c', '-p', cores.load, String(process.pid)]);
  if (status !== 0) throw new Error(`taskset could not move this process to core ${cores.load}.`);
}

/**
 * @param {Cores | undefined} cores
 * @param {string[]} command
 */
export function onCore(cores, command) {
  return cores ? ['taskset', '-c', cores.server, ...command] : command;
}
