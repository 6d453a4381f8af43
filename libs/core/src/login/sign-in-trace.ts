import type { ErrorCode } from '../shared/error-codes';
import type { ConnectionId, TenantId, TraceId } from '../shared/ids';
import type { Check } from './check-log';
import type { LoginPurpose } from './login-flow';

/** What became of one answer of an identity provider, kept for those who look after the connection. */
export interface SignInTrace extends SeenAnswer {
  readonly id: TraceId;
  readonly tenantId: TenantId;
  readonly connectionId: ConnectionId;
  /** Absent where the answer names no request that we know. */
  readonly purpose?: LoginPurpose;
  /** The one on the person's page. */
  readonly reference: string;
  readonly at: Date;
  readonly outcome: SignInOutcome;
  /** Why it was refused. */
  readonly code?: ErrorCode;
  readonly totalMs: number;
  readonly checks: readonly Check[];
  readonly address?: string;
  readonly userAgent?: string;
}

/** `link-pending`: vouched for, and waiting in the browser to be linked to an account. */
export const signInOutcomes = ['signed-in', 'test-passed', 'bounced', 'link-pending', 'refused'] as const;
export type SignInOutcome = (typeof signInOutcomes)[number];

/** What an answer said, whether or not it could be believed: the checks tell that. */
export interface SeenAnswer {
  readonly subject?: string;
  readonly email?: string;
  readonly attributes: readonly SeenAttribute[];
  /** The document without what would let anybody use it again; absent where none could be shown. */
  readonly response?: string;
  /** The request that it names. */
  readonly inResponseTo?: string;
  /** Of the certificate that fitted. */
  readonly certificateFingerprint?: string;
}

export interface SeenAttribute {
  readonly name: string;
  readonly values: readonly string[];
  /** How many came, where not all of them are listed. */
  readonly count: number;
  /** What the connection's mapping takes it for. */
  readonly mapsTo?: string;
}

/** How long a trace is kept (LOG-11). */
export const traceLifetimeMs = 30 * 24 * 60 * 60 * 1000;
