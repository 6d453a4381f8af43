import type { Member } from '../members/member';
import type { ConnectionId, MemberId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import { isSsoInEffect, type Tenant } from '../tenants/tenant';

/**
 * Whether a member may be asked to link at all: who is set to a password signs in by nothing else (LOG-7), and a mailbox
 * alone must not lead past the second factor of an owner, who links on the account page instead.
 */
export function takesPart({
  role,
  suspendedAt,
  sso,
}: Member): 'may' | 'owner' | 'suspended' | 'password-only' {
  if (role === 'owner') return 'owner';
  if (suspendedAt) return 'suspended';
  return sso === 'password' ? 'password-only' : 'may';
}

const unaskable = {
  owner: 'Owners are not asked by mail: they link on their account page, signed in by their own means.',
  suspended: 'This member is suspended. Let the member in again first.',
  'password-only':
    'This member is set to sign in with a password. Change that setting first, then send the link.',
  linked: 'This member is linked already. Remove the link first if it is the wrong one.',
  changed: 'Somebody changed this member meanwhile. Look again, then decide.',
} as const;

export function notAskable(why: keyof typeof unaskable, id: MemberId): SsoError {
  return new SsoError('conflict', unaskable[why], { want: 'a member who can be linked', got: id });
}

export function absentMember(id: MemberId): SsoError {
  return new SsoError('not_found', 'This tenant has no such member.', { got: id });
}

/** There is nothing that people could link to. */
export function noConnection(tenant: Tenant, id: ConnectionId | undefined): SsoError {
  if (tenant.suspendedAt)
    return new SsoError('tenant_suspended', 'This organisation is suspended: nobody can be asked to link.', {
      want: 'an organisation that is not suspended',
      got: `suspended since ${tenant.suspendedAt.toISOString()}`,
    });
  const message =
    id || isSsoInEffect(tenant)
      ? 'Switch the connection on first: until then a link in a mail would lead nowhere.'
      : 'Single sign-on is off. Switch a connection on first, then ask people to link.';
  return new SsoError('connection_disabled', message, {
    want: 'a connection of this tenant that is on',
    got: id ?? 'none that is on',
  });
}
