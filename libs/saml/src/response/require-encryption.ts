import { SsoError } from '@gatehouse/core';
import type { ConnectionSettings } from '@gatehouse/core';
import { isEncrypted } from './check-structure';
import type { MessageParts } from './check-structure';

type Wanted = Pick<ConnectionSettings, 'requireEncryptedAssertions'>;

/** Refuses an assertion that came in clear, where the connection wants it encrypted. */
export function requireEncryption({ assertion }: MessageParts, { requireEncryptedAssertions }: Wanted): void {
  if (!requireEncryptedAssertions || isEncrypted(assertion.element)) return;
  const message =
    'This connection wants encrypted assertions: turn encryption on at the identity provider, with our certificate.';
  throw new SsoError('saml_encryption_required', message, { want: 'EncryptedAssertion', got: 'Assertion' });
}
