import type { Page } from '../audit/audit-log';
import type { Happening } from '../audit/happening';
import type { Person } from '../members/member';
import type { ConnectionId, LinkId, MoveId, TenantId } from '../shared/ids';
import type { Link } from './link';
import type { Move, MovingMember, MovingPerson, MovingState } from './move';

/** A member who is linked through the connection that is left. */
export interface MoveCandidate {
  readonly person: Person;
  /** Oldest first, never empty. */
  readonly links: readonly { readonly id: LinkId; readonly subject: string }[];
  /** Whether the member is linked through the target already. */
  readonly linkedThere: boolean;
}

/** What an identity is recognised by. */
export interface ArrivingIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string;
}

export type MoveCounts = Readonly<Record<MovingState, number>>;

export type FinishOutcome =
  | { readonly kind: 'finished'; readonly linksRemoved: number }
  | { readonly kind: 'unconfirmed'; readonly pending: number }
  | { readonly kind: 'not-open' };

export type CancelOutcome =
  | { readonly kind: 'cancelled'; readonly linksRemoved: number; readonly sessionsEnded: number }
  | { readonly kind: 'not-open' };

export abstract class MoveStore {
  /** Everybody who is linked through `from`, by member ID. */
  abstract candidates(
    tenantId: TenantId,
    from: ConnectionId,
    to: ConnectionId,
  ): Promise<readonly MoveCandidate[]>;
  /** Which of these subjects are somebody's already, at this issuer within the target. */
  abstract takenSubjects(
    tenantId: TenantId,
    to: ConnectionId,
    issuer: string,
    subjects: readonly string[],
  ): Promise<ReadonlySet<string>>;
  /** Writes the move and its list unless another one is open for the target; one that has expired is closed. */
  abstract open(
    tenantId: TenantId,
    move: Move,
    members: readonly MovingMember[],
    because: Happening,
  ): Promise<'opened' | 'another-open'>;
  abstract find(tenantId: TenantId, to: ConnectionId, id: MoveId): Promise<Move | undefined>;
  /** Newest first. */
  abstract list(tenantId: TenantId, to: ConnectionId): Promise<readonly Move[]>;
  abstract count(tenantId: TenantId, id: MoveId): Promise<MoveCounts>;
  /** By member ID. */
  abstract members(tenantId: TenantId, id: MoveId, page: Page): Promise<readonly MovingPerson[]>;
  /** Pending rows of the move that is open `now`, and was approved for this issuer, with this subject or this e-mail. */
  abstract pendingFor(
    tenantId: TenantId,
    to: ConnectionId,
    identity: ArrivingIdentity,
    now: Date,
  ): Promise<readonly MovingPerson[]>;
  /** Adds the link and marks the row, if the row is pending and the move open at the link's time; else nothing. */
  abstract follow(
    tenantId: TenantId,
    row: Pick<MovingMember, 'moveId' | 'memberId'>,
    link: Link,
    because: Happening,
  ): Promise<'followed' | 'gone'>;
  /** Ends the move and removes the old links of those who followed, if `confirmed` members are still pending. */
  abstract finish(
    tenantId: TenantId,
    move: Pick<Move, 'id' | 'toConnectionId'>,
    confirmed: number,
    because: Happening,
  ): Promise<FinishOutcome>;
  /**
   * Ends the move. With `undo` the links that it made are removed, and sessions through the target ended, of members
   * whose old link still stands.
   */
  abstract cancel(
    tenantId: TenantId,
    move: Pick<Move, 'id' | 'toConnectionId'>,
    undo: boolean,
    because: Happening,
  ): Promise<CancelOutcome>;
}
