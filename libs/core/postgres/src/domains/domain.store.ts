import {
  DomainStore,
  SsoError,
  tenantId as tenantIds,
  type Chance,
  type Domain,
  type DomainCheck,
  type DomainFacts,
  type DomainId,
  type Happening,
  type ProvenDomain,
  type RemoveDomainOutcome,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { inTenant, rowsOf } from '../transaction';
import { violates } from '../unique-violation';
import { factsOf } from './domain-facts';
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
    { check, by, token, nextCheckAt }: ProvenDomain,
    because: Happening,
  ): Promise<'verified' | 'claimed'> {
    const found = `verified_at = coalesce(verified_at, $3), last_check = $4, proved_by = $5, accepted_token = $6,
      next_check_at = $7, missing = NULL, lapsed_at = NULL`;
    try {
      await this.#change(tenantId, id, found, [check.at, check, by, token, nextCheckAt], because);
      return 'verified';
    } catch (error) {
      if (violates(error, 'domains_verified_name')) return 'claimed';
      throw error;
    }
  }

  noteCheck(tenantId: TenantId, id: DomainId, check: DomainCheck, because: Happening): Promise<void> {
    return this.#change(tenantId, id, 'last_check = $3', [check], because);
  }

  renewToken(
    tenantId: TenantId,
    id: DomainId,
    token: string,
    expiresAt: Date,
    because: Happening,
  ): Promise<void> {
    const renewed = `token = $3, token_expires_at = $4,
      accepted_token = coalesce(accepted_token, CASE WHEN verified_at IS NOT NULL THEN token END)`;
    return this.#change(tenantId, id, renewed, [token, expiresAt], because);
  }

  facts(tenantId: TenantId, name: string): Promise<DomainFacts> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const { organisation: _, ...facts } = await factsOf(transaction, name);
      return facts;
    });
  }

  remove(
    tenantId: TenantId,
    id: DomainId,
    confirmed: number,
    because: Happening,
  ): Promise<RemoveDomainOutcome> {
    return inTenant<RemoveDomainOutcome>(
      this.database,
      tenantId,
      async (transaction) => {
        const sql = 'DELETE FROM domains WHERE tenant_id = $1 AND id = $2 RETURNING name, verified_at';
        const row = await transaction.row(sql, [tenantId, id]);
        if (!row) throw noSuchDomain(id);
        const { members } = await factsOf(transaction, row.text('name'));
        const touched = row.optionalDate('verified_at') ? members : 0;
        if (touched !== confirmed) return { kind: 'in-use', members: touched };
        await transaction.note({ ...because, data: { members: touched } }, this.chance);
        return { kind: 'removed' };
      },
      (outcome) => outcome.kind === 'removed',
    );
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
    because: Happening,
  ): Promise<void> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const sql = `UPDATE domains SET ${assignments} WHERE tenant_id = $1 AND id = $2 RETURNING id`;
      if (!(await transaction.row(sql, [tenantId, id, ...values]))) throw noSuchDomain(id);
      await transaction.note(because, this.chance);
    });
  }
}

function noSuchDomain(id: DomainId): SsoError {
  return new SsoError('not_found', 'This tenant has no such domain.', { got: id });
}
