import type { Connection } from '../connections/connection';
import { SsoError } from '../shared/sso-error';
import type { LoginFlow } from './login-flow';
import type { VerifiedIdentity } from './verified-identity';

/** An assertion is accepted once (SML-7). */
export function replayed(assertionId: string): SsoError {
  return new SsoError('saml_replay', 'This answer was used before. Start the sign-in again.', {
    want: 'an assertion ID that was not seen before',
    got: assertionId.slice(0, 128),
  });
}

/** Off is the default: an answer that nobody asked for may have been posted by anybody's page. */
export function refuseUnsolicited({ settings }: Pick<Connection, 'settings'>): void {
  if (settings.idpInitiated !== 'off') return;
  throw new SsoError(
    'saml_unsolicited_disabled',
    'This sign-in began at the identity provider, which this connection does not allow: open the application and ' +
      'sign in there, or ask an administrator to set "idpInitiated" to "bounce".',
    { want: 'an answer to a request of ours (InResponseTo)', got: 'no InResponseTo' },
  );
}

/** Whatever else went wrong: what only a pending version vouches for lets nobody in (CON-16). */
export function refuseUnpromoted({ version }: Pick<VerifiedIdentity, 'version'>): void {
  if (version === undefined) return;
  throw new SsoError(
    'connection_disabled',
    'This version of the connection is not promoted yet: it can be tested only.',
    { want: 'the version that serves', got: version },
  );
}

/**
 * Re-authentication was forced (SES-5): the person proved who they are after we asked, not before. What the identity
 * provider already knew of them, such as a session that somebody else left open, is not enough.
 */
export function refuseStaleAuthentication(
  { settings }: Pick<Connection, 'settings'>,
  { startedAt }: Pick<LoginFlow, 'startedAt'>,
  { authenticatedAt }: Pick<VerifiedIdentity, 'authenticatedAt'>,
): void {
  if (!settings.forceAuthn) return;
  // Many identity providers write whole seconds: whoever is quick proved themselves in the second in which we asked.
  const asked = Math.floor(startedAt.getTime() / 1000);
  const earliest = new Date((asked - settings.clockSkewSeconds) * 1000);
  if (authenticatedAt < earliest) throw staleAuthentication(earliest, authenticatedAt);
}

export function staleAuthentication(earliest: Date, authenticatedAt: Date): SsoError {
  return new SsoError(
    'saml_authentication_stale',
    'The identity provider did not ask the person to sign in again, which this connection wants (ForceAuthn): ' +
      'let it honour ForceAuthn, or switch "forceAuthn" off here.',
    { want: `AuthnInstant from ${earliest.toISOString()} on`, got: authenticatedAt.toISOString() },
  );
}
