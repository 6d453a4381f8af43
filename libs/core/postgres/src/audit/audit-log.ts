import {
  AuditLog,
  type AuditEntry,
  type Chance,
  type Happening,
  type Page,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { inTenant } from '../transaction';
import { readAuditEntry } from './audit-entry.row';

export class PostgresAuditLog extends AuditLog {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  record(happening: Happening): Promise<void> {
    return inTenant(this.database, happening.tenantId, (transaction) =>
      transaction.note(happening, this.chance),
    );
  }

  list(tenantId: TenantId, { after, limit }: Page): Promise<AuditEntry[]> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const rows = await transaction.rows(
        `SELECT * FROM audit_entries WHERE tenant_id = $1 AND ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
        [tenantId, after, limit],
      );
      return rows.map(readAuditEntry);
    });
  }
}
