import type { SsoError } from '@gatehouse/core';
import type { verifyResponse } from '../src/index';
import type { Vector } from './vectors.mjs';

export interface FuzzOutcome {
  readonly index: number;
  readonly vector: string;
  readonly names: readonly string[];
  readonly ms: number;
  readonly code?: string;
  readonly fault?: string;
}

export class Fuzz {
  constructor(options: {
    vectors: readonly Vector[];
    hostile: readonly Vector[];
    verify: typeof verifyResponse;
    SsoError: typeof SsoError;
    seed: number;
  });
  check(index: number): FuzzOutcome;
}

export class FuzzSummary {
  readonly documents: number;
  readonly codes: ReadonlyMap<string, number>;
  readonly faults: readonly FuzzOutcome[];
  readonly slowest: FuzzOutcome;
  add(outcome: FuzzOutcome): void;
}
