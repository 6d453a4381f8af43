import type { OutgoingMail } from '../mail/outgoing-mail';
import type { NewPerson } from '../members/member-store';
import type { FlowId, PendingLinkId, TenantId } from '../shared/ids';
import type { NewLink } from './new-link';
import type { PendingLink } from './pending-link';

/** A code that was just made; its mail goes out with it, or neither does. */
export interface FreshCode {
  readonly codeHash: string;
  readonly mail: OutgoingMail;
}

/** What is written where an account is linked. */
export interface ConfirmedLink extends NewLink {
  /** The membership that is made with the link (LNK-7). */
  readonly joining?: NewPerson['member'];
  /** Whether an owner may be linked: only who is signed in by the account's own credentials. */
  readonly ownersToo: boolean;
}

/**
 * `gone`: linked, expired, or its account, membership or request is not what it was. `taken`: the identity is linked to
 * somebody else. `owner`: the member became one meanwhile.
 */
export type LinkingOutcome = 'linked' | 'gone' | 'taken' | 'owner';

export abstract class PendingLinkStore {
  /** Leaves it for the browser of its flow, which comes with the ticket, in one transaction. */
  abstract hold(tenantId: TenantId, pending: PendingLink, ticketHash: string): Promise<void>;
  abstract findByFlow(tenantId: TenantId, flowId: FlowId): Promise<PendingLink | undefined>;
  /** Crosses tenants: an address names it and no tenant. */
  abstract findAnywhere(id: PendingLinkId): Promise<PendingLink | undefined>;
  /** Replaces the code, unless as many were mailed, or tried, as may be. */
  abstract sendCode(tenantId: TenantId, id: PendingLinkId, code: FreshCode): Promise<'sent' | 'over'>;
  /** Counts the try before anything is compared: of parallel tries no more are looked at than in turn. */
  abstract tryCode(
    tenantId: TenantId,
    id: PendingLinkId,
    codeHash: string,
    now: Date,
  ): Promise<'right' | 'wrong' | 'over'>;
  /** Writes the link and all that comes with it once, or nothing. */
  abstract link(tenantId: TenantId, id: PendingLinkId, confirmed: ConfirmedLink): Promise<LinkingOutcome>;
}
