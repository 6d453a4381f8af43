import type { Happening } from '../audit/happening';
import type { SeenMember } from '../members/member-store';
import type { ConnectionId, TenantId } from '../shared/ids';
import type { NewLink } from './new-link';

/** `gone`: the user is no member (any more), or suspended. `taken`: the identity is linked to somebody else. */
export type LinkOutcome = 'linked' | 'gone' | 'taken';

export type UnlinkOutcome =
  | { readonly kind: 'unlinked'; readonly links: number; readonly sessionsEnded: number }
  /** There was no link to take. */
  | { readonly kind: 'not-linked' }
  /** The role is another than was seen. */
  | { readonly kind: 'meanwhile' }
  | { readonly kind: 'absent' };

/** The links of accounts that were there before: how one is made, and how one is taken. */
export abstract class AccountLinks {
  /** Writes the link, revokes what else asks for one, and ends what was opened before the first. */
  abstract link(tenantId: TenantId, linking: NewLink): Promise<LinkOutcome>;
  /**
   * Takes the links of a member, or those through one connection, with the sessions that came by them and everything by
   * which one could come back without the person's own doing (LNK-10).
   */
  abstract unlink(
    tenantId: TenantId,
    seen: SeenMember,
    connectionId: ConnectionId | undefined,
    because: Happening,
  ): Promise<UnlinkOutcome>;
}
