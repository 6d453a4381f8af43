import type { Page } from '../audit/audit-log';
import type { Actor } from '../audit/happening';
import type { Chance } from '../shared/chance';
import { isStorable } from '../shared/clip';
import type { Clock } from '../shared/clock';
import { tenantId, type TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import { startingPolicy, type SignInPolicy } from './sign-in-policy';
import { parseSlug, slugPattern, type Tenant } from './tenant';
import type { TenantChange, TenantStore } from './tenant-store';

export interface NewTenant {
  readonly slug: string;
  readonly name: string;
  readonly externalId?: string | undefined;
  readonly associateByEmail?: boolean | undefined;
  readonly ssoEntitled?: boolean | undefined;
  /** What switching its first connection on makes of single sign-on; `optional` where absent (ENF-1). */
  readonly ssoWhenEnabled?: SignInPolicy['ssoWhenEnabled'] | undefined;
}

/** The same words for a tenant that is absent and for one that the caller must not know of. */
export function noSuchTenant(idOrSlug: string): SsoError {
  return new SsoError('not_found', 'There is no such tenant.', { got: idOrSlug.slice(0, 80) });
}

/** The customer organisations of this deployment. */
export class Tenants {
  constructor(
    private readonly store: TenantStore,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  /** Throws `conflict` when the slug or external ID is taken. */
  async create(wanted: NewTenant, actor: Actor): Promise<Tenant> {
    const now = this.clock.now();
    const tenant: Tenant = {
      id: tenantId.create(now, this.chance),
      slug: parseSlug(wanted.slug),
      name: wanted.name,
      ...(wanted.externalId === undefined ? {} : { externalId: wanted.externalId }),
      associateByEmail: wanted.associateByEmail ?? false,
      policy: {
        ...startingPolicy,
        ssoWhenEnabled: wanted.ssoWhenEnabled ?? startingPolicy.ssoWhenEnabled,
      },
      ssoEntitled: wanted.ssoEntitled ?? true,
      createdAt: now,
    };
    const because = {
      type: 'tenant.created',
      tenantId: tenant.id,
      at: now,
      actor,
      subject: tenant.id,
    } as const;
    if ((await this.store.create(tenant, { ...because, after: tenant })) === 'created') return tenant;
    throw new SsoError('conflict', 'A tenant with this slug or external ID exists already; choose another.', {
      got: tenant.slug,
    });
  }

  /** Finds a tenant by its ID or its slug; throws `not_found`. */
  async get(idOrSlug: string): Promise<Tenant> {
    const found = tenantId.is(idOrSlug)
      ? await this.store.find(idOrSlug)
      : slugPattern.test(idOrSlug)
        ? await this.store.findBySlug(idOrSlug)
        : undefined;
    if (found) return found;
    throw noSuchTenant(idOrSlug);
  }

  /** Finds a tenant by the operator's own ID of it, which may look like another's slug; throws `not_found`. */
  async getByExternalId(externalId: string): Promise<Tenant> {
    const found = isStorable(externalId) ? await this.store.findByExternalId(externalId) : undefined;
    if (found) return found;
    throw new SsoError('not_found', 'There is no tenant with this external ID.', {
      got: externalId.slice(0, 80),
    });
  }

  list(page: Page): Promise<Tenant[]> {
    return this.store.list(page);
  }

  /** Throws `conflict` when the host is another tenant's. */
  async change(id: TenantId, change: TenantChange, actor: Actor): Promise<Tenant> {
    const { associateByEmail, ssoEntitled, host = null } = await this.get(id);
    const before = Object.entries({ associateByEmail, ssoEntitled, host }).filter(([name]) => name in change);
    const changed = await this.store.change(id, change, {
      ...{ type: 'tenant.updated', tenantId: id, at: this.clock.now(), actor, subject: id },
      before: Object.fromEntries(before),
      after: change,
    });
    if (changed !== 'host-taken') return changed;
    throw new SsoError('conflict', 'Another tenant has this host, or connections that were made under it.', {
      want: 'a host that no other tenant uses',
      got: change.host,
    });
  }
}
