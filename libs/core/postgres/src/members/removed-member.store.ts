import {
  emailKey,
  RemovedMemberStore,
  type Chance,
  type Happening,
  type MemberId,
  type Page,
  type Reappearance,
  type RemovedMember,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { inTenant, rowsInTenant } from '../transaction';
import { readRemovedMember, removedMembers } from './removed-member.row';

const isThis = `r.id IN (
  SELECT id FROM removed_members WHERE tenant_id = $1 AND email_key = $4
  UNION SELECT member_id FROM removed_identities WHERE tenant_id = $1 AND issuer = $2 AND subject = $3)`;

export class PostgresRemovedMemberStore extends RemovedMemberStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  async recognise(tenantId: TenantId, { issuer, subject, email }: Reappearance): Promise<RemovedMember[]> {
    const values = [tenantId, issuer, subject, email === undefined ? null : emailKey(email)];
    const rows = await rowsInTenant(this.database, tenantId, `${removedMembers} AND ${isThis}`, values);
    return rows.map(readRemovedMember);
  }

  async find(tenantId: TenantId, id: MemberId): Promise<RemovedMember | undefined> {
    const sql = `${removedMembers} AND r.id = $2`;
    return (await rowsInTenant(this.database, tenantId, sql, [tenantId, id])).map(readRemovedMember)[0];
  }

  async list(tenantId: TenantId, { after, limit }: Page): Promise<RemovedMember[]> {
    const sql = `${removedMembers} AND r.id > $2 ORDER BY r.id LIMIT $3`;
    const rows = await rowsInTenant(this.database, tenantId, sql, [tenantId, after ?? '', limit]);
    return rows.map(readRemovedMember);
  }

  readmit(tenantId: TenantId, id: MemberId, because: Happening): Promise<'readmitted' | 'absent'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const sql = 'DELETE FROM removed_members WHERE tenant_id = $1 AND id = $2 RETURNING id';
      if (!(await transaction.row(sql, [tenantId, id]))) return 'absent';
      await transaction.note(because, this.chance);
      return 'readmitted';
    });
  }
}
