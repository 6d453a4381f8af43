import {
  CertificateUses,
  mostSignInsCounted,
  type CertificateUse,
  type ConnectionId,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { rowsInTenant } from '../transaction';

/** Read from the traces of sign-ins, by an index of its own: nothing is written for it when people sign in. */
const list = `
  SELECT wanted.fingerprint, found.sign_ins, found.last_used_at
  FROM unnest($3::text[]) AS wanted (fingerprint)
  CROSS JOIN LATERAL (
    SELECT count(*)::integer AS sign_ins, max(counted.at) AS last_used_at
    FROM (
      SELECT t.at FROM sign_in_traces t
      WHERE t.tenant_id = $1 AND t.connection_id = $2 AND t.certificate_fingerprint = wanted.fingerprint
        AND t.outcome = 'signed-in' AND t.at > $4
      ORDER BY t.at DESC LIMIT $5) counted) found
  WHERE found.sign_ins > 0`;

export class PostgresCertificateUses extends CertificateUses {
  constructor(private readonly database: DataSource) {
    super();
  }

  async list(
    tenantId: TenantId,
    id: ConnectionId,
    fingerprints: readonly string[],
    since: Date,
  ): Promise<readonly CertificateUse[]> {
    const values = [tenantId, id, fingerprints, since, mostSignInsCounted];
    return (await rowsInTenant(this.database, tenantId, list, values)).map((row) => ({
      fingerprint: row.text('fingerprint'),
      signIns: row.integer('sign_ins'),
      lastUsedAt: row.date('last_used_at'),
    }));
  }
}
