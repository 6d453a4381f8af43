import { isSsoInEffect, type Tenant } from '../tenants/tenant';
import type { MemberSso, Role } from './member';

/**
 * With which setting of its own a new member begins: on SSO where the tenant wants that of newcomers and its identity
 * provider can vouch for this address (ENF-7). Owners never: an outage of the identity provider must lock no owner out.
 */
export function startingSso(
  tenant: Pick<Tenant, 'policy' | 'ssoEntitled'>,
  role: Role,
  domainIsVerified: boolean,
): MemberSso {
  const begins = isSsoInEffect(tenant) && tenant.policy.newMembersOnSso;
  return begins && domainIsVerified && role !== 'owner' ? 'sso' : 'inherit';
}
