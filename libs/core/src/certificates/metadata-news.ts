import type { Actor, Happening } from '../audit/happening';
import type { Connection, IdpCertificate } from '../connections/connection';
import type { CertificateSeenMessage, MetadataRefusedMessage } from '../mail/mail-message';
import type { MetadataFinding } from './metadata-state';

/** To every owner: this connection trusts another certificate from now on. */
export function certificateSeen(
  organisation: string,
  { label: connection }: Connection,
  { subject, fingerprint, notAfter }: IdpCertificate,
): CertificateSeenMessage {
  return { kind: 'certificate-seen', organisation, connection, subject, fingerprint, notAfter };
}

/** To every owner: something in the metadata was left alone. */
export function metadataRefused(
  organisation: string,
  { label: connection }: Connection,
  { reason }: MetadataFinding,
  at: Date,
): MetadataRefusedMessage {
  return { kind: 'metadata-refused', organisation, connection, reason, at };
}

export function refusedHappening(
  { tenantId, id: subject, label: connection, metadataUrl }: Connection,
  { code, reason }: MetadataFinding,
  actor: Actor,
  at: Date,
): Happening {
  return {
    type: 'metadata.refused',
    tenantId,
    at,
    actor,
    subject,
    data: { connection, metadataUrl, code, reason },
  };
}
