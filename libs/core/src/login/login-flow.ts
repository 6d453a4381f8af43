import type { ConnectionId, FlowId, LinkRequestId, MemberId, SessionId, TenantId } from '../shared/ids';

/** `link` joins an account that is there to an identity, and signs nobody in. */
export const loginPurposes = ['sign-in', 'test', 'link'] as const;
export type LoginPurpose = (typeof loginPurposes)[number];

/** Whose account a round is to link, and by which mail the person was asked. */
export interface LinkOrder {
  readonly memberId: MemberId;
  readonly linkRequestId?: LinkRequestId;
}

/** One round to an identity provider, begun by one browser. */
export interface LoginFlow {
  readonly id: FlowId;
  readonly tenantId: TenantId;
  readonly connectionId: ConnectionId;
  readonly purpose: LoginPurpose;
  /** The pending version of the connection that this tests; absent: what serves. */
  readonly version?: number;
  /** The ID of our AuthnRequest; the answer must name it. */
  readonly requestId: string;
  /** Hash of the cookie that only the beginning browser holds. */
  readonly browserKeyHash: string;
  /** The issuer's interaction that waits for this sign-in; only such a round has one. */
  readonly interactionId?: string;
  /** In a round that links, and in no other. */
  readonly link?: LinkOrder;
  readonly startedAt: Date;
  readonly expiresAt: Date;
}

/** A flow that was answered, taken up by the browser that began it. */
export interface FinishedFlow {
  readonly flow: LoginFlow;
  /** Absent in a test, and where a link is to be confirmed. */
  readonly sessionId?: SessionId;
}

export type TakeOutcome =
  | { readonly kind: 'taken'; readonly flow: LoginFlow }
  | { readonly kind: 'replayed' }
  | { readonly kind: 'unknown-request' };

/** Long enough for a person to find a second factor. */
export const flowLifetimeMs = 15 * 60 * 1000;

/** How many rounds without an end are a redirect loop (LOG-10). */
export interface RoundLimit {
  readonly most: number;
  readonly since: Date;
}

/** Browsers give up after some 20 redirects, which is about as many rounds: the page must come before that. */
export const loopRounds = 4;
export const loopWindowMs = 60 * 1000;
