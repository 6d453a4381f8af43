import { traceId, type Connection, type IdpCertificate, type IdpDescription } from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { PostgresSignInTraceStore } from '../login/sign-in-trace.store';
import { chance, now } from './given';

export const day = 24 * 60 * 60 * 1000;

export function daysLater(days: number): Date {
  return new Date(now.getTime() + days * day);
}

/** A certificate that ends in so many days from the `now` of the specs. */
export function aCertificate(fingerprint: string, daysLeft: number): IdpCertificate {
  const subject = `CN=${fingerprint}`;
  return {
    pem: fingerprint,
    fingerprint,
    subject,
    notBefore: daysLater(-400),
    notAfter: daysLater(daysLeft),
  };
}

export function anIdp(certificates: readonly IdpCertificate[]): IdpDescription {
  return {
    entityId: 'https://idp.example/entity',
    sso: [{ binding: 'redirect', url: 'https://idp.example/sso' }],
    slo: [],
    certificates,
    wantsSignedRequests: false,
  };
}

/** The trace of a sign-in that this certificate vouched for. */
export async function aSignInBy(
  database: DataSource,
  { tenantId, id: connectionId }: Connection,
  certificateFingerprint: string,
  at: Date,
  outcome: 'signed-in' | 'test-passed' | 'refused' = 'signed-in',
): Promise<void> {
  const of = { id: traceId.create(at, chance), tenantId, connectionId, reference: 'R', at, outcome };
  const rest = { totalMs: 1, checks: [], attributes: [], certificateFingerprint };
  await new PostgresSignInTraceStore(database, chance).record({ ...of, ...rest });
}
