// `npm run fuzz:saml -- [--count N] [--seed N] [--only INDEX]`: see docs/benchmarks.md.
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';

const { values } = parseArgs({
  options: { count: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' } },
});
const number = (text, otherwise) => (/^\d+$/.test(text ?? '') ? Number(text) : otherwise);
const only = number(values.only, undefined);
const options = {
  seed: number(values.seed, 20261201),
  first: only ?? 0,
  count: only === undefined ? number(values.count, 200_000) : 1,
};
/** Far above what a document may take, because the run is meant to be a patient guest of a busy machine. */
const patienceSeconds = 60;

/** The documents are checked in a thread of their own, so that one which never ends is noticed. */
function run() {
  const reached = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL('./fuzz-worker.mjs', import.meta.url), {
    workerData: { ...options, reached },
  });
  const begun = performance.now();
  const watch = setInterval(watching(reached, worker, begun), 1000);
  return new Promise((resolve, reject) => {
    worker.once('message', (summary) => resolve({ ...summary, seconds: (performance.now() - begun) / 1000 }));
    worker.once('error', reject);
    worker.once('exit', () =>
      reject(new Error(`document ${reached[0]} of seed ${options.seed} never ended`)),
    );
  }).finally(() => clearInterval(watch));
}

function watching(reached, worker, begun) {
  let last = -1;
  let still = 0;
  return () => {
    still = reached[0] === last ? still + 1 : 0;
    last = reached[0];
    if (still >= patienceSeconds) void worker.terminate();
    const seconds = (performance.now() - begun) / 1000;
    if (Math.round(seconds) % 10 === 0)
      console.log(`${last - options.first} documents, ${Math.round(seconds)} s`);
  };
}

function report({ documents, codes, slowest, faults, seconds, times }) {
  reportVectors(times);
  console.log(`\n| outcome | documents |\n| --- | ---: |`);
  const rows = [...codes].sort(([, one], [, other]) => other - one);
  for (const [code, count] of rows) console.log(`| ${code} | ${count} |`);
  console.log(`| together | ${documents} |`);
  console.log(
    `\nSeed ${options.seed}, ${seconds.toFixed(1)} s, ${Math.round(documents / seconds)} documents a second.`,
  );
  console.log(
    `Slowest: ${slowest.ms.toFixed(1)} ms of the processor, document ${slowest.index} (${slowest.vector}: ${slowest.names?.join(', ')}; ${slowest.code}).`,
  );
  for (const { index, vector, names, fault } of faults)
    console.log(`\nFAULT in document ${index} (${vector}: ${names.join(', ')}):\n${fault}`);
}

function reportVectors({ count, slowest, slow }) {
  console.log(
    `\n${count} vectors, the slowest in ${slowest.ms.toFixed(1)} ms of the processor (${slowest.name}).`,
  );
  for (const { name, ms } of slow) console.warn(`WARNING: ${name} takes ${ms.toFixed(1)} ms, more than 50.`);
}

const summary = await run();
report(summary);
process.exitCode = summary.codes.has('FAULT') ? 1 : 0;
