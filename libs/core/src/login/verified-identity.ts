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
  /** Every attribute that came, by its exact name. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly authenticatedAt: Date;
  readonly sessionIndex?: string;
  /** The identity provider's own end of the session (SAML Core 2.7.2). */
  readonly sessionNotOnOrAfter?: Date;
  readonly assertionId: string;
  /** Until when the assertion ID must be remembered. */
  readonly rememberUntil: Date;
  /** The request of ours that this answers. */
  readonly inResponseTo: string;
  /** Fingerprint of the certificate whose key fitted. */
  readonly certificateFingerprint: string;
}
