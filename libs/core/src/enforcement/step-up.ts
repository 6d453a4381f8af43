import { SsoError } from '../shared/sso-error';
import { isSsoInEffect, type Tenant } from '../tenants/tenant';

type Standing = Pick<Tenant, 'policy' | 'ssoEntitled'>;

/** Throws `sso_not_entitled` or `sso_needs_connection`: what is switched on must be able to let somebody in (TEN-10). */
export function refuseTenantStep({ ssoEntitled }: Standing, enabledConnections: number): void {
  if (!ssoEntitled)
    throw new SsoError(
      'sso_not_entitled',
      'This organisation cannot use single sign-on at present. Ask the service that you use.',
      { want: 'an organisation that may use single sign-on' },
    );
  if (enabledConnections > 0) return;
  throw new SsoError(
    'sso_needs_connection',
    'Switch a connection on first, then single sign-on for the organisation.',
    { want: 'an enabled connection', got: 0 },
  );
}

/** Throws `sso_not_entitled` or `sso_off`: single sign-on is switched on for the tenant before it is for people (TEN-10). */
export function refusePeopleStep(tenant: Standing): void {
  if (isSsoInEffect(tenant)) return;
  refuseTenantStep(tenant, 1);
  throw new SsoError('sso_off', 'Switch single sign-on on for the organisation first, then for its people.', {
    want: 'optional or required',
    got: tenant.policy.sso,
  });
}
