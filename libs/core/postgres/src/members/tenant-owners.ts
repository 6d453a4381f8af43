import { TenantOwners, type TenantId, type User } from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { rowsInTenant } from '../transaction';
import { readUser } from './member.row';

export class PostgresTenantOwners extends TenantOwners {
  constructor(private readonly database: DataSource) {
    super();
  }

  async list(tenantId: TenantId, limit: number): Promise<readonly User[]> {
    const rows = await rowsInTenant(
      this.database,
      tenantId,
      `SELECT to_jsonb(u) AS person FROM members m JOIN users u ON u.id = m.user_id
       WHERE m.tenant_id = $1 AND m.role = 'owner' AND m.suspended_at IS NULL ORDER BY m.id LIMIT $2`,
      [tenantId, limit],
    );
    return rows.map((row) => readUser(row.object('person')));
  }
}
