import { X509Certificate } from 'node:crypto';
import { clipText, SsoError } from '@gatehouse/core';
import type { IdpCertificate } from '@gatehouse/core';
import { acceptedKeys, keyFault } from '../signature/signature-algorithms';

const maxLength = 256 * 1024;
const maxCertificates = 10;
const pemBlock =
  /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([^-]*)-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g;

/**
 * Certificates as consoles hand them out: PEM (one or several), DER, or base64 of either without the PEM lines.
 * An expired one is taken: what it does at a sign-in is the connection's choice (CRT-7).
 */
export function readCertificates(given: string | Uint8Array): IdpCertificate[] {
  if (given.length > maxLength) throw invalid('more than 256 KiB');
  if (typeof given !== 'string' && given[0] === 0x30) return [readCertificate(given)];
  const text = typeof given === 'string' ? given : Buffer.from(given).toString('utf8');
  if (text.includes('PRIVATE KEY-----')) throw privateKeyGiven();
  const bodies = [...withLineEnds(text).matchAll(pemBlock)].map(([, body]) => body ?? '');
  refuseCrowd(new Set(bodies).size);
  if (bodies.length > 0) return distinctCertificates(bodies.map((body) => readCertificate(decode(body))));
  const octets = decode(withLineEnds(text));
  // Configuration stores keep a PEM file in base64 once more.
  return octets[0] === 0x2d ? readCertificates(octets) : [readCertificate(octets)];
}

/** Equal ones count once: metadata often names one certificate in two places. */
export function distinctCertificates(certificates: readonly IdpCertificate[]): IdpCertificate[] {
  const distinct = new Map(certificates.map((certificate) => [certificate.fingerprint, certificate]));
  refuseCrowd(distinct.size);
  return [...distinct.values()];
}

/** Each certificate is tried at a sign-in, so few are allowed; asked before they are parsed, which costs most. */
export function refuseCrowd(got: number): void {
  if (got <= maxCertificates) return;
  const message = 'These are too many certificates: give only those that the identity provider signs with.';
  throw new SsoError('certificate_invalid', message, {
    want: `at most ${maxCertificates} certificates`,
    got,
  });
}

// Copied out of JSON or a settings file, quotes come along, and line ends as the two characters \n.
function withLineEnds(text: string): string {
  return text.replace(/^\ufeff/, '').replace(/\\r|\\n|["']/g, '\n');
}

function decode(body: string): Buffer {
  const bare = body.replace(/\s+/g, '');
  if (bare !== '' && /^[A-Za-z0-9+/]+={0,2}$/.test(bare)) return Buffer.from(bare, 'base64');
  throw invalid(bare === '' ? 'nothing' : (pemLabel(body) ?? 'other text'));
}

/** What a PEM file of another kind calls itself, such as PKCS7 or PUBLIC KEY. */
function pemLabel(text: string): string | undefined {
  return /-----BEGIN ([A-Z0-9 ]{1,40})-----/.exec(text)?.[1];
}

function readCertificate(der: Uint8Array): IdpCertificate {
  const certificate = parse(der);
  const fault = keyFault(keyOf(certificate));
  if (fault) throw weak(fault);
  const [notBefore, notAfter] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
  if (Number.isNaN(notBefore.getTime() + notAfter.getTime())) throw invalid('a certificate without validity');
  return {
    pem: certificate.toString(),
    fingerprint: certificate.fingerprint256,
    subject: subjectOf(certificate),
    notBefore,
    notAfter,
  };
}

function parse(der: Uint8Array): X509Certificate {
  try {
    return new X509Certificate(der);
  } catch (cause) {
    throw invalid('octets that are no X.509 certificate', cause);
  }
}

// A certificate can be sound while its key is none that OpenSSL knows.
function keyOf(certificate: X509Certificate) {
  try {
    return certificate.publicKey;
  } catch (cause) {
    throw invalid('a certificate without a usable key', cause);
  }
}

// RFC 5280 4.1.2.6: a subject may be empty, and Node then has none, whatever its types say.
function subjectOf(certificate: X509Certificate): string {
  const subject: string | undefined = certificate.subject;
  return clipText((subject ?? '').replaceAll('\n', ', '));
}

function weak(got: string): SsoError {
  const message =
    'The key in this certificate is not accepted: make a new certificate at the identity provider.';
  return new SsoError('certificate_weak', message, { want: acceptedKeys, got });
}

/** Never repeats anything of the key. */
export function privateKeyGiven(): SsoError {
  const message =
    'This is a private key. It must not leave the identity provider: give its certificate instead, and replace the key if it was sent to anybody.';
  return new SsoError('certificate_invalid', message, { want: 'a certificate', got: 'a private key' });
}

function invalid(got: string, cause?: unknown): SsoError {
  const message =
    "This is not a certificate: give the identity provider's signing certificate, PEM or base64.";
  return new SsoError('certificate_invalid', message, { want: 'X.509 in PEM or DER', got }, { cause });
}
