import { SsoError } from '../shared/sso-error';
import type { User } from '../members/member';
import type { Invitation, InvitationStanding } from './invitation';

/** The same for what was never a link and for one that was replaced. */
export function unknownLink(): SsoError {
  return new SsoError(
    'invitation_unknown',
    'This link belongs to no invitation. Use the newest mail, and its whole link.',
    {
      want: 'the link of an invitation',
    },
  );
}

const over = {
  used: ['invitation_used', 'This invitation was accepted already. Sign in.'],
  expired: ['invitation_expired', 'This invitation is too old. Ask for it to be sent again.'],
  revoked: ['invitation_revoked', 'This invitation was withdrawn. Ask whoever invited you.'],
} as const;

export function notOpenAnyMore(standing: Exclude<InvitationStanding, 'open'>): SsoError {
  const [code, message] = over[standing];
  return new SsoError(code, message, { want: 'an open invitation', got: standing });
}

export function otherBrowser(): SsoError {
  const message =
    'This invitation was opened in another browser. Go on there, or ask for it to be sent again.';
  return new SsoError('invitation_other_browser', message, {
    want: 'the browser that opened the invitation',
  });
}

export function otherPerson({ email }: Invitation, user: Pick<User, 'email'>): SsoError {
  const message = 'Somebody else was invited. Sign out, and sign in with the address that was.';
  return new SsoError('invitation_other_person', message, { want: email, got: user.email });
}
