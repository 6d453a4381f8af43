import { SsoError } from '../shared/sso-error';

/** Everything that an answer goes through, in the order of the pipeline; a trace lists all of them. */
export const checkNames = [
  'encoding',
  'xml',
  'structure',
  'status',
  'signature-policy',
  'signature',
  'decryption',
  'certificate',
  'version',
  'issuer',
  'destination',
  'confirmation',
  'recipient',
  'confirmation-window',
  'in-response-to',
  'audience',
  'conditions',
  'conditions-window',
  'authentication',
  'subject',
  'attributes',
  'once',
  're-authentication',
  'connection',
  'membership',
  'policy',
  'tester',
  'address',
  'session',
] as const;

export type CheckName = (typeof checkNames)[number];

/** One thing that was looked at, and what came of it. */
export interface Check {
  readonly name: string;
  readonly result: 'passed' | 'failed' | 'not-reached';
  /** How long it took, in milliseconds. */
  readonly ms?: number;
  readonly want?: unknown;
  readonly got?: unknown;
}

/**
 * Notes each check of one answer while it is made. A check that is made twice counts as it ended last; where one check
 * holds others, a fault is noted of the innermost only.
 */
export class CheckLog {
  readonly #made = new Map<CheckName, Check>();
  readonly #blamed = new Set<unknown>();

  /** `elapsed`: milliseconds since any fixed moment, never going back. */
  constructor(private readonly elapsed: () => number) {}

  run<T>(name: CheckName, step: () => T): T {
    const began = this.elapsed();
    try {
      const outcome = step();
      this.#note(name, began, { result: 'passed' });
      return outcome;
    } catch (error) {
      this.#blame(name, began, error);
      throw error;
    }
  }

  async runAsync<T>(name: CheckName, step: () => Promise<T>): Promise<T> {
    const began = this.elapsed();
    try {
      const outcome = await step();
      this.#note(name, began, { result: 'passed' });
      return outcome;
    } catch (error) {
      this.#blame(name, began, error);
      throw error;
    }
  }

  /** Notes a comparison that refuses nothing by itself. */
  compare(
    name: CheckName,
    passed: boolean,
    { want, got }: { readonly want: unknown; readonly got: unknown },
  ): void {
    const result = passed ? 'passed' : 'failed';
    this.#note(name, this.elapsed(), { result, want, got });
  }

  /** Every check of the pipeline, also those that were not reached. */
  list(): Check[] {
    return checkNames.map((name) => this.#made.get(name) ?? { name, result: 'not-reached' });
  }

  #blame(name: CheckName, began: number, error: unknown): void {
    if (this.#blamed.has(error)) return;
    this.#blamed.add(error);
    this.#note(name, began, failure(error));
  }

  #note(name: CheckName, began: number, outcome: Omit<Check, 'name' | 'ms'>): void {
    const ms = Math.round((this.elapsed() - began) * 1000) / 1000;
    this.#made.set(name, { name, ms, ...outcome });
  }
}

/** For a caller who keeps no trace. */
export function silentChecks(): CheckLog {
  return new CheckLog(() => 0);
}

function failure(error: unknown): Omit<Check, 'name' | 'ms'> {
  if (!(error instanceof SsoError)) return { result: 'failed' };
  const { want, got } = error.details;
  return { result: 'failed', ...(want !== undefined && { want }), ...(got !== undefined && { got }) };
}
