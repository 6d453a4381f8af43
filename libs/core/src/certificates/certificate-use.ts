import type { IdpCertificate } from '../connections/connection';
import type { ConnectionId, TenantId } from '../shared/ids';

/** How long traces of sign-ins are kept, and with them what is known of the use of a certificate. */
export const usesCountedMs = 30 * 24 * 60 * 60 * 1000;

/** How a certificate was used by the sign-ins of the last thirty days. */
export interface CertificateUse {
  readonly fingerprint: string;
  /** Counted up to `mostSignInsCounted`. */
  readonly signIns: number;
  readonly lastUsedAt: Date;
}

/** Beyond this the number says nothing more, and counting would only cost. */
export const mostSignInsCounted = 10_000;

/** Which certificates vouched for people who were signed in (CRT-3). */
export abstract class CertificateUses {
  /** Of these certificates, those that were used since then. */
  abstract list(
    tenantId: TenantId,
    id: ConnectionId,
    fingerprints: readonly string[],
    since: Date,
  ): Promise<readonly CertificateUse[]>;
}

/** What is known of one certificate beside its siblings. */
export interface CertificateStanding {
  /** `primary`: the one that the identity provider signs with, as far as sign-ins show. */
  readonly role: 'primary' | 'secondary';
  readonly usedBySignIns: number;
  readonly lastUsedAt?: Date;
  /** Whether nobody would miss it, as far as sign-ins show (CRT-3). */
  readonly removable: boolean;
}

type Given = Pick<IdpCertificate, 'fingerprint' | 'notBefore' | 'notAfter'>;

export function certificateStanding(
  certificate: Given,
  all: readonly Given[],
  uses: readonly CertificateUse[],
  now: Date,
): CertificateStanding {
  const use = useOf(certificate, uses);
  return {
    role: primaryOf(all, uses, now)?.fingerprint === certificate.fingerprint ? 'primary' : 'secondary',
    usedBySignIns: use?.signIns ?? 0,
    ...(use && { lastUsedAt: use.lastUsedAt }),
    removable: isReplaced(certificate, all, uses, now),
  };
}

/**
 * Whether another one has taken its place: one that lasts longer, and has signed people in since this one did. Nobody needs
 * a notice of it then (CRT-2), nor the certificate (CRT-3). The next one, announced and not yet used, is never meant.
 */
export function isReplaced(
  certificate: Given,
  all: readonly Given[],
  uses: readonly CertificateUse[],
  now: Date,
): boolean {
  const used = lastUse(certificate, uses);
  return all.some(
    (other) => other.notAfter > certificate.notAfter && isValid(other, now) && lastUse(other, uses) > used,
  );
}

/** The one used last; while none was, the first that is valid. */
function primaryOf(all: readonly Given[], uses: readonly CertificateUse[], now: Date): Given | undefined {
  const used = all
    .filter((each) => useOf(each, uses))
    .toSorted((one, other) => lastUse(other, uses) - lastUse(one, uses));
  return used[0] ?? all.find((each) => isValid(each, now)) ?? all[0];
}

function isValid({ notBefore, notAfter }: Given, now: Date): boolean {
  return notBefore <= now && now <= notAfter;
}

function lastUse(certificate: Given, uses: readonly CertificateUse[]): number {
  return useOf(certificate, uses)?.lastUsedAt.getTime() ?? Number.NEGATIVE_INFINITY;
}

function useOf({ fingerprint }: Given, uses: readonly CertificateUse[]): CertificateUse | undefined {
  return uses.find((use) => use.fingerprint === fingerprint);
}
