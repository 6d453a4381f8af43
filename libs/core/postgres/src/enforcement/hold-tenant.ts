import { SsoError, type Tenant } from '@gatehouse/core';
import { columnsOf } from '../column';
import { tenantEntity } from '../tenants/tenant.entity';
import { readTenant } from '../tenants/tenant.row';
import type { TenantTransaction } from '../transaction';

const columns = columnsOf(tenantEntity);

/**
 * Throws `not_found`. Until the end of the transaction nobody else changes the policy, the switches or who owns the
 * tenant; with `closed`, nobody adds a row that refers to it either, and those who just do are waited for.
 */
export async function holdTenant(
  transaction: TenantTransaction,
  { closed = false }: { closed?: boolean } = {},
): Promise<Tenant> {
  const lock = closed ? 'FOR UPDATE' : 'FOR NO KEY UPDATE';
  return requireTenant(transaction, `SELECT ${columns} FROM tenants WHERE id = $1 ${lock}`);
}

/** As it is now; it may be another as soon as this is read. */
export function lookAtTenant(transaction: TenantTransaction): Promise<Tenant> {
  return requireTenant(transaction, `SELECT ${columns} FROM tenants WHERE id = $1`);
}

async function requireTenant(transaction: TenantTransaction, sql: string): Promise<Tenant> {
  const { tenantId } = transaction;
  const row = await transaction.row(sql, [tenantId]);
  if (row) return readTenant(row);
  throw new SsoError('not_found', 'There is no such tenant.', { got: tenantId });
}
