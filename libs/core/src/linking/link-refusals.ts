import { SsoError } from '../shared/sso-error';

/** What never was, and what was forgotten, look the same. */
export function noSuchLink(): SsoError {
  return new SsoError(
    'link_unknown',
    'This link leads nowhere. Open the newest mail again and use the whole link.',
    {
      want: 'the whole link of the newest mail',
    },
  );
}

export function linkUsed(): SsoError {
  return new SsoError(
    'link_used',
    'This link was used already: your account is connected. Sign in as usual.',
    {
      want: 'a link that was not used',
    },
  );
}

export function linkExpired(expiresAt: Date): SsoError {
  return new SsoError('link_expired', 'This link has expired. Ask for a new one.', {
    want: 'a link of the last 72 hours',
    got: `one until ${expiresAt.toISOString()}`,
  });
}

/** Whatever it was: a newer mail, a connection that was turned or switched off, a member who left or has another address. */
export function linkChanged(got: string): SsoError {
  return new SsoError(
    'link_revoked',
    'What was to be linked is not what it was: a newer link was sent, or the account or the connection changed. Sign in as usual.',
    { want: 'the newest link, to the account and the connection as they were', got },
  );
}

export function linkedToAnother(): SsoError {
  return new SsoError(
    'link_other_user',
    'This identity is linked to somebody else here. Sign in at the identity provider with your own account and try again.',
    { want: 'an identity that is linked to nobody', got: 'one that is linked already' },
  );
}

export function otherBrowser(): SsoError {
  return new SsoError(
    'flow_other_browser',
    'This was begun in another browser. Go on there, or start again here.',
  );
}

/** A mailbox alone must not lead past the second factor of an owner. */
export function ownersLinkThemselves(): SsoError {
  return new SsoError(
    'link_required',
    'Owners link on their account page, signed in by their own password or passkey.',
    { want: 'a sign-in by password or passkey', got: 'a mailbox' },
  );
}

export function tooManyAsked(seconds: number): SsoError {
  const message = 'Too many links were asked for from this network. Wait, then ask again.';
  return new SsoError('rate_limited', message, { want: 'time between two mails', seconds });
}
