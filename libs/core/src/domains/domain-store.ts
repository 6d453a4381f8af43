import type { Happening } from '../audit/happening';
import type { DomainId, TenantId } from '../shared/ids';
import type { Domain, DomainCheck } from './domain';

export abstract class DomainStore {
  abstract add(tenantId: TenantId, domain: Domain, because: Happening): Promise<'added' | 'exists'>;
  abstract find(tenantId: TenantId, id: DomainId): Promise<Domain | undefined>;
  abstract list(tenantId: TenantId): Promise<Domain[]>;
  /** One tenant at most in the whole deployment can succeed for a name, also when several try at once. */
  abstract markVerified(
    tenantId: TenantId,
    id: DomainId,
    check: DomainCheck,
    because: Happening,
  ): Promise<'verified' | 'claimed'>;
  abstract noteCheck(tenantId: TenantId, id: DomainId, check: DomainCheck, because: Happening): Promise<void>;
  abstract renewToken(tenantId: TenantId, id: DomainId, token: string, expiresAt: Date): Promise<void>;
  abstract remove(tenantId: TenantId, id: DomainId, because: Happening): Promise<void>;
  abstract isVerified(tenantId: TenantId, name: string): Promise<boolean>;
  /** Crosses tenants: who has verified this name. */
  abstract verifiedAnywhere(name: string): Promise<TenantId | undefined>;
}
