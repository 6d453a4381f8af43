import type { Page } from '../audit/audit-log';
import type { Happening } from '../audit/happening';
import type { Member, User } from '../members/member';
import type { FlowId, MemberId, SessionId, TenantId, UserId } from '../shared/ids';
import type { Tenant } from '../tenants/tenant';
import type { Session } from './session';

/** A live session with all that a token says about it, as it is now. */
export interface SessionView {
  readonly session: Session;
  readonly tenant: Tenant;
  readonly user: User;
  readonly member: Member;
}

/** A flow that was answered, and the hash of the ticket under which the browser takes the session up. */
export interface WaitingFlow {
  readonly flowId: FlowId;
  readonly ticketHash: string;
}

/** A live session as a list of its tenant shows it. */
export interface ListedSession {
  readonly session: Session;
  readonly user: User;
  /** What the tenant calls the connection that the person came through. */
  readonly connectionLabel?: string;
}

/** A live session of a person's own, in whichever tenant. */
export interface OwnSession {
  readonly session: Session;
  readonly tenant: Tenant;
  readonly connectionLabel?: string;
}

/** Which live sessions of a tenant are ended together: all of them, or one member's. */
export interface SessionsToEnd {
  readonly memberId?: MemberId;
  /** Not those that are opened meanwhile. */
  readonly openedUntil: Date;
}

export abstract class SessionStore {
  /** With the flow that waits for it, if one does, in one transaction. */
  abstract open(
    tenantId: TenantId,
    session: Session,
    because: Happening,
    waiting?: WaitingFlow,
  ): Promise<void>;
  /** `absent` where it has ended or expired, or is of another member than the one that is named. */
  abstract end(
    tenantId: TenantId,
    id: SessionId,
    because: Happening,
    of?: MemberId,
  ): Promise<'ended' | 'absent'>;
  /** Ends so many of them at most and answers which, each with a fact of its own, in one transaction. */
  abstract endSome(
    tenantId: TenantId,
    which: SessionsToEnd,
    most: number,
    because: (ended: SessionId) => Happening,
  ): Promise<readonly SessionId[]>;
  /** Live ones only, newest first. */
  abstract list(
    tenantId: TenantId,
    of: { memberId?: MemberId },
    page: Page,
    now: Date,
  ): Promise<ListedSession[]>;
  /** Crosses tenants: neither ended nor expired, whether or not it may be used just now. */
  abstract findOpenAnywhere(id: SessionId, now: Date): Promise<Session | undefined>;
  /** Crosses tenants: the live sessions of one person, newest first. */
  abstract listOfUserAnywhere(userId: UserId, now: Date): Promise<OwnSession[]>;
  /** Crosses tenants, since a token names only its session: neither ended, expired, nor of someone suspended or gone. */
  abstract findLiveAnywhere(id: SessionId, now: Date): Promise<SessionView | undefined>;
}
