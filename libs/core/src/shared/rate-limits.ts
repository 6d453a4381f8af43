/** How often something may be done: `most` times at once, and again at an even pace as the window goes by. */
export interface RateLimit {
  /** Says what is counted; each name counts for itself. */
  readonly name: string;
  readonly most: number;
  readonly windowMs: number;
}

export type RateVerdict =
  | { readonly kind: 'allowed' }
  /** `refused`: how often in a row of refusals, this one included; whole seconds until it is allowed again, at least one. */
  | { readonly kind: 'limited'; readonly seconds: number; readonly refused: number };

/** Counts what is done, by name and key, for all servers together (SEC-1). */
export abstract class RateLimits {
  /** Atomic: of parallel calls no more than the limit allows are allowed. `key` says by whom or to whom it is done. */
  abstract take(limit: RateLimit, key: string, now: Date): Promise<RateVerdict>;
  /** What was allowed turned out not to be what is limited. */
  abstract giveBack(limit: RateLimit, key: string): Promise<void>;
}
