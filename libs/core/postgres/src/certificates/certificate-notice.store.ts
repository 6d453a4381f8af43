import {
  CertificateNoticeStore,
  connectionId,
  tenantId,
  urgencyOf,
  type CertificateNotice,
  type Chance,
  type ConnectionId,
  type DueConnection,
  type KeyRing,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { tellOwners } from '../mail/tell-owners';
import { inTenant, rowsInTenant, rowsOf, type TenantTransaction } from '../transaction';

export class PostgresCertificateNoticeStore extends CertificateNoticeStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
    private readonly keyRing: KeyRing,
  ) {
    super();
  }

  async claimAnywhere(limit: number, now: Date, leaseUntil: Date): Promise<readonly DueConnection[]> {
    const sql = 'SELECT * FROM claim_certificate_checks_anywhere($1, $2, $3)';
    const rows = await rowsOf(this.database, sql, [limit, now, leaseUntil]);
    return rows.map((row) => ({
      tenantId: row.id('tenant_id', tenantId),
      connectionId: row.id('connection_id', connectionId),
    }));
  }

  tell(tenant: TenantId, notice: CertificateNotice): Promise<'told' | 'known' | 'stale'> {
    return inTenant(this.database, tenant, async (transaction) => {
      if (!(await isAsJudged(transaction, notice))) return 'stale';
      if (!(await isNews(transaction, notice))) return 'known';
      const { because, letter } = notice;
      await tellOwners(transaction, letter, because.at, this.chance, this.keyRing);
      await transaction.note(because, this.chance);
      return 'told';
    });
  }

  async checkAgainAt(tenant: TenantId, id: ConnectionId, at: Date): Promise<void> {
    const sql =
      'UPDATE connection_upkeep SET certificates_due_at = $3 WHERE tenant_id = $1 AND connection_id = $2';
    await rowsInTenant(this.database, tenant, sql, [tenant, id, at]);
  }
}

/** Holds the connection as it is until the notice stands. */
async function isAsJudged(
  transaction: TenantTransaction,
  { connectionId: id, revision }: CertificateNotice,
): Promise<boolean> {
  const sql = `SELECT id FROM connections WHERE tenant_id = $1 AND id = $2 AND revision = $3
    AND enabled_at IS NOT NULL AND deleted_at IS NULL FOR SHARE`;
  return (await transaction.row(sql, [transaction.tenantId, id, revision])) !== undefined;
}

/** Writes the notice down, one at a time for each connection: after a more urgent one, nothing is news. */
async function isNews(
  transaction: TenantTransaction,
  { connectionId: id, fingerprint, threshold, because }: CertificateNotice,
): Promise<boolean> {
  const { tenantId: tenant } = transaction;
  const lock = 'SELECT FROM connection_upkeep WHERE tenant_id = $1 AND connection_id = $2 FOR UPDATE';
  await transaction.rows(lock, [tenant, id]);
  const written = await transaction.row(
    `INSERT INTO certificate_notices (tenant_id, connection_id, fingerprint, urgency, told_at)
     SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT FROM certificate_notices
       WHERE tenant_id = $1 AND connection_id = $2 AND fingerprint = $3 AND urgency <= $4)
     RETURNING urgency`,
    [tenant, id, fingerprint, urgencyOf(threshold), because.at],
  );
  return written !== undefined;
}
