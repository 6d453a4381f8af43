import type { Happening } from '../audit/happening';
import type { Page } from '../audit/audit-log';
import type { ErrorCode } from '../shared/error-codes';
import type { ConnectionId, TenantId, TraceId } from '../shared/ids';
import type { LoginPurpose } from './login-flow';
import type { SignInOutcome, SignInTrace } from './sign-in-trace';

/** Which traces of a tenant are wanted; what is left out does not matter. */
export interface TraceFilter {
  readonly connectionId?: ConnectionId;
  readonly purpose?: LoginPurpose;
  readonly outcome?: SignInOutcome;
  readonly code?: ErrorCode;
  /** In any case. */
  readonly email?: string;
  readonly reference?: string;
  readonly from?: Date;
  /** Exclusive. */
  readonly to?: Date;
}

/** A trace without what only its own page shows. */
export type TraceSummary = Omit<SignInTrace, 'checks' | 'attributes' | 'response'>;

/** Nothing ever changes a trace; the sweeper takes it after thirty days. */
export abstract class SignInTraceStore {
  abstract record(trace: SignInTrace): Promise<void>;
  /** The trace and the audit row of a refusal, both or neither. */
  abstract recordRefused(trace: SignInTrace, because: Happening): Promise<void>;
  abstract find(tenantId: TenantId, id: TraceId): Promise<SignInTrace | undefined>;
  /** Newest first. */
  abstract list(tenantId: TenantId, filter: TraceFilter, page: Page): Promise<TraceSummary[]>;
}
