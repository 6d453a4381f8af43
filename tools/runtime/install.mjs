// Installs what package-lock.json asks for, when it is not there yet.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { root } from './root.mjs';

const wanted = [20, 19];
const lockfile = join(root, 'package-lock.json');
const stamp = join(root, 'node_modules', '.gatehouse-installed');
/** What the cache holds is taken from it without asking the registry; npm's warnings are for those who change dependencies. */
const flags = [
  '--no-audit',
  '--no-fund',
  '--no-progress',
  '--include=dev',
  '--prefer-offline',
  '--loglevel=error',
];

/** Checks Node and runs `npm ci` when node_modules is missing or made from another lockfile. */
export function installMissing() {
  refuseOldNode(process.versions.node);
  if (isInstalled()) return;
  console.log('Installing packages (npm ci), about half a minute when npm has them in its cache …');
  // No second way: `npm install` would start anew after a Ctrl-C, and change what is locked.
  if (!npm('ci')) throw new Error('The packages could not be installed: see the message of npm above.');
  writeFileSync(stamp, fingerprint());
}

/** @param {string} version as in process.versions.node */
export function refuseOldNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > wanted[0] || (major === wanted[0] && minor >= wanted[1])) return;
  throw new Error(
    `Gatehouse needs Node ${wanted.join('.')} or newer; this is ${version}. Get it from https://nodejs.org.`,
  );
}

/** An installation made by hand is taken over when npm's own list of it is newer than the lockfile. */
function isInstalled() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint()) return true;
  if (!existsSync(join(root, 'node_modules', '.package-lock.json')) || !holdsWhatIsLocked()) return false;
  writeFileSync(stamp, fingerprint());
  return true;
}

/** npm's hidden lockfile lists what is in node_modules: every package of ours for this system must be in it, in that version. */
function holdsWhatIsLocked() {
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  return Object.entries(packagesOf(lockfile)).every(([path, entry]) => {
    if (!path.includes('node_modules/') || entry.optional || entry.link) return true;
    return installed[path]?.version === entry.version;
  });
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

function fingerprint() {
  return createHash('sha256').update(readFileSync(lockfile)).digest('hex');
}

/** npm tells its scripts where it is; a folder with spaces needs no quoting this way. */
function npm(command) {
  const cli = process.env.npm_execpath;
  const [program, first] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
  const shell = program === 'npm' && process.platform === 'win32';
  const options = { cwd: root, stdio: 'inherit', shell };
  return spawnSync(program, [...first, command, ...flags], options).status === 0;
}
