import type { Connection } from '../connections/connection';
import type { ConnectionStore } from '../connections/connection-store';
import type { TenantId } from '../shared/ids';
import { isSsoInEffect, type Tenant } from '../tenants/tenant';
import type { EnforcementStore } from './enforcement-store';
import { ssoProgress, type SsoProgress } from './sso-steps';

/** What a tenant has, and lacks, of single sign-on. */
export interface SsoStanding extends SsoProgress {
  readonly tenant: Tenant;
  readonly entitled: boolean;
  /** Whether it binds anybody now: entitled, and not off. */
  readonly inEffect: boolean;
  readonly connections: readonly Connection[];
  readonly membersOnSso: number;
}

/** Shows an organisation where it stands on its way to single sign-on, entitled or not (TEN-9, TEN-10). */
export class SsoOverview {
  constructor(
    private readonly store: EnforcementStore,
    private readonly connections: ConnectionStore,
  ) {}

  /** Throws `not_found`. */
  async of(tenantId: TenantId): Promise<SsoStanding> {
    const connections = await this.connections.list(tenantId);
    const { tenant, membersOnSso } = await this.store.read(tenantId, async (facts) => ({
      tenant: facts.tenant,
      membersOnSso: await facts.countOnSso(),
    }));
    const progress = ssoProgress({ tenant, connections, membersOnSso });
    const inEffect = isSsoInEffect(tenant);
    return { tenant, entitled: tenant.ssoEntitled, inEffect, connections, membersOnSso, ...progress };
  }
}

/** Connections whose addresses are not at the host that the tenant has now: its identity provider was told another one. */
export function atOtherHost(
  { host }: Pick<Tenant, 'host'>,
  connections: readonly Connection[],
): readonly Connection[] {
  return connections.filter((connection) => connection.host !== host);
}
