/** How tries that fail are slowed down: some are free, then each wait is twice the one before, up to the longest. */
export interface Pace {
  readonly free: number;
  readonly longestMs: number;
  /** Without a try for so long, everything is as before the first. */
  readonly forgottenAfterMs: number;
}

export type TryVerdict =
  | { readonly kind: 'go'; readonly tries: number }
  /** Not counted. Whole seconds, at least one. */
  | { readonly kind: 'wait'; readonly seconds: number };

/** Counts tries for all servers together; nothing is ever locked for good. */
export abstract class Tries {
  /** Counts the try as one that fails, before anything is looked at: of parallel tries no more pass than in turn. */
  abstract take(key: string, pace: Pace, now: Date): Promise<TryVerdict>;
  /** The try was right: everything is as before the first. */
  abstract clear(key: string): Promise<void>;
}

/** How long nothing is tried after the n-th try in a row that failed. */
export function waitAfter(tries: number, { free, longestMs }: Pace): number {
  if (tries < free) return 0;
  // Beyond the 21st doubling the longest wait has long been reached.
  return Math.min(longestMs, 1000 * 2 ** Math.min(tries - free, 21));
}
