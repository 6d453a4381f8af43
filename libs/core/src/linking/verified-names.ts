import type { DomainStore } from '../domains/domain-store';
import type { TenantId } from '../shared/ids';

/** The names of the domains that this tenant has verified. */
export async function verifiedNames(domains: DomainStore, tenantId: TenantId): Promise<readonly string[]> {
  const list = await domains.list(tenantId);
  return list.filter(({ verifiedAt }) => verifiedAt !== undefined).map(({ name }) => name);
}
