// Puts scim2-tester (a Python package) into a virtual environment of its own, with everything it needs at fixed versions.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { root } from './root.mjs';

const run = promisify(execFile);
const requirements = join(root, 'tools', 'scim2-tester', 'requirements.txt');
const oldestPython = [3, 11];
const minute = 60_000;

/**
 * Does nothing when it is there already; never asks, never throws.
 * @returns {Promise<{ ready: true, dir: string } | { ready: false, reason: string }>}
 */
export async function installScim2Tester(targetDir) {
  const dir = resolve(targetDir);
  const stamp = join(dir, '.gatehouse-installed');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return { ready: true, dir };
  try {
    await refuseOldPython();
    console.log('Installing scim2-tester (pip) …');
    // Half an environment, or one of other versions.
    rmSync(dir, { recursive: true, force: true });
    await run('python3', ['-m', 'venv', dir], { timeout: 2 * minute });
    await pip(dir, ['install', '--requirement', requirements]);
    writeFileSync(stamp, wanted);
    return { ready: true, dir };
  } catch (error) {
    return { ready: false, reason: `scim2-tester could not be installed: ${lastLine(error)}` };
  }
}

async function refuseOldPython() {
  const script = 'import sys; print(*sys.version_info[:2])';
  const { stdout } = await run('python3', ['-c', script], { timeout: minute });
  const [major, minor] = stdout.trim().split(' ').map(Number);
  if (major > oldestPython[0] || (major === oldestPython[0] && minor >= oldestPython[1])) return;
  throw new Error(`it needs Python ${oldestPython.join('.')} or newer; this is ${major}.${minor}.`);
}

/** What it cannot have it says soon: nobody waits for it. */
async function pip(dir, args) {
  const quiet = ['--quiet', '--disable-pip-version-check', '--no-input', '--retries', '1', '--timeout', '20'];
  await run(join(dir, 'bin', 'python'), ['-m', 'pip', ...args, ...quiet], { timeout: 5 * minute });
}

function lastLine(error) {
  return String(error?.stderr || error?.message || error)
    .trim()
    .split('\n')
    .at(-1);
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const target = process.argv[2] ?? join(root, '.gatehouse', 'scim2-tester');
  const outcome = await installScim2Tester(target);
  console.log(outcome.ready ? `scim2-tester is in ${outcome.dir}` : outcome.reason);
  process.exitCode = outcome.ready ? 0 : 1;
}
