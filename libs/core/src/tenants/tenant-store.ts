import type { Page } from '../audit/audit-log';
import type { Happening } from '../audit/happening';
import type { TenantId } from '../shared/ids';
import type { Tenant } from './tenant';

export abstract class TenantStore {
  abstract create(tenant: Tenant, because: Happening): Promise<'created' | 'taken'>;
  abstract update(tenant: Tenant, because: Happening): Promise<void>;
  abstract find(id: TenantId): Promise<Tenant | undefined>;
  abstract findBySlug(slug: string): Promise<Tenant | undefined>;
  abstract findByExternalId(externalId: string): Promise<Tenant | undefined>;
  /** Oldest first. */
  abstract list(page: Page): Promise<Tenant[]>;
}
