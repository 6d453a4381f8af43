import { refuseSuspended } from '../enforcement/require-access';
import { SsoError } from '../shared/sso-error';
import type { Tenant } from '../tenants/tenant';
import { invitedMember, waysIn, type Invitation, type WaysIn } from './invitation';

/** How whoever accepts could sign in, as things stand. Throws `exemption_needed` where nothing would let the person in. */
export function requireWayIn(
  tenant: Tenant,
  invitation: Pick<Invitation, 'email' | 'role' | 'sso' | 'exemption'>,
  domainIsVerified: boolean,
  now: Date,
): WaysIn {
  refuseSuspended(tenant, undefined);
  const ways = waysIn(tenant, invitedMember(tenant, invitation, domainIsVerified), domainIsVerified, now);
  if (ways.password || ways.sso) return ways;
  throw new SsoError(
    'exemption_needed',
    'This person could not sign in: the tenant wants single sign-on, and its identity provider does not vouch for ' +
      'this address. Invite with an exemption ({ "reason", "until" }), or with "sso": "password".',
    { want: 'an exemption, "sso": "password", or an address of a verified domain', got: invitation.email },
  );
}
