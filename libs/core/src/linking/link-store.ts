import type { Happening } from '../audit/happening';
import type { Invitation } from '../invitations/invitation';
import type { Person } from '../members/member';
import type { NewPerson } from '../members/member-store';
import type { ConnectionId, TenantId, UserId } from '../shared/ids';
import type { Tenant } from '../tenants/tenant';
import type { Link } from './link';

export type AdmitOutcome = { kind: 'admitted'; person: Person } | { kind: 'user-exists' };

/** `gone`: the invitation was used, withdrawn or renewed meanwhile, or its person became a member without it. */
export type AdmitInvitedOutcome = AdmitOutcome | { kind: 'gone' };

export abstract class LinkStore {
  /** The tenant as it is now, with the member that this identity is linked to, if it still is a member. */
  abstract findLinked(
    tenantId: TenantId,
    connectionId: ConnectionId,
    identity: { readonly issuer: string; readonly subject: string },
  ): Promise<{ readonly tenant: Tenant; readonly person?: Person }>;
  /** The member that this identity is linked to, if it still is a member. */
  abstract findPerson(
    tenantId: TenantId,
    connectionId: ConnectionId,
    identity: { readonly issuer: string; readonly subject: string },
  ): Promise<Person | undefined>;
  /** Oldest first, through whichever connection. */
  abstract ofUser(tenantId: TenantId, userId: UserId): Promise<readonly Link[]>;
  abstract add(tenantId: TenantId, link: Link, because: Happening): Promise<'added' | 'taken'>;
  /** Creates user, membership and link together, only if no user has this e-mail yet. */
  abstract admit(
    tenantId: TenantId,
    person: NewPerson,
    link: Link,
    because: Happening,
  ): Promise<AdmitOutcome>;
  /**
   * Uses the invitation up and creates membership and link together, for the existing user with its address only if
   * the invitation was opened; who was removed under that address is let in again by it.
   */
  abstract admitInvited(
    tenantId: TenantId,
    invitation: Pick<Invitation, 'id' | 'openedAt'>,
    person: NewPerson,
    link: Link,
    because: readonly Happening[],
  ): Promise<AdmitInvitedOutcome>;
}
