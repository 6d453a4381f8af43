import type { Page } from '../audit/audit-log';
import type { Happening } from '../audit/happening';
import type { TenantId } from '../shared/ids';
import type { Tenant } from './tenant';

/** What changes of a tenant; all else stays as another call may just have made it. `host: null` takes its host away. */
export interface TenantChange {
  readonly associateByEmail?: boolean | undefined;
  readonly ssoEntitled?: boolean | undefined;
  readonly host?: string | null | undefined;
}

export abstract class TenantStore {
  abstract create(tenant: Tenant, because: Happening): Promise<'created' | 'taken'>;
  abstract update(tenant: Tenant, because: Happening): Promise<void>;
  /** `host-taken`: by another tenant, or by a connection that another one made while it had that host. */
  abstract change(id: TenantId, change: TenantChange, because: Happening): Promise<Tenant | 'host-taken'>;
  abstract find(id: TenantId): Promise<Tenant | undefined>;
  abstract findBySlug(slug: string): Promise<Tenant | undefined>;
  abstract findByHost(host: string): Promise<Tenant | undefined>;
  abstract findByExternalId(externalId: string): Promise<Tenant | undefined>;
  /** Oldest first. */
  abstract list(page: Page): Promise<Tenant[]>;
}
