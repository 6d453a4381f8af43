import type { ErrorCode } from '../shared/error-codes';

/** How the metadata of a connection stands: what its last refresh found, and when the next one is due. */
export interface MetadataState {
  /** Where it was looked for; what is known of another address says nothing. */
  readonly url?: string;
  readonly triedAt?: Date;
  /** When it was last read and understood. */
  readonly refreshedAt?: Date;
  readonly outcome?: MetadataOutcome;
  /** What was wrong, or is to be looked at by somebody. */
  readonly finding?: MetadataFinding;
  /** Since when it cannot be loaded. */
  readonly failingSince?: Date;
  /** How often in a row it could not be. */
  readonly failures: number;
  /** The finding that owners were told of last, while it lasts. */
  readonly warnedOf?: string;
  readonly dueAt: Date;
}

/** `refused`: what is there was not taken over; `failed`: it could not be loaded. */
export const metadataOutcomes = ['unchanged', 'added', 'refused', 'failed'] as const;
export type MetadataOutcome = (typeof metadataOutcomes)[number];

export interface MetadataFinding {
  readonly code: ErrorCode;
  /** In English, and what to do. */
  readonly reason: string;
  /** Tells this finding from another one of the same code. */
  readonly key: string;
}

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
/** An outage of a weekend concerns nobody. */
const warnAfterMs = 3 * dayMs;

/** A state, and whether it is news to the owners. */
export interface Judged {
  readonly state: MetadataState;
  readonly warns: boolean;
}

/** One look at an address. */
export interface RefreshAttempt {
  readonly url: string;
  readonly now: Date;
  /** From 0 to 1: spreads the connections over the day again after a pause of all. */
  readonly spread: number;
}

/** After metadata was read: owners are told of what is wrong with it once, until it is well again or wrong otherwise. */
export function afterReading(
  before: MetadataState,
  outcome: Exclude<MetadataOutcome, 'failed'>,
  finding: MetadataFinding | undefined,
  { url, now, spread }: RefreshAttempt,
): Judged {
  const warnedOf = finding && `${finding.code} ${finding.key}`;
  const refreshedAt = outcome === 'refused' ? before.refreshedAt : now;
  const state: MetadataState = {
    ...{ url, triedAt: now, outcome, failures: 0 },
    ...(refreshedAt && { refreshedAt }),
    ...(finding && { finding }),
    ...(warnedOf !== undefined && { warnedOf }),
    dueAt: new Date(now.getTime() + dayMs - spread * 2 * hourMs),
  };
  return { state, warns: warnedOf !== undefined && warnedOf !== before.warnedOf };
}

/** After it could not be loaded: tried again within the hour, then ever more seldom, at least daily; told after days. */
export function afterFailure(
  before: MetadataState,
  finding: MetadataFinding,
  { url, now, spread }: RefreshAttempt,
): Judged {
  const failingSince = before.failingSince ?? now;
  const lasts = now.getTime() - failingSince.getTime() >= warnAfterMs;
  const warnedOf = lasts ? 'failing' : before.warnedOf;
  const pauseMs = Math.min(dayMs, hourMs * 2 ** Math.min(before.failures, 10));
  const state: MetadataState = {
    ...{ url, triedAt: now, outcome: 'failed', finding, failingSince, failures: before.failures + 1 },
    ...(before.refreshedAt && { refreshedAt: before.refreshedAt }),
    ...(warnedOf !== undefined && { warnedOf }),
    dueAt: new Date(now.getTime() + pauseMs * (1 - spread / 10)),
  };
  return { state, warns: lasts && before.warnedOf !== 'failing' };
}

/** What is known of this address; nothing, where another one was looked at. */
export function metadataStateOf(known: MetadataState, url: string): MetadataState {
  return known.url === url ? known : { failures: 0, dueAt: known.dueAt };
}
