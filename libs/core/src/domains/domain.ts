import type { DomainId, TenantId } from '../shared/ids';

/** A claim of a tenant to an e-mail domain; it means something only once it is verified. */
export interface Domain {
  readonly id: DomainId;
  readonly tenantId: TenantId;
  /** A-label form, lower case, no trailing dot. */
  readonly name: string;
  /** The value to publish; not a secret once it stands in DNS. */
  readonly token: string;
  readonly tokenExpiresAt: Date;
  readonly verifiedAt?: Date;
  readonly lastCheck?: DomainCheck;
  readonly createdAt: Date;
}

/** The last look at DNS and what it showed. */
export interface DomainCheck {
  readonly at: Date;
  readonly outcome: 'found' | 'absent' | 'different' | 'elsewhere' | 'unavailable';
  /** The TXT values that stood there instead. */
  readonly found: readonly string[];
}

/** The DNS record that proves a claim. */
export interface DomainProof {
  readonly type: 'TXT';
  readonly name: string;
  readonly value: string;
}

export const tokenLifetimeMs = 14 * 24 * 60 * 60 * 1000;

export function domainProof(domain: Pick<Domain, 'name' | 'token'>): DomainProof {
  return {
    type: 'TXT',
    name: `_gatehouse-challenge.${domain.name}`,
    value: `gatehouse-verify=${domain.token}`,
  };
}
