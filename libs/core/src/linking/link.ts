import type { ConnectionId, LinkId, TenantId, UserId } from '../shared/ids';

/** Binds a user to an identity at an identity provider, within one connection. */
export interface Link {
  readonly id: LinkId;
  readonly tenantId: TenantId;
  readonly connectionId: ConnectionId;
  readonly userId: UserId;
  /** SAML: the IdP's entity ID. */
  readonly issuer: string;
  /** SAML: the NameID, compared exactly. */
  readonly subject: string;
  readonly createdAt: Date;
}
