import type { Actor } from '../audit/happening';
import type { Person } from '../members/member';
import type { ConnectionId, LinkId, MemberId, MoveId, TenantId } from '../shared/ids';

/** An approved list of members who may take a link through one connection along to another (CON-10). */
export interface Move {
  readonly id: MoveId;
  readonly tenantId: TenantId;
  readonly toConnectionId: ConnectionId;
  readonly fromConnectionId: ConnectionId;
  /** The entity ID of the identity provider that was approved; an identity of any other follows nobody. */
  readonly issuer: string;
  /** As stored: an open move is over all the same once it has expired. */
  readonly state: MoveState;
  readonly approvedBy: Actor;
  readonly approvedAt: Date;
  readonly expiresAt: Date;
  readonly endedAt?: Date;
}

export const moveStates = ['open', 'finished', 'cancelled', 'expired'] as const;
export type MoveState = (typeof moveStates)[number];

/** One line of the list: what was approved for a member, and what became of it. */
export interface MovingMember {
  readonly moveId: MoveId;
  readonly tenantId: TenantId;
  readonly memberId: MemberId;
  /** The member's e-mail when the move was approved. */
  readonly email: string;
  readonly oldLinkId: LinkId;
  readonly oldSubject: string;
  /** The only subject by which this member may follow, where the uploaded list named one. */
  readonly expectedSubject?: string;
  /** Whether the approval named this member, which owners and admins need. */
  readonly listed: boolean;
  readonly state: MovingState;
  /** Why this member cannot follow. */
  readonly reason?: Hindrance;
  readonly linkId?: LinkId;
  readonly followedAt?: Date;
}

/** `undone`: followed, and taken back when the move was cancelled. */
export const movingStates = ['pending', 'followed', 'cannot', 'undone'] as const;
export type MovingState = (typeof movingStates)[number];

/** Why a member is on the list without being able to follow. */
export const hindrances = [
  'suspended',
  'email_outside_verified_domains',
  'administrator_not_listed',
  'mapping_ambiguous',
  'subject_taken',
] as const;
export type Hindrance = (typeof hindrances)[number];

/** A line of the list with the member as it is now. */
export interface MovingPerson {
  readonly row: MovingMember;
  readonly person: Person;
  /** Whether a link through the connection that is left still stands. */
  readonly linkedStill: boolean;
  /** Whether the member is linked through the target. */
  readonly linkedThere: boolean;
}

const dayMs = 24 * 60 * 60 * 1000;
export const usualMoveDays = 30;
export const longestMoveDays = 90;

export function moveEnd(approvedAt: Date, days: number): Date {
  return new Date(approvedAt.getTime() + days * dayMs);
}

/** The state as it is now, expiry included. */
export function moveState({ state, expiresAt }: Pick<Move, 'state' | 'expiresAt'>, now: Date): MoveState {
  return state === 'open' && expiresAt <= now ? 'expired' : state;
}
