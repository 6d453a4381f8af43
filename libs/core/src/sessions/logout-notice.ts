import type { ApplicationId, SessionId, TenantId, UserId } from '../shared/ids';

/** An application that is still to be told of an ended session (OpenID Connect Back-Channel Logout 1.0). */
export interface LogoutNotice {
  readonly sessionId: SessionId;
  readonly applicationId: ApplicationId;
  readonly userId: UserId;
  /** Where the application takes logout tokens, as it is registered now. */
  readonly uri: string;
  /** How often it was claimed, this time included. */
  readonly attempts: number;
}

/** A notice that waits, as the operator sees it. */
export interface WaitingNotice {
  readonly sessionId: SessionId;
  readonly attempts: number;
  readonly dueAt: Date;
  readonly lastError?: string;
}

/** Why a notice was not taken, and when it is tried again. */
export interface FailedAttempt {
  readonly error: string;
  readonly againAt: Date;
  /** Where the application cannot be reached at all: until then whatever else is due to it waits as well. */
  readonly othersAgainAt?: Date;
}

/** What applications are still to be told. A session that would have expired by itself by now is told of no more. */
export abstract class LogoutNotices {
  /**
   * Notes down each application that had tokens for this session and has an address to be told at, and withdraws what was
   * granted to it. Doing it again adds nothing.
   */
  abstract raise(tenantId: TenantId, sessionId: SessionId, now: Date): Promise<void>;
  /** Crosses tenants: those that are due, at most so many of one application, for this caller alone. */
  abstract claimAnywhere(mostOfOne: number, now: Date): Promise<LogoutNotice[]>;
  abstract delivered(notice: LogoutNotice): Promise<void>;
  abstract failed(notice: LogoutNotice, failure: FailedAttempt): Promise<void>;
  /** Crosses tenants: what waits for one application, the next first. */
  abstract waitingFor(applicationId: ApplicationId, limit: number): Promise<WaitingNotice[]>;
}
