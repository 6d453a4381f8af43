import type { Actor } from '../audit/happening';
import type { ConnectionId, MemberId, TenantId, UserId } from '../shared/ids';
import type { Role } from './member';

/** What stays of a member whom somebody removed, so that no identity provider brings the person back (TEN-11). */
export interface RemovedMember {
  /** Of the membership that ended. */
  readonly id: MemberId;
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly email: string;
  readonly role: Role;
  /** Whom the identity providers of the tenant knew the person as. */
  readonly identities: readonly RemovedIdentity[];
  readonly removedAt: Date;
  readonly removedBy: Actor;
}

export interface RemovedIdentity {
  readonly connectionId: ConnectionId;
  readonly issuer: string;
  readonly subject: string;
}
