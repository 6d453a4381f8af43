import {
  ProvisionedPeople,
  type DirectoryId,
  type PeopleSearch,
  type ProvisionedPerson,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { rowsInTenant } from '../transaction';
import { provisionedColumns, readProvisionedPerson } from './provisioned-person.row';

const people = `SELECT ${provisionedColumns} FROM directory_people p WHERE p.tenant_id = $1 AND p.directory_id = $2
  AND ($3::text IS NULL OR p.id > $3)`;

export class PostgresProvisionedPeople extends ProvisionedPeople {
  constructor(private readonly database: DataSource) {
    super();
  }

  async list(
    tenantId: TenantId,
    directoryId: DirectoryId,
    { standing, quarantinedFor }: PeopleSearch,
    { after, limit }: { readonly after?: string; readonly limit: number },
  ): Promise<ProvisionedPerson[]> {
    // Its own condition, for which there is an index: few are quarantined.
    const isIn =
      quarantinedFor !== undefined || standing === 'quarantined' ? 'p.quarantined_for IS NOT NULL' : 'true';
    const rows = await rowsInTenant(
      this.database,
      tenantId,
      `${people} AND ${isIn} AND ($4::text IS NULL OR p.standing = $4) AND ($5::text IS NULL OR p.quarantined_for = $5)
       ORDER BY p.id LIMIT $6`,
      [tenantId, directoryId, after ?? null, standing ?? null, quarantinedFor ?? null, limit],
    );
    return rows.map(readProvisionedPerson);
  }
}
