// Installs what package-lock.json asks for, when it is not there yet.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { root } from './root.mjs';

const oldestNode = [20, 19];
const lockfile = join(root, 'package-lock.json');
const installedList = join(root, 'node_modules', '.package-lock.json');
const stamp = join(root, 'node_modules', '.gatehouse-installed');
/** What the cache holds is taken from it without asking the registry; npm's warnings are for those who change dependencies. */
const flags = ['--no-audit', '--no-fund', '--no-progress', '--prefer-offline', '--loglevel=error'];

/** Tests, lint and the check of types need all there is. */
export const everything = { name: 'everything', flag: '--include=dev', duration: 'half a minute' };

/** All but devDependencies, a third of the packages; the compiler is among them. */
export const whatRuns = { name: 'what runs', flag: '--omit=dev', duration: 'ten seconds' };

/** Checks Node and runs `npm ci` when node_modules is missing, holds too little or was made from another lockfile. */
export function install(wanted) {
  refuseOldNode(process.versions.node);
  if (isInstalled(wanted)) return;
  console.log(
    `Installing ${wanted.name} (npm ci), about ${wanted.duration} when npm has the packages in its cache …`,
  );
  // No second way: `npm install` would start anew after a Ctrl-C, and change what is locked.
  if (!npm('ci', wanted.flag))
    throw new Error('The packages could not be installed: see the message of npm above.');
  writeFileSync(stamp, stampOf(wanted));
}

/** @param {string} version as in process.versions.node */
export function refuseOldNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new Error(
    `Gatehouse needs Node ${oldestNode.join('.')} or newer; this is ${version}. Get it from https://nodejs.org.`,
  );
}

/** An installation made by hand is taken over when npm's own list of it holds what is locked. */
function isInstalled(wanted) {
  const stamped = existsSync(stamp) && readFileSync(stamp, 'utf8');
  if (stamped === stampOf(everything) || stamped === stampOf(wanted)) return true;
  if (!existsSync(installedList) || !holdsWhatIsLocked(wanted)) return false;
  writeFileSync(stamp, stampOf(wanted));
  return true;
}

/** npm's hidden lockfile lists what is in node_modules: each package for this system and each project of ours must be in it. */
function holdsWhatIsLocked(wanted) {
  const installed = packagesOf(installedList);
  return Object.entries(packagesOf(lockfile)).every(([path, entry]) => {
    if (!path.includes('node_modules/') || entry.optional) return true;
    if (entry.dev && wanted === whatRuns) return true;
    return installed[path] && installed[path].version === entry.version;
  });
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

function stampOf({ name }) {
  return `${name} of ${createHash('sha256').update(readFileSync(lockfile)).digest('hex')}`;
}

/** npm tells its scripts where it is; a folder with spaces needs no quoting this way. */
function npm(...command) {
  const cli = process.env.npm_execpath;
  const [program, first] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
  const shell = program === 'npm' && process.platform === 'win32';
  const options = { cwd: root, stdio: 'inherit', shell };
  return spawnSync(program, [...first, ...command, ...flags], options).status === 0;
}
