import { SsoError } from '../shared/sso-error';
import type { VerifiedIdentity } from './verified-identity';

const refusals = {
  email_domain_not_verified: {
    message:
      'Your e-mail address is outside the domains that this organisation has verified. Ask one of its owners.',
    want: 'an e-mail address of a verified domain, or a link to this identity',
  },
  member_removed: {
    message: 'Somebody removed you from this organisation. Ask one of its owners for an invitation.',
    want: 'somebody who was not removed, or an invitation from after that',
  },
  deprovisioned: {
    message:
      'The directory of your organisation says that you have no access here. Ask your IT department to assign you.',
    want: 'somebody whom the directory lets in, or an invitation',
  },
  invitation_unopened: {
    message: 'You are invited. Open the link in the invitation that was mailed to you, then sign in again.',
    want: 'an invitation whose link was opened',
  },
  link_required: {
    message: 'An account with your e-mail address exists and is not linked to this identity provider yet.',
    want: 'a link between the account and this identity',
  },
  jit_disabled: {
    message: 'You have no account here yet, and this organisation adds people by invitation only.',
    want: 'a member, or "jit" switched on for this connection',
  },
};

/** Why an identity that was verified leads nobody in. */
export function membershipRefusal(
  code: keyof typeof refusals,
  identity: Pick<VerifiedIdentity, 'email'>,
): SsoError {
  const { message, want } = refusals[code];
  return new SsoError(code, message, { want, got: identity.email ?? 'no e-mail' });
}
