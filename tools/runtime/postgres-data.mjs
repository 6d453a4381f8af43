// The data folder of the embedded PostgreSQL: where it can live, and how it is made.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
} from 'node:fs';
import { renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** @typedef {import('./postgres-binaries.mjs').Account} Account */

/**
 * The real place of the data. Another account may not reach the wanted one (a checkout under /root): the data then lives in
 * /var/lib/gatehouse, and a link at the wanted place remembers where.
 * @param {string} wanted
 * @param {Account | undefined} account
 */
export function dataFolder(wanted, account) {
  const place = resolve(wanted);
  mkdirSync(dirname(place), { recursive: true });
  const remembered = linkTarget(place);
  if (remembered && existsSync(dirname(remembered))) return remembered;
  if (existsSync(place) || !account || canReach(dirname(place), account)) return place;
  return placeElsewhere(place);
}

function placeElsewhere(place) {
  const shared = '/var/lib/gatehouse';
  mkdirSync(shared, { recursive: true, mode: 0o755 });
  const home = mkdtempSync(join(shared, 'postgres-'));
  chmodSync(home, 0o755);
  rmSync(place, { force: true });
  symlinkSync(join(home, 'data'), place);
  console.log(`The database account cannot reach ${dirname(place)}: the data is kept in ${home}.`);
  return join(home, 'data');
}

/**
 * Data that exists is served by the account that owns it, so the same folder can be started by root and by its owner.
 * @param {string} data
 * @param {Account | undefined} account
 * @returns {Account | undefined}
 */
export function accountFor(data, account) {
  if (!account || !existsSync(data)) return account;
  const { uid, gid } = statSync(data);
  return uid === 0 ? account : { uid, gid };
}

/**
 * Makes the data folder when there is none and returns the superuser's password, which is kept beside it for its owner only.
 * @param {{ data: string, native: string, account: Account | undefined, durable: boolean }} options
 */
export function initialise({ data, native, account, durable }) {
  const passwordFile = `${data}.password`;
  if (existsSync(join(data, 'PG_VERSION'))) return readFileSync(passwordFile, 'utf8').trim();
  const password = randomBytes(24).toString('base64url');
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' });
  if (account) chownSync(passwordFile, account.uid, account.gid);
  // A run that was cut off leaves only `.unfinished` behind: the folder gets its name when it is whole.
  const unfinished = `${data}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  if (account) chownSync(unfinished, account.uid, account.gid);
  runInitdb(native, account, unfinished, passwordFile, durable);
  if (existsSync(data)) rmSync(data, { recursive: true });
  renameSync(unfinished, data);
  return password;
}

function runInitdb(native, account, folder, passwordFile, durable) {
  const args = ['-D', folder, '-U', 'postgres', '-E', 'UTF8', '--locale=C', '--auth=scram-sha-256'];
  args.push(`--pwfile=${passwordFile}`, ...(durable ? [] : ['--no-sync']));
  const result = spawnSync(join(native, 'bin', 'initdb'), args, {
    ...account,
    cwd: dirname(folder),
    env: postgresEnvironment(),
    encoding: 'utf8',
  });
  if (result.status !== 0) {
    throw new Error(`initdb failed: ${(result.error?.message ?? result.stderr).trim()}`);
  }
}

/** Nothing of ours is handed on: PGDATA, PGPORT or LC_ALL of the person at the keyboard would change what starts. */
export function postgresEnvironment() {
  const { PATH, SYSTEMROOT, TEMP } = process.env;
  const kept = Object.entries({ PATH, SYSTEMROOT, TEMP }).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' };
}

function canReach(folder, account) {
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...account, cwd: '/' }).status === 0;
}

function linkTarget(place) {
  try {
    return readlinkSync(place);
  } catch {
    return undefined;
  }
}
