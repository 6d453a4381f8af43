import type { ErrorCode } from '../shared/error-codes';
import type { DomainId, TenantId } from '../shared/ids';

/** How a domain is proved: by a DNS record (DOM-1) or by a tag in the page at its root (DOM-2). */
export const proofKinds = ['dns-txt', 'meta-tag'] as const;
export type ProofKind = (typeof proofKinds)[number];

/** A claim of a tenant to an e-mail domain; it means something only while it is verified. */
export interface Domain {
  readonly id: DomainId;
  readonly tenantId: TenantId;
  /** A-label form, lower case, no trailing dot. */
  readonly name: string;
  /** The newest value to publish; not a secret once it is published. */
  readonly token: string;
  /** Until when the newest value proves a claim that was never proved; when a verified domain gets its next one (DOM-3). */
  readonly tokenExpiresAt: Date;
  /** The value that was found last: it goes on to prove the domain until a newer one is found. */
  readonly acceptedToken?: string;
  readonly provedBy?: ProofKind;
  /** Since when the name is this tenant's. Absent again once it has lapsed: this is all that anybody asks (DOM-8). */
  readonly verifiedAt?: Date;
  readonly lastCheck?: DomainCheck;
  readonly missing?: MissingProof;
  readonly lapsedAt?: Date;
  /** When the worker looks again, of itself. */
  readonly nextCheckAt?: Date;
  readonly createdAt: Date;
}

/** What is known of a proof that is not where it was. */
export interface MissingProof {
  readonly since: Date;
  /** When the owners were told, by a second look that found nothing either; what follows counts from here. */
  readonly warnedAt?: Date;
  readonly remindedAt?: Date;
  /** On how many days after the warning it was looked for and was not there, and when the last of them was counted. */
  readonly days: number;
  readonly countedAt: Date;
}

/** The last look for the proof and what it showed. */
export interface DomainCheck {
  readonly at: Date;
  readonly by?: ProofKind;
  readonly outcome: ProofOutcome;
  /** What stood there instead. */
  readonly found: readonly string[];
  /** What it is refused by, which says what to do. */
  readonly code?: ErrorCode;
  /** How many looks in a row got no answer, this one included. */
  readonly faults?: number;
}

export const proofOutcomes = ['found', 'absent', 'different', 'elsewhere', 'unavailable'] as const;
/** `unavailable`: nobody could be asked, which says nothing of the domain. */
export type ProofOutcome = (typeof proofOutcomes)[number];

export const tokenLifetimeMs = 14 * 24 * 60 * 60 * 1000;

/** The values that prove the domain, newest first. One that was never proved has no other than the newest. */
export function provingTokens({ token, acceptedToken }: Domain): readonly [string, ...string[]] {
  return acceptedToken === undefined || acceptedToken === token ? [token] : [token, acceptedToken];
}
