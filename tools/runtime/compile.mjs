// Compiles what runs, one file at a time: seconds, where a look at all types takes ten. `npm test` checks the types.
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from './root.mjs';

/** Not by `import`, which would first search its nine megabytes for the names of exports. */
const ts = createRequire(import.meta.url)('typescript');

/** What is started; what they use follows by the references of their tsconfig. */
const entrances = ['apps/auth-server', 'apps/worker', 'tools'];

/** The references of a project come before it; each project once. */
function projectsOf(config, found = new Map()) {
  if (found.has(config)) return found;
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail };
  const project = ts.getParsedCommandLineOfConfigFile(config, {}, host);
  project.errors.forEach(fail);
  found.set(config, project);
  for (const reference of project.projectReferences ?? [])
    projectsOf(ts.resolveProjectReferencePath(reference), found);
  return found;
}

function compileProject(project, config) {
  const settingsChanged = Math.max(changedAt(config), changedAt(join(root, 'tsconfig.base.json')));
  for (const source of project.fileNames.filter((name) => !name.endsWith('.d.ts'))) {
    const target = ts.getOutputFileNames(project, source, false).find((name) => name.endsWith('.js'));
    if (changedAt(target) <= Math.max(changedAt(source), settingsChanged))
      compileFile(source, target, project.options);
  }
}

/** No source map: it would name the source as if it stood beside its output. */
function compileFile(source, target, options) {
  const { outputText, diagnostics } = ts.transpileModule(readFileSync(source, 'utf8'), {
    fileName: source,
    compilerOptions: { ...options, sourceMap: false },
    reportDiagnostics: true,
  });
  diagnostics.forEach(fail);
  mkdirSync(dirname(target), { recursive: true });
  // Renamed when it is whole: half a file would look compiled to the next start.
  writeFileSync(`${target}.part`, outputText);
  renameSync(`${target}.part`, target);
}

function changedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function fail(diagnostic) {
  const place = {
    getCurrentDirectory: () => root,
    getCanonicalFileName: (name) => name,
    getNewLine: () => '\n',
  };
  console.error(ts.formatDiagnostic(diagnostic, place));
  process.exit(1);
}

for (const entrance of entrances)
  projectsOf(join(root, entrance, 'tsconfig.lib.json')).forEach(compileProject);
