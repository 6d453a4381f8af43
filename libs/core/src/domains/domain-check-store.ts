import type { Happening } from '../audit/happening';
import type { MailMessage } from '../mail/mail-message';
import type { TenantId } from '../shared/ids';
import type { Domain, DomainCheck, ProofKind } from './domain';
import type { DomainFacts } from './domain-effects';
import type { DomainLife } from './domain-life';

/** A domain that a worker has in hand until the lease of its claim runs out, which is its `nextCheckAt` meanwhile. */
export interface ClaimedDomain {
  readonly domain: Domain & { readonly nextCheckAt: Date };
  /** Another tenant has proved the name since this one lapsed. */
  readonly heldElsewhere: boolean;
}

/** All that a look changes about a domain. */
export interface CheckedDomain {
  readonly claimed: ClaimedDomain;
  readonly life: DomainLife;
  readonly check: DomainCheck;
  /** The value that was found. */
  readonly acceptedToken?: string;
  readonly provedBy?: ProofKind;
  /** The next value to publish, where the one before it is due (DOM-3). */
  readonly renewed?: Pick<Domain, 'token' | 'tokenExpiresAt'>;
}

/** What the letter to the owners says beside the look itself. */
export interface DomainOwners extends DomainFacts {
  readonly organisation: string;
}

/** What is told of a look, with it or not at all. */
export interface ToldOfDomain {
  readonly because: readonly Happening[];
  /** To every owner. */
  readonly letter?: (owners: DomainOwners) => MailMessage;
}

/** What the worker needs to look after all domains. */
export abstract class DomainCheckStore {
  /** Crosses tenants: those that are due, oldest first. They are nobody else's until `leasedUntil`. */
  abstract claimAnywhere(most: number, now: Date, leasedUntil: Date): Promise<ClaimedDomain[]>;
  /** Crosses tenants: keeps looks of which nobody is told. One whose lease somebody else has by now is left out. */
  abstract keepAnywhere(checked: readonly CheckedDomain[]): Promise<void>;
  /** Keeps a look with what is told of it. `stale`: the lease is somebody else's by now, and nothing was written. */
  abstract settle(
    tenantId: TenantId,
    checked: CheckedDomain,
    told: ToldOfDomain,
  ): Promise<'settled' | 'stale' | 'claimed'>;
  /** Another tenant has the name: this lapsed claim becomes one that was never proved. */
  abstract release(tenantId: TenantId, claimed: ClaimedDomain, because: Happening): Promise<void>;
}
