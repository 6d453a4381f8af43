import { join } from 'node:path';
import { canaryCount, canaryProblems, plantedImportProblems } from './canary.mjs';
import { importGraph } from './imports.mjs';
import * as rules from './rules.mjs';
import { sourceFiles } from './source-files.mjs';

// Usage: node tools/architecture/check.mjs     Checks what ESLint and the compiler cannot see; exit code 1 on any problem.
const root = join(import.meta.dirname, '..', '..');
const files = sourceFiles(root);
const graph = importGraph(root, files);

const edges = [...graph.values()].reduce((sum, targets) => sum + targets.length, 0);
const checks = [
  [`no import cycles between ${graph.size} files (${edges} imports)`, () => rules.fileCycleProblems(graph)],
  ['no import cycles between projects', () => rules.projectCycleProblems(root, files, graph)],
  ['core imports leftwards only', () => rules.coreOrderProblems(graph)],
  ['the lockfile holds no registry address', () => rules.lockfileProblems(root)],
  ['file names say what is inside', () => rules.nameProblems(files)],
  ['only the guarded fetch goes out', () => rules.outboundProblems(root, files)],
  ['sessions are opened and used by one gate', () => rules.sessionGateProblems(root, files)],
  ['nothing is left to do later', () => rules.leftOverProblems(root, files)],
  ['the checks above see planted imports', () => plantedImportProblems(root, files)],
  [`the lint rules see ${canaryCount} planted cases`, () => canaryProblems(root)],
];

for (const [title, check] of checks) {
  const problems = await check();
  console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${title}`);
  for (const problem of problems) console.error(`       ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
}
