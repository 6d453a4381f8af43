import type { Connection } from '../connections/connection';
import { SsoError } from '../shared/sso-error';
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
