import type { Happening } from '../audit/happening';
import type { DomainId, TenantId } from '../shared/ids';
import type { Domain, DomainCheck, ProofKind } from './domain';
import type { DomainFacts } from './domain-effects';

/** A proof that was found: by which way and value, and when it is looked at again. */
export interface ProvenDomain {
  readonly check: DomainCheck;
  readonly by: ProofKind;
  readonly token: string;
  readonly nextCheckAt: Date;
}

/** `in-use`: people have addresses in it, and their number is not the one that was confirmed. */
export type RemoveDomainOutcome =
  { readonly kind: 'removed' } | { readonly kind: 'in-use'; readonly members: number };

export abstract class DomainStore {
  abstract add(tenantId: TenantId, domain: Domain, because: Happening): Promise<'added' | 'exists'>;
  abstract find(tenantId: TenantId, id: DomainId): Promise<Domain | undefined>;
  abstract list(tenantId: TenantId): Promise<Domain[]>;
  /** One tenant at most in the whole deployment can succeed for a name, also when several try at once. */
  abstract markVerified(
    tenantId: TenantId,
    id: DomainId,
    proven: ProvenDomain,
    because: Happening,
  ): Promise<'verified' | 'claimed'>;
  abstract noteCheck(tenantId: TenantId, id: DomainId, check: DomainCheck, because: Happening): Promise<void>;
  /** The value that was accepted last goes on to prove the domain. */
  abstract renewToken(
    tenantId: TenantId,
    id: DomainId,
    token: string,
    expiresAt: Date,
    because: Happening,
  ): Promise<void>;
  /** Whom and what a domain of this name is for. */
  abstract facts(tenantId: TenantId, name: string): Promise<DomainFacts>;
  /** Counts the people again in the transaction that removes it. */
  abstract remove(
    tenantId: TenantId,
    id: DomainId,
    confirmed: number,
    because: Happening,
  ): Promise<RemoveDomainOutcome>;
  /** Whether the name is this tenant's now: neither a claim nor one that has lapsed (DOM-8). */
  abstract isVerified(tenantId: TenantId, name: string): Promise<boolean>;
  /** Crosses tenants: whose name it is now. */
  abstract verifiedAnywhere(name: string): Promise<TenantId | undefined>;
}
