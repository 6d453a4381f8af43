import {
  DomainStore,
  SsoError,
  tenantId as tenantIds,
  type Chance,
  type Domain,
  type DomainCheck,
  type DomainId,
  type Happening,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { inTenant, rowsOf } from '../transaction';
import { violates } from '../unique-violation';
import { readDomain } from './domain.row';

export class PostgresDomainStore extends DomainStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  add(tenantId: TenantId, domain: Domain, because: Happening): Promise<'added' | 'exists'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const added = await transaction.row(
        `INSERT INTO domains (id, tenant_id, name, token, token_expires_at, verified_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant_id, name) DO NOTHING RETURNING id`,
        [
          domain.id,
          domain.tenantId,
          domain.name,
          domain.token,
          domain.tokenExpiresAt,
          domain.verifiedAt,
          domain.createdAt,
        ],
      );
      if (!added) return 'exists';
      await transaction.note(because, this.chance);
      return 'added';
    });
  }

  find(tenantId: TenantId, id: DomainId): Promise<Domain | undefined> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const row = await transaction.row('SELECT * FROM domains WHERE tenant_id = $1 AND id = $2', [
        tenantId,
        id,
      ]);
      return row && readDomain(row);
    });
  }

  list(tenantId: TenantId): Promise<Domain[]> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const rows = await transaction.rows('SELECT * FROM domains WHERE tenant_id = $1 ORDER BY id', [
        tenantId,
      ]);
      return rows.map(readDomain);
    });
  }

  /** Of parallel calls for a name one passes the unique index on verified names; the index makes the others fail. */
  async markVerified(
    tenantId: TenantId,
    id: DomainId,
    check: DomainCheck,
    because: Happening,
  ): Promise<'verified' | 'claimed'> {
    try {
      await this.#change(
        tenantId,
        id,
        'verified_at = coalesce(verified_at, $3), last_check = $4',
        [check.at, check],
        because,
      );
      return 'verified';
    } catch (error) {
      if (violates(error, 'domains_verified_name')) return 'claimed';
      throw error;
    }
  }

  noteCheck(tenantId: TenantId, id: DomainId, check: DomainCheck, because: Happening): Promise<void> {
    return this.#change(tenantId, id, 'last_check = $3', [check], because);
  }

  renewToken(tenantId: TenantId, id: DomainId, token: string, expiresAt: Date): Promise<void> {
    return this.#change(tenantId, id, 'token = $3, token_expires_at = $4', [token, expiresAt]);
  }

  remove(tenantId: TenantId, id: DomainId, because: Happening): Promise<void> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const sql = 'DELETE FROM domains WHERE tenant_id = $1 AND id = $2 RETURNING id';
      refuseAbsent(await transaction.row(sql, [tenantId, id]), id);
      await transaction.note(because, this.chance);
    });
  }

  isVerified(tenantId: TenantId, name: string): Promise<boolean> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const sql = 'SELECT id FROM domains WHERE tenant_id = $1 AND name = $2 AND verified_at IS NOT NULL';
      return (await transaction.row(sql, [tenantId, name])) !== undefined;
    });
  }

  async verifiedAnywhere(name: string): Promise<TenantId | undefined> {
    const [row] = await rowsOf(this.database, 'SELECT domain_verified_by($1) AS tenant_id', [name]);
    return row?.optionalText('tenant_id') === undefined ? undefined : row.id('tenant_id', tenantIds);
  }

  #change(
    tenantId: TenantId,
    id: DomainId,
    assignments: string,
    values: unknown[],
    because?: Happening,
  ): Promise<void> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const sql = `UPDATE domains SET ${assignments} WHERE tenant_id = $1 AND id = $2 RETURNING id`;
      refuseAbsent(await transaction.row(sql, [tenantId, id, ...values]), id);
      if (because) await transaction.note(because, this.chance);
    });
  }
}

function refuseAbsent(row: unknown, id: DomainId): void {
  if (!row) throw new SsoError('not_found', 'This tenant has no such domain.', { got: id });
}
