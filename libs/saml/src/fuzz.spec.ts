import { join } from 'node:path';
import { SsoError } from '@gatehouse/core';
import { Fuzz, FuzzSummary } from '../fuzz/run-fuzz.mjs';
import { readVectors } from '../fuzz/vectors.mjs';
import { verifyResponse } from './index';
import type { ResponseToVerify } from './index';

const root = join(__dirname, '../../../tools/vectors');
const vectors = readVectors(root, 'accepted');
const hostile = readVectors(root, 'rejected');

const fuzzed = (
  documents: number,
  verify: (request: ResponseToVerify) => ReturnType<typeof verifyResponse>,
) => {
  const fuzz = new Fuzz({ vectors, hostile, verify, SsoError, seed: 20261201 });
  const summary = new FuzzSummary();
  for (let index = 0; index < documents; index += 1) summary.add(fuzz.check(index));
  return summary;
};

describe('Bent copies of responses', () => {
  it('are refused with a code or give the honest identity and never a forged one, each within a second [SML-3] [SML-10]', () => {
    const { faults, codes } = fuzzed(2_000, verifyResponse);
    expect(faults).toEqual([]);
    // What is bent must reach all stages, and some changes must be none: else this would prove nothing.
    expect(codes.get('accepted')).toBeGreaterThan(50);
    expect(codes.get('saml_signature_invalid')).toBeGreaterThan(100);
    expect(codes.size).toBeGreaterThan(10);
  }, 120_000);

  it('would show a verifier that lets one changed identity through', () => {
    const honest = new Set(vectors.map(({ request }) => request.samlResponse));
    const careless = (request: ResponseToVerify) => {
      const identity = verifyResponse(request);
      return honest.has(request.samlResponse) ? identity : { ...identity, groups: ['owners'] };
    };
    const { faults } = fuzzed(200, careless);
    expect(faults[0]?.fault).toContain('accepted as');
  }, 120_000);

  it('would show a verifier that breaks', () => {
    const honest = new Set(vectors.map(({ request }) => request.samlResponse));
    const fragile = (request: ResponseToVerify) => {
      if (!honest.has(request.samlResponse)) throw new TypeError('no such property');
      return verifyResponse(request);
    };
    expect(fuzzed(20, fragile).faults[0]?.fault).toContain('no such property');
  }, 120_000);
});
