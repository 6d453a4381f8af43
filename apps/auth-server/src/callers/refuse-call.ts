import { SsoError, type Member, type Tenant, type User } from '@gatehouse/core';
import type { Need } from '../http/needs';

export function operatorRequired(): SsoError {
  return new SsoError('operator_required', 'Only whoever runs this server may do this. Ask them.', {
    want: 'the operator key',
  });
}

export function browserRequired(): SsoError {
  return new SsoError(
    'browser_required',
    'A program may not do this with its API token. Sign in in a browser and do it there.',
  );
}

export function scopeMissing(need: Need, granted: readonly string[]): SsoError {
  return new SsoError(
    'scope_missing',
    `This API token was not made for that. Make one with the scope "${need}".`,
    {
      want: need,
      got: granted,
    },
  );
}

/** Says whom to ask (TEN-3): only members of the tenant come this far, so its owners are named to nobody else. */
export function notAnAdmin(tenant: Tenant, { role }: Member, owners: readonly User[]): SsoError {
  const names = owners.map(({ name, email }) => (name === undefined ? email : `${name} (${email})`));
  const whom = names.length > 0 ? names.join(', ') : 'whoever runs this server';
  return new SsoError('not_an_admin', `Only owners and admins of ${tenant.name} may do this. Ask ${whom}.`, {
    want: 'owner or admin',
    got: role,
    ask: owners.map(({ email }) => email),
  });
}
