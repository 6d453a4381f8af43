// `npm test`: every check there is, in order, each to its end. The last line is for machines: `N passed, N failed, N skipped`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everything, install } from './runtime/install.mjs';
import { root } from './runtime/root.mjs';
import { ensure, scim2TesterFolder, simpleSamlPhpFolder } from './runtime/system-programs.mjs';
import { startTemporaryPostgres } from './runtime/temporary-postgres.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'gatehouse-results-'));
const jestResults = join(scratch, 'jest.json');
const bin = (path) => join(root, 'node_modules', path);

/** A step that takes longer hangs (a test that left a server open): it is ended and counts as failed. */
const patienceSeconds = 3600;

/** A test that takes longer hangs, too, unless it says how long it may take: five seconds are too short on a busy machine. */
const testPatienceMs = 30_000;

/**
 * One row a step: what `node` is given. `tests` names the file in which Jest counts; in workers, so that a file which leaves
 * something open is warned about and does not hold up the rest.
 */
const steps = [
  { name: 'format', run: [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
  { name: 'lint', run: [bin('eslint/bin/eslint.js'), '.'] },
  { name: 'types', run: [bin('typescript/bin/tsc'), '-b'] },
  { name: 'architecture', run: ['tools/architecture/check.mjs'] },
  {
    name: 'unit, contract and e2e tests',
    run: [
      ...[bin('jest/bin/jest.js'), '--ci', '--maxWorkers=2', `--testTimeout=${testPatienceMs}`],
      ...['--json', `--outputFile=${jestResults}`],
    ],
    tests: jestResults,
  },
];

/** Suites that need a program of the system. */
const suites = ['chromium', 'php', 'simplesamlphp', 'redis', 'scim2-tester'];

let current;
let interrupted = false;

async function main() {
  install(everything);
  const programs = await readySuites();
  const postgres = await startTemporaryPostgres();
  const results = [];
  try {
    const environment = testEnvironment(programs, postgres.superuserUrl);
    for (const step of steps) if (!interrupted) results.push(await runStep(step, environment));
  } finally {
    await postgres.stop();
  }
  return report(results, programs);
}

async function readySuites() {
  const programs = {};
  for (const name of suites) programs[name] = await ensure(name);
  return programs;
}

function testEnvironment(programs, superuserUrl) {
  const states = Object.entries(programs).map(([name, it]) => [name, it.ready ? 'ready' : it.reason]);
  return {
    ...process.env,
    NODE_ENV: 'test',
    NX_DAEMON: 'false',
    NX_TUI: 'false',
    GATEHOUSE_TEST_POSTGRES_URL: superuserUrl,
    GATEHOUSE_SUITES: JSON.stringify(Object.fromEntries(states)),
    GATEHOUSE_SIMPLESAMLPHP_DIR: simpleSamlPhpFolder,
    GATEHOUSE_SCIM2_TESTER_DIR: scim2TesterFolder,
    ...(programs.chromium.ready ? { CHROMIUM_PATH: programs.chromium.path } : {}),
  };
}

async function runStep({ name, run, tests }, env) {
  console.log(`\n── ${name}`);
  const started = performance.now();
  current = spawn(process.execPath, run, { cwd: root, env, stdio: 'inherit' });
  const impatience = setTimeout(giveUp, patienceSeconds * 1000, current, name);
  const [code] = await once(current, 'exit');
  clearTimeout(impatience);
  const seconds = (performance.now() - started) / 1000;
  return { name, ok: code === 0, seconds, ...countsOf(code === 0, tests) };
}

function giveUp(child, name) {
  console.error(`${name}: not done after ${patienceSeconds} s; ending it.`);
  child.kill('SIGKILL');
}

/** A step counts as one; Jest's counts by test, and a file that did not even load counts as a failure. */
function countsOf(ok, tests) {
  if (!tests) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  if (!existsSync(tests)) return { passed: 0, failed: 1, skipped: 0 };
  const result = JSON.parse(readFileSync(tests, 'utf8'));
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  const skipped = result.numPendingTests + result.numTodoTests;
  return { passed: result.numPassedTests, failed: ok ? failed : Math.max(failed, 1), skipped };
}

function report(results, programs) {
  console.log('\n── summary');
  for (const { name, ok, seconds, passed, failed, skipped } of results) {
    const counts =
      passed + failed + skipped > 1 ? `  (${passed} passed, ${failed} failed, ${skipped} skipped)` : '';
    console.log(
      `${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(30)} ${seconds.toFixed(1).padStart(6)} s${counts}`,
    );
  }
  for (const [name, it] of Object.entries(programs)) {
    if (!it.ready) console.log(`SKIPPED ${name} suite: ${it.reason}`);
  }
  if (interrupted) console.log('INTERRUPTED before all steps were run.');
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  return results.length === steps.length && results.every(({ ok }) => ok) ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted = true;
    current?.kill(signal);
  });
}
try {
  process.exitCode = await main();
} catch (error) {
  console.error(`${error.message}\n0 passed, 1 failed, 0 skipped`);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
