import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const repository = resolve(__dirname, '../../..');
const past = new Date(Date.now() - 60_000);

let root: string;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  utimesSync(join(root, path), past, past);
}

const compiled = (path: string) => readFileSync(join(root, path), 'utf8');

function compile() {
  return spawnSync(process.execPath, [join(root, 'tools/runtime/compile.mjs')], { encoding: 'utf8' });
}

/** A project with the configuration of a real one; `references` are the projects that it uses. */
function project(folder: string, references: string[] = []): void {
  const real = JSON.parse(readFileSync(join(repository, 'apps/worker/tsconfig.lib.json'), 'utf8'));
  const named = references.map((path) => ({ path: join(root, path, 'tsconfig.lib.json') }));
  write(
    `${folder}/tsconfig.lib.json`,
    JSON.stringify({ ...real, extends: join(root, 'tsconfig.base.json'), references: named }),
  );
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gatehouse compile '));
  for (const file of ['tools/runtime/compile.mjs', 'tools/runtime/root.mjs', 'tsconfig.base.json'])
    cpSync(join(repository, file), join(root, file));
  utimesSync(join(root, 'tsconfig.base.json'), past, past);
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  project('libs/used');
  project('libs/unused');
  project('apps/auth-server', ['libs/used']);
  for (const folder of ['apps/worker', 'tools']) project(folder);
  for (const folder of ['apps/auth-server', 'apps/worker', 'tools', 'libs/used', 'libs/unused'])
    write(`${folder}/src/main.ts`, `export const name: string = '${folder}';`);
});

afterEach(() => rmSync(root, { recursive: true }));

describe('the compiler of a start', () => {
  it('compiles what runs and what that uses, and leaves out specs and the rest [OPS-1]', () => {
    write('libs/used/src/name.spec.ts', 'export {};');
    expect(compile()).toMatchObject({ status: 0, stderr: '' });
    expect(compiled('libs/used/dist/main.js')).toContain(`exports.name = 'libs/used';`);
    expect(existsSync(join(root, 'apps/worker/dist/main.js'))).toBe(true);
    expect(existsSync(join(root, 'libs/used/dist/name.spec.js'))).toBe(false);
    expect(existsSync(join(root, 'libs/unused/dist'))).toBe(false);
  });

  it('compiles a file again when it changed, and only that', () => {
    compile();
    for (const folder of ['apps/worker', 'tools'])
      writeFileSync(join(root, folder, 'dist/main.js'), '// kept');
    writeFileSync(join(root, 'apps/worker/src/main.ts'), `export const name = 'changed';`);
    const soon = new Date(Date.now() + 2000);
    utimesSync(join(root, 'apps/worker/src/main.ts'), soon, soon);
    compile();
    expect(compiled('apps/worker/dist/main.js')).toContain('changed');
    expect(compiled('tools/dist/main.js')).toBe('// kept');
  });

  it('names the place of what it cannot read, and keeps the last good output', () => {
    compile();
    writeFileSync(join(root, 'libs/used/src/main.ts'), 'const = 1;');
    const soon = new Date(Date.now() + 2000);
    utimesSync(join(root, 'libs/used/src/main.ts'), soon, soon);
    const { status, stderr } = compile();
    expect(status).toBe(1);
    expect(stderr).toContain('libs/used/src/main.ts(1,7): error TS1134');
    expect(compiled('libs/used/dist/main.js')).toContain(`exports.name = 'libs/used';`);
  });

  it('leaves the types to be checked later: no record says that they were', () => {
    write('tools/src/main.ts', `export const name: number = 'tools';`);
    expect(compile().status).toBe(0);
    expect(existsSync(join(root, 'tools/dist/tsconfig.lib.tsbuildinfo'))).toBe(false);
    const checked = spawnSync(process.execPath, [
      join(repository, 'node_modules/typescript/bin/tsc'),
      '-b',
      join(root, 'tools/tsconfig.lib.json'),
    ]);
    expect(String(checked.stdout)).toContain('error TS2322');
  });
});
