import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { SsoError } from '@gatehouse/core';
import { verifyResponse } from '@gatehouse/saml';
import { Fuzz, FuzzSummary } from './run-fuzz.mjs';
import { timeVectors } from './vector-times.mjs';
import { readVectors } from './vectors.mjs';

const { seed, first, count, reached } = workerData;
const root = fileURLToPath(new URL('../../../tools/vectors', import.meta.url));
const vectors = readVectors(root, 'accepted');
const hostile = readVectors(root, 'rejected');
const fuzz = new Fuzz({ vectors, hostile, verify: verifyResponse, SsoError, seed });
const summary = new FuzzSummary();
for (let index = first; index < first + count; index += 1) {
  Atomics.store(reached, 0, index);
  summary.add(fuzz.check(index));
}
const times = timeVectors([...vectors, ...hostile], verifyResponse);
parentPort.postMessage({ ...summary, times });
