// Puts SimpleSAMLphp (Debian's package, unpacked and not installed) where the tests find it, and PHP beside it.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const phpPackages = ['php-cli', 'php-xml', 'php-mbstring', 'php-curl', 'php-sqlite3'];
const phpModules = ['curl', 'dom', 'mbstring', 'openssl', 'session'];
const aptOptions = ['-o', 'DPkg::Lock::Timeout=180', '-o', 'APT::Sandbox::User=root'];

/**
 * Makes PHP and SimpleSAMLphp ready; `targetDir` becomes the folder that holds `www/` and `lib/`. Does nothing when both are there.
 * @returns {Promise<{ ready: true, dir: string } | { ready: false, reason: string }>}
 */
export async function installSimpleSamlPhp(targetDir) {
  try {
    const dir = resolve(targetDir);
    const lacksPhp = !(await hasPhp());
    const lacksProgram = !isSimpleSamlPhp(dir);
    if (lacksPhp || lacksProgram) await refuseForeignSystem();
    if (lacksPhp) await installPhp();
    if (lacksProgram) await unpackSimpleSamlPhp(dir);
    return { ready: true, dir };
  } catch (error) {
    return { ready: false, reason: `SimpleSAMLphp could not be set up: ${firstLines(error)}` };
  }
}

function isSimpleSamlPhp(dir) {
  return existsSync(join(dir, 'www', 'saml2', 'idp', 'SSOService.php'));
}

async function hasPhp() {
  try {
    const { stdout } = await run('php', ['-m']);
    const present = new Set(stdout.toLowerCase().split(/\s+/));
    return phpModules.every((name) => present.has(name));
  } catch {
    return false;
  }
}

async function refuseForeignSystem() {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get'))
    throw new Error('only Debian packages are known to it.');
  if (process.getuid?.() !== 0) throw new Error('installing Debian packages needs root.');
}

async function installPhp() {
  await apt(['install', '-y', '--no-install-recommends', ...phpPackages]);
}

async function unpackSimpleSamlPhp(dir) {
  await mkdir(dirname(dir), { recursive: true });
  const work = await mkdtemp(`${dir}-unpacking-`);
  try {
    await apt(['download', 'simplesamlphp'], work);
    const archive = (await readdir(work)).find((name) => name.endsWith('.deb'));
    await run('dpkg-deb', ['-x', join(work, archive), join(work, 'tree')]);
    await moveIntoPlace(join(work, 'tree', 'usr', 'share', 'simplesamlphp'), dir);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** A second process may have finished first: then its copy stays. */
async function moveIntoPlace(from, dir) {
  if (isSimpleSamlPhp(dir)) return;
  await rm(dir, { recursive: true, force: true });
  await rename(from, dir);
}

/** Package lists on a fresh machine are absent or old: one refusal is answered by refreshing them. */
async function apt(args, cwd = '/') {
  const options = {
    cwd,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: 64 * 1024 * 1024,
  };
  try {
    await run('apt-get', [...aptOptions, ...args], options);
  } catch {
    await run('apt-get', [...aptOptions, 'update'], options);
    await run('apt-get', [...aptOptions, ...args], options);
  }
}

function firstLines(error) {
  return String(error?.stderr || error?.message || error)
    .trim()
    .split('\n')
    .slice(0, 3)
    .join(' ');
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const target = process.argv[2] ?? fileURLToPath(new URL('../../.gatehouse/simplesamlphp', import.meta.url));
  const outcome = await installSimpleSamlPhp(target);
  console.log(outcome.ready ? `SimpleSAMLphp is in ${outcome.dir}` : outcome.reason);
  process.exitCode = outcome.ready ? 0 : 1;
}
