import type { ConnectionId, LogoutId, SessionId, TenantId } from '../shared/ids';
import type { NameId } from './name-id';

/** What an identity provider asks by a LogoutRequest, read from signed octets only. */
export interface AskedLogout {
  readonly requestId: string;
  /** Until when the request's ID must be remembered. */
  readonly rememberUntil: Date;
  readonly nameId: NameId;
  /** Empty: every session of this NameID (SAML Core 3.7.3.1). */
  readonly sessionIndexes: readonly string[];
}

/** A logout that we asked an identity provider for; the browser comes back from there, or never does. */
export interface StartedLogout {
  readonly id: LogoutId;
  readonly tenantId: TenantId;
  readonly connectionId: ConnectionId;
  /** Ended already: the answer changes nothing about it. */
  readonly sessionId: SessionId;
  /** The ID of our LogoutRequest; the answer must name it. */
  readonly requestId: string;
  /** Where the browser goes on: an address that the issuer has checked. */
  readonly returnUrl: string;
  readonly startedAt: Date;
  readonly expiresAt: Date;
}

export const logoutLifetimeMs = 15 * 60 * 1000;
