import type { Happening } from '../audit/happening';
import type { Person } from '../members/member';
import type { ConnectionId, TenantId } from '../shared/ids';
import type { Link } from './link';

export abstract class LinkStore {
  /** The member that this identity is linked to, if it still is a member. */
  abstract findPerson(
    tenantId: TenantId,
    connectionId: ConnectionId,
    identity: { readonly issuer: string; readonly subject: string },
  ): Promise<Person | undefined>;
  abstract add(tenantId: TenantId, link: Link, because: Happening): Promise<'added' | 'taken'>;
}
