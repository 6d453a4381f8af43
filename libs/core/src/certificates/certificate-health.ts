import type { IdpCertificate } from '../connections/connection';

export type CertificateHealth = 'healthy' | 'expiring_soon' | 'expired';

const soonMs = 30 * 24 * 60 * 60 * 1000;

/** How long a certificate of an identity provider still lasts (CRT-1). RFC 5280 4.1.2.5: `notAfter` is its last moment. */
export function certificateHealth(
  { notAfter }: Pick<IdpCertificate, 'notAfter'>,
  now: Date,
): CertificateHealth {
  const leftMs = notAfter.getTime() - now.getTime();
  if (leftMs < 0) return 'expired';
  return leftMs <= soonMs ? 'expiring_soon' : 'healthy';
}
