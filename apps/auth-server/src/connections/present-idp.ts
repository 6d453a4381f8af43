import { certificateHealth, type IdpDescription } from '@gatehouse/core';

/** The identity provider as the API shows it, each certificate with how long it lasts (CRT-1). */
export function presentIdp(idp: IdpDescription, now: Date) {
  const certificates = idp.certificates.map((certificate) => ({
    ...certificate,
    health: certificateHealth(certificate, now),
  }));
  return { ...idp, certificates };
}
