import type { Tenant } from '@gatehouse/core';
import type { Config } from '../config';

/** A tenant as the API shows it. */
export function presentTenant(tenant: Tenant, config: Pick<Config, 'publicUrl'>) {
  return { ...tenant, loginUrl: loginUrl(tenant, config) };
}

/** Where people of a tenant may begin: its own host leads to its page at the deployment's (LOG-4, TEN-8). */
export function loginUrl(
  { host, slug }: Pick<Tenant, 'host' | 'slug'>,
  config: Pick<Config, 'publicUrl'>,
): string {
  return host === undefined ? tenantPage(slug, config) : `https://${host}/login`;
}

/** The login page of a tenant, where the cookies of a sign-in live. */
export function tenantPage(slug: string, { publicUrl }: Pick<Config, 'publicUrl'>): string {
  return `${publicUrl}/t/${slug}/login`;
}
