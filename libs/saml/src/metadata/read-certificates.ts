import { X509Certificate } from 'node:crypto';
import { SsoError } from '@gatehouse/core';
import type { IdpCertificate } from '@gatehouse/core';
import { acceptedKeys, keyFault } from '../signature/signature-algorithms';

const maxLength = 256 * 1024;
const maxCertificates = 10;
const pemBlock =
  /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([^-]*)-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g;

/** Certificates as consoles hand them out: PEM (one or several), DER, or base64 of DER without the PEM lines. */
export function readCertificates(given: string | Uint8Array): IdpCertificate[] {
  if (given.length > maxLength) throw invalid('more than 256 KiB');
  if (typeof given !== 'string' && given[0] === 0x30) return [readCertificate(given)];
  const text = typeof given === 'string' ? given : Buffer.from(given).toString('utf8');
  if (text.includes('PRIVATE KEY-----')) throw privateKey();
  const bodies = [...text.matchAll(pemBlock)].map(([, body]) => body ?? '');
  const found = (bodies.length > 0 ? bodies : [text]).map((body) => readCertificate(decode(body)));
  return distinctCertificates(found);
}

/** Equal ones count once: metadata often names one certificate in two places. Each of them is tried at a sign-in, so few are allowed. */
export function distinctCertificates(certificates: readonly IdpCertificate[]): IdpCertificate[] {
  const distinct = new Map(certificates.map((certificate) => [certificate.fingerprint, certificate]));
  if (distinct.size <= maxCertificates) return [...distinct.values()];
  const message = 'These are too many certificates: give only those that the identity provider signs with.';
  const details = { want: `at most ${maxCertificates} certificates`, got: distinct.size };
  throw new SsoError('certificate_invalid', message, details);
}

function decode(body: string): Buffer {
  const bare = body.replace(/^\ufeff|\s+/g, '');
  if (bare !== '' && /^[A-Za-z0-9+/]+={0,2}$/.test(bare)) return Buffer.from(bare, 'base64');
  throw invalid(bare === '' ? 'nothing' : 'other text');
}

function readCertificate(der: Uint8Array): IdpCertificate {
  const certificate = parse(der);
  const fault = keyFault(certificate.publicKey);
  if (fault) throw unacceptable(fault);
  return {
    pem: certificate.toString(),
    fingerprint: certificate.fingerprint256,
    subject: certificate.subject.replaceAll('\n', ', '),
    notBefore: new Date(certificate.validFrom),
    notAfter: new Date(certificate.validTo),
  };
}

function parse(der: Uint8Array): X509Certificate {
  try {
    return new X509Certificate(der);
  } catch (cause) {
    throw invalid('octets that are no X.509 certificate', cause);
  }
}

function unacceptable(got: string): SsoError {
  const message =
    'The key in this certificate is not accepted: make a new certificate at the identity provider.';
  return new SsoError('saml_algorithm_weak', message, { want: acceptedKeys, got });
}

function privateKey(): SsoError {
  const message =
    'This is a private key. It must not leave the identity provider: give its certificate instead.';
  return new SsoError('certificate_invalid', message, { want: 'a certificate', got: 'a private key' });
}

function invalid(got: string, cause?: unknown): SsoError {
  const message =
    "This is not a certificate: give the identity provider's signing certificate, PEM or base64.";
  return new SsoError('certificate_invalid', message, { want: 'X.509 in PEM or DER', got }, { cause });
}
