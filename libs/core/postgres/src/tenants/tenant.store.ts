import {
  SsoError,
  TenantStore,
  type Chance,
  type Happening,
  type Page,
  type Tenant,
  type TenantChange,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { columnsOf } from '../column';
import { inTenant, rowsOf } from '../transaction';
import { violates } from '../unique-violation';
import { tenantEntity } from './tenant.entity';
import { readTenant } from './tenant.row';

const columns = columnsOf(tenantEntity);

// Column by column: an admin's change must not bring back what the operator took away at the same time. A host stays with
// the connections that were made under it, so that no other tenant can have it while they are there.
const changeTenant = `UPDATE tenants
  SET associate_by_email = coalesce($2, associate_by_email), sso_entitled = coalesce($3, sso_entitled),
    host = CASE WHEN $4 THEN $5 ELSE host END
  WHERE id = $1 AND ($5::text IS NULL OR NOT EXISTS (SELECT FROM connection_host_tenants($5) AS owner WHERE owner <> $1))
  RETURNING ${columns}`;

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

  async change(id: TenantId, change: TenantChange, because: Happening): Promise<Tenant | 'host-taken'> {
    const { associateByEmail, ssoEntitled, host } = change;
    try {
      return await inTenant<Tenant | 'host-taken'>(this.database, id, async (transaction) => {
        const values = [id, associateByEmail, ssoEntitled, host !== undefined, host];
        const changed = await transaction.row(changeTenant, values);
        if (!changed) return 'host-taken';
        await transaction.note(because, this.chance);
        return readTenant(changed);
      });
    } catch (error) {
      if (violates(error, 'tenants_host')) return 'host-taken';
      throw error;
    }
  }

  find(id: TenantId): Promise<Tenant | undefined> {
    return this.#first('id', id);
  }

  findBySlug(slug: string): Promise<Tenant | undefined> {
    return this.#first('slug', slug);
  }

  findByHost(host: string): Promise<Tenant | undefined> {
    return this.#first('host', host);
  }

  findByExternalId(externalId: string): Promise<Tenant | undefined> {
    return this.#first('external_id', externalId);
  }

  async list({ after, limit }: Page): Promise<Tenant[]> {
    const rows = await rowsOf(
      this.database,
      `SELECT ${columns} FROM tenants WHERE id > $1 ORDER BY id LIMIT $2`,
      [after ?? '', limit],
    );
    return rows.map(readTenant);
  }

  async #first(column: 'id' | 'slug' | 'host' | 'external_id', value: string): Promise<Tenant | undefined> {
    const rows = await rowsOf(this.database, `SELECT ${columns} FROM tenants WHERE ${column} = $1`, [value]);
    return rows.map(readTenant)[0];
  }
}

function writable({ id, slug, name, externalId, associateByEmail, suspendedAt }: Tenant): unknown[] {
  return [id, slug, name, externalId, associateByEmail, suspendedAt];
}
