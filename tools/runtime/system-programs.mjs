// Programs of the system that some test suites need: found, or installed where that can be done without asking.
import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './root.mjs';
import { installScim2Tester } from './scim2-tester.mjs';
import { installSimpleSamlPhp } from './simplesamlphp.mjs';

const run = promisify(execFile);
const aptOptions = ['-o', 'DPkg::Lock::Timeout=180', '-o', 'APT::Sandbox::User=root'];

/** Where SimpleSAMLphp is unpacked. */
export const simpleSamlPhpFolder = join(root, '.gatehouse', 'simplesamlphp');

/** The virtual environment of scim2-tester. */
export const scim2TesterFolder = join(root, '.gatehouse', 'scim2-tester');

/** What each needs: the names its program may have, and the Debian packages that bring it. */
const programs = {
  chromium: {
    commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    packages: ['chromium'],
    variable: 'CHROMIUM_PATH',
  },
  php: { commands: ['php'], packages: ['php-cli', 'php-xml', 'php-mbstring', 'php-curl', 'php-sqlite3'] },
  redis: { commands: ['redis-server', 'valkey-server'], packages: ['redis-server'] },
};

/** @typedef {{ ready: true, path: string } | { ready: false, reason: string }} Outcome */

/**
 * Makes a program ready or says why it cannot be; never asks, never throws.
 * @param {'chromium' | 'php' | 'simplesamlphp' | 'redis' | 'scim2-tester'} name
 * @returns {Promise<Outcome>}
 */
export async function ensure(name) {
  if (name === 'simplesamlphp') return pathOf(await installSimpleSamlPhp(simpleSamlPhpFolder));
  if (name === 'scim2-tester') return pathOf(await installScim2Tester(scim2TesterFolder));
  const program = programs[name];
  const path = find(program);
  if (path) return { ready: true, path };
  const obstacle = whyNotInstallable();
  if (obstacle) return { ready: false, reason: `${name} is not on this machine, and ${obstacle}` };
  return install(name, program);
}

function pathOf(outcome) {
  return outcome.ready ? { ready: true, path: outcome.dir } : outcome;
}

async function install(name, program) {
  console.log(`Installing ${name} (apt-get install ${program.packages.join(' ')}) …`);
  try {
    await apt(['install', '-y', '--no-install-recommends', ...program.packages]);
  } catch (error) {
    return { ready: false, reason: `apt-get could not install ${name}: ${lastLine(error)}` };
  }
  const path = find(program);
  return path
    ? { ready: true, path }
    : { ready: false, reason: `apt-get installed ${name}, but it is not on the PATH` };
}

/** In single-user run level invoke-rc.d starts no service that a package brings (redis-server): tests start their own. */
async function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const options = { cwd: '/', env, maxBuffer: 64 * 1024 * 1024 };
  try {
    await run('apt-get', [...aptOptions, ...args], options);
  } catch {
    await run('apt-get', [...aptOptions, 'update'], options);
    await run('apt-get', [...aptOptions, ...args], options);
  }
}

function whyNotInstallable() {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get'))
    return 'it is installed by itself on Debian only.';
  if (process.getuid?.() !== 0) return 'installing it needs root.';
  return undefined;
}

function find({ commands, variable }) {
  const told = variable && process.env[variable];
  if (told && isProgram(told)) return told;
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => commands.map((command) => join(folder, command))).find(isProgram);
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function lastLine(error) {
  return String(error.stderr || error.message)
    .trim()
    .split('\n')
    .at(-1);
}
