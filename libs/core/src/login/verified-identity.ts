import { emailDomain, parseEmail } from '../members/member';
import type { NameId } from '../sessions/name-id';

/** What a connection's protocol vouches for, read from signed octets only. */
export interface VerifiedIdentity {
  readonly issuer: string;
  readonly subject: string;
  /** One address, if one came; not yet checked against the tenant's domains. */
  readonly email?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly displayName?: string;
  readonly groups: readonly string[];
  /** The name of a role, not yet checked against what the tenant lets come in this way. */
  readonly role?: string;
  /** What the tenant has passed on to applications, by its own names for it. */
  readonly custom?: Readonly<Record<string, readonly string[]>>;
  /** Every attribute that came, by its exact name. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly authenticatedAt: Date;
  readonly sessionIndex?: string;
  /** The whole NameID, for logout. */
  readonly nameId: NameId;
  /** The identity provider's own end of the session (SAML Core 2.7.2). */
  readonly sessionNotOnOrAfter?: Date;
  readonly assertionId: string;
  /** Until when the assertion ID must be remembered. */
  readonly rememberUntil: Date;
  /** The request of ours that this answers; absent when the sign-in began at the identity provider. */
  readonly inResponseTo?: string;
  /** The pending version of the connection that it was verified under: such an identity can pass a test and nothing else. */
  readonly version?: number;
  /** Fingerprint of the certificate whose key fitted. */
  readonly certificateFingerprint: string;
  /** What the browser that brought the answer calls itself: nobody vouches for it, and it decides nothing. */
  readonly userAgent?: string;
}

/** An answer to a request of ours. */
export type AnsweredIdentity = VerifiedIdentity & { readonly inResponseTo: string };

/** An e-mail that came is compared in its one spelling; what is no address counts as none. */
export function withOneSpelling(arrived: VerifiedIdentity): VerifiedIdentity {
  const { email, ...identity } = arrived;
  if (email === undefined || emailDomain(email) === '') return identity;
  try {
    return { ...identity, email: parseEmail(email) };
  } catch {
    return identity;
  }
}

/** By which a newcomer is called, where the identity provider said it. */
export function displayName(identity: VerifiedIdentity): string | undefined {
  const parts = [identity.firstName, identity.lastName].filter((part) => part !== undefined);
  return identity.displayName ?? (parts.length > 0 ? parts.join(' ') : undefined);
}
