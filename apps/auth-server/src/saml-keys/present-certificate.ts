import { X509Certificate } from 'node:crypto';

/** One of our own certificates, as consoles of identity providers ask for it and people compare it. */
export function presentCertificate(pem: string) {
  const { fingerprint256, validTo } = new X509Certificate(pem);
  return { pem, fingerprint: fingerprint256, notAfter: new Date(validTo) };
}
