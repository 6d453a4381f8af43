// The number of a process that we started, for reading its figures in /proc.
import { readdirSync, readFileSync } from 'node:fs';

/**
 * The child of this process that runs the script.
 * @param {string} script
 * @returns {number}
 */
export function childRunning(script) {
  const found = readdirSync('/proc').find((name) => /^\d+$/.test(name) && isOurs(name, script));
  if (found === undefined) throw new Error(`No child of ours runs ${script}.`);
  return Number(found);
}

function isOurs(pid, script) {
  try {
    const parent = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(parent) === process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(script);
  } catch {
    // It ended while we looked.
    return false;
  }
}
