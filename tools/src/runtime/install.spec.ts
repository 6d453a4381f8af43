import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Writes down what it is asked, and leaves the list that npm leaves; `npm-fails` makes it end halfway. */
const npm = `
  const { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
  appendFileSync('asked', process.argv.slice(2, 3) + ' ' + process.argv.filter((word) => /dev$/.test(word)) + '\\n');
  rmSync('node_modules', { recursive: true, force: true });
  mkdirSync('node_modules');
  if (existsSync('npm-fails')) process.exit(1);
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  if (process.argv.includes('--omit=dev')) for (const path in packages) if (packages[path].dev) delete packages[path];
  writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages }));
`;

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gatehouse install '));
  mkdirSync(join(root, 'tools', 'runtime'), { recursive: true });
  for (const file of ['install.mjs', 'root.mjs'])
    cpSync(resolve(__dirname, '../../runtime', file), join(root, 'tools', 'runtime', file));
  writeFileSync(join(root, 'npm.js'), npm);
  lock({});
});

afterEach(() => rmSync(root, { recursive: true }));

function lock(more: Record<string, unknown>): void {
  const packages = {
    'node_modules/pg': { version: '8.0.0' },
    'node_modules/jest': { version: '30.0.0', dev: true },
  };
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: { ...packages, ...more } }));
}

function install(wanted: 'whatRuns' | 'everything'): void {
  const module = JSON.stringify(pathToFileURL(join(root, 'tools', 'runtime', 'install.mjs')).href);
  const script = `import { install, ${wanted} } from ${module}; install(${wanted});`;
  const env = { ...process.env, npm_execpath: join(root, 'npm.js') };
  execFileSync(process.execPath, ['--input-type=module', '-e', script], { env, stdio: 'pipe' });
}

/** What npm was asked since the last question. */
function asked(): string[] {
  const file = join(root, 'asked');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  rmSync(file, { force: true });
  return lines;
}

describe('the installer', () => {
  it('installs for a start only what runs, once [OPS-1]', () => {
    install('whatRuns');
    expect(asked()).toEqual(['ci --omit=dev']);
    install('whatRuns');
    expect(asked()).toEqual([]);
  });

  it('installs the rest for the tests, after which a start needs nothing', () => {
    install('whatRuns');
    install('everything');
    expect(asked()).toEqual(['ci --omit=dev', 'ci --include=dev']);
    install('whatRuns');
    install('everything');
    expect(asked()).toEqual([]);
  });

  it('installs again when the lockfile asks for another version', () => {
    install('everything');
    lock({ 'node_modules/pg': { version: '8.1.0' } });
    install('whatRuns');
    expect(asked()).toEqual(['ci --include=dev', 'ci --omit=dev']);
  });

  it('installs again when a project of ours was added', () => {
    install('everything');
    lock({ 'node_modules/@gatehouse/new': { resolved: 'libs/new', link: true } });
    install('everything');
    expect(asked()).toEqual(['ci --include=dev', 'ci --include=dev']);
  });

  it('takes over what was installed by hand', () => {
    execFileSync(process.execPath, ['npm.js', 'ci'], { cwd: root });
    asked();
    install('whatRuns');
    install('everything');
    expect(asked()).toEqual([]);
  });

  it('starts anew after an installation that did not end', () => {
    install('whatRuns');
    writeFileSync(join(root, 'npm-fails'), '');
    expect(() => install('everything')).toThrow('The packages could not be installed');
    rmSync(join(root, 'npm-fails'));
    install('whatRuns');
    expect(asked()).toEqual(['ci --omit=dev', 'ci --include=dev', 'ci --omit=dev']);
  });
});
