import {
  SsoError,
  TenantStore,
  type Chance,
  type Happening,
  type Page,
  type Tenant,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { columnsOf } from '../column';
import { inTenant, rowsOf } from '../transaction';
import { tenantEntity } from './tenant.entity';
import { readTenant } from './tenant.row';

const columns = columnsOf(tenantEntity);

export class PostgresTenantStore extends TenantStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  create(tenant: Tenant, because: Happening): Promise<'created' | 'taken'> {
    return inTenant(this.database, tenant.id, async (transaction) => {
      const created = await transaction.row(
        `INSERT INTO tenants (id, slug, name, external_id, associate_by_email, suspended_at, created_at, policy, sso_entitled, host)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING id`,
        [...writable(tenant), tenant.createdAt, tenant.policy, tenant.ssoEntitled, tenant.host],
      );
      if (!created) return 'taken';
      await transaction.note(because, this.chance);
      return 'created';
    });
  }

  update(tenant: Tenant, because: Happening): Promise<void> {
    return inTenant(this.database, tenant.id, async (transaction) => {
      const updated = await transaction.row(
        `UPDATE tenants SET slug = $2, name = $3, external_id = $4, associate_by_email = $5, suspended_at = $6
         WHERE id = $1 RETURNING id`,
        writable(tenant),
      );
      if (!updated) throw new SsoError('not_found', 'There is no such tenant.', { got: tenant.id });
      await transaction.note(because, this.chance);
    });
  }

  async find(id: TenantId): Promise<Tenant | undefined> {
    const rows = await rowsOf(this.database, `SELECT ${columns} FROM tenants WHERE id = $1`, [id]);
    return rows.map(readTenant)[0];
  }

  async findBySlug(slug: string): Promise<Tenant | undefined> {
    const rows = await rowsOf(this.database, `SELECT ${columns} FROM tenants WHERE slug = $1`, [slug]);
    return rows.map(readTenant)[0];
  }

  async findByExternalId(externalId: string): Promise<Tenant | undefined> {
    const rows = await rowsOf(this.database, `SELECT ${columns} FROM tenants WHERE external_id = $1`, [
      externalId,
    ]);
    return rows.map(readTenant)[0];
  }

  async list({ after, limit }: Page): Promise<Tenant[]> {
    const rows = await rowsOf(
      this.database,
      `SELECT ${columns} FROM tenants WHERE id > $1 ORDER BY id LIMIT $2`,
      [after ?? '', limit],
    );
    return rows.map(readTenant);
  }
}

function writable({ id, slug, name, externalId, associateByEmail, suspendedAt }: Tenant): unknown[] {
  return [id, slug, name, externalId, associateByEmail, suspendedAt];
}
