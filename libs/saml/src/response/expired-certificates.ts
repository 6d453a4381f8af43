import { certificateHealth, SsoError } from '@gatehouse/core';
import type { ConnectionSettings, ErrorCode, IdpCertificate } from '@gatehouse/core';
import type { Trust } from './trust';

/** What the connection says of expired certificates, and the time to measure them by. */
export interface CertificateExpiry {
  readonly policy: ConnectionSettings['expiredCertificates'];
  readonly now: Date;
}

/**
 * Reads with the certificates that the connection's choice leaves (CRT-7): all of them, or each signature needs one that
 * has not expired. A renewed certificate of the same key beside the expired one is enough.
 */
export function readWithin<T>(
  trust: Trust,
  { policy, now }: CertificateExpiry,
  read: (trust: Trust) => T,
): T {
  const expired = trust.certificates.filter((each) => certificateHealth(each, now) === 'expired');
  if (policy === 'warn' || expired.length === 0) return read(trust);
  const certificates = trust.certificates.filter((each) => !expired.includes(each));
  try {
    return read({ ...trust, certificates });
  } catch (refusal) {
    if (!(refusal instanceof SsoError) || !hidesExpiry.includes(refusal.code)) throw refusal;
    // Only a signature that is sound but for the expiry is told apart: where another fault is left, this throws.
    read(trust);
    throw onlyExpired(expired, now, refusal);
  }
}

/** The second is all that is said of a signature inside AES-CBC. */
const hidesExpiry: readonly ErrorCode[] = ['saml_signature_invalid', 'saml_decryption_failed'];

function onlyExpired(expired: readonly IdpCertificate[], now: Date, cause: SsoError): SsoError {
  const message =
    'The identity provider signed with a certificate that has expired, which this connection refuses: make a new certificate there and give it here, or let expired ones pass with a warning.';
  const got = expired.map(({ fingerprint, notAfter }) => `${fingerprint} until ${notAfter.toISOString()}`);
  const want = `a certificate that is valid at ${now.toISOString()}`;
  return new SsoError('saml_certificate_expired', message, { want, got }, { cause });
}
