import type { GrantedRole } from '../connections/connection';
import type { MemberSso } from '../members/member';
import type { ConnectionId, FlowId, LinkRequestId, PendingLinkId, TenantId, UserId } from '../shared/ids';

/**
 * By which way somebody came to where two accounts are to be joined: by the link of a mail, from the account page, or by a
 * sign-in that found the account and no link to it.
 */
export const linkCauses = ['mail', 'account', 'sign-in'] as const;
export type LinkCause = (typeof linkCauses)[number];

/** As what a user of other tenants becomes a member once the mailbox is proven (LNK-7). */
export interface Joining {
  readonly role: GrantedRole;
  readonly sso: MemberSso;
}

/**
 * An identity that was vouched for in one round to an identity provider, and waits to be linked to an account that was there
 * before. It belongs to the browser that began the round.
 */
export interface PendingLink {
  readonly id: PendingLinkId;
  readonly tenantId: TenantId;
  readonly connectionId: ConnectionId;
  readonly flowId: FlowId;
  readonly cause: LinkCause;
  readonly userId: UserId;
  /** The address of that account when the identity came: codes go to it, and an account that has another one by now is not linked. */
  readonly email: string;
  readonly issuer: string;
  readonly subject: string;
  /** The address that the identity provider named, where it named one. */
  readonly identityEmail?: string;
  /** Whether that is the account's own address, in a domain that the tenant has verified. */
  readonly sameAddress: boolean;
  /** Names the configuration under which the identity was verified: what is trusted otherwise by now links nobody. */
  readonly trust: string;
  /** Absent for who is a member. */
  readonly joining?: Joining;
  readonly linkRequestId?: LinkRequestId;
  /** The issuer's interaction that waits for this sign-in. */
  readonly interactionId?: string;
  readonly browserKeyHash: string;
  /** How many codes were mailed for it, and how many were tried. */
  readonly codes: number;
  readonly tries: number;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly linkedAt?: Date;
}

/** Long enough for a slow mail server. */
export const pendingLinkMs = 15 * 60 * 1000;
export const mostCodes = 3;
/** Of all codes of one pending link together. */
export const mostCodeTries = 5;

/** `over`: too many wrong codes. */
export type PendingStanding = 'open' | 'linked' | 'over' | 'expired';

export function pendingStanding(
  { linkedAt, tries, expiresAt }: Pick<PendingLink, 'linkedAt' | 'tries' | 'expiresAt'>,
  now: Date,
): PendingStanding {
  if (linkedAt) return 'linked';
  if (expiresAt <= now) return 'expired';
  return tries >= mostCodeTries ? 'over' : 'open';
}

/**
 * What shows, besides the identity, that the account is this person's: a session that its holder opened by the account's own
 * credentials, or a code from its mailbox. Who came by the link of a mail has shown the mailbox, so that nothing more is
 * asked where the identity has the very same address.
 */
export type LinkProof = 'none' | 'session' | 'code';

export function wantedProof({ cause, sameAddress }: Pick<PendingLink, 'cause' | 'sameAddress'>): LinkProof {
  if (cause === 'account') return 'session';
  return cause === 'mail' && sameAddress ? 'none' : 'code';
}
