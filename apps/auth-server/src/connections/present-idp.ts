import { certificateHealth, type CertificateStanding, type IdpDescription } from '@gatehouse/core';

/** The identity provider as the API shows it, each certificate with how long it lasts and how it is used (CRT-1, CRT-3). */
export function presentIdp(idp: IdpDescription, standings: readonly CertificateStanding[], now: Date) {
  const certificates = idp.certificates.map((certificate, place) => ({
    ...certificate,
    health: certificateHealth(certificate, now),
    ...standings[place],
  }));
  return { ...idp, certificates };
}
