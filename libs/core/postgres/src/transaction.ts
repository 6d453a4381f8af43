import {
  auditId,
  eventId,
  tenantId as tenantIds,
  type Chance,
  type Happening,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource, QueryRunner } from 'typeorm';
import { Row } from './row';

/** Runs one statement outside any tenant: for tables of the deployment and functions that cross tenants. */
export async function rowsOf(database: DataSource, sql: string, values: unknown[] = []): Promise<Row[]> {
  const runner = database.createQueryRunner();
  try {
    return await query(runner, sql, values);
  } finally {
    await runner.release();
  }
}

async function query(runner: QueryRunner, sql: string, values: unknown[]): Promise<Row[]> {
  const result = await runner.query(sql, values, true);
  return result.records.map((record: unknown) => new Row(record));
}

/** A transaction that row-level security confines to one tenant. */
export class TenantTransaction {
  constructor(
    readonly tenantId: TenantId,
    private readonly runner: QueryRunner,
  ) {}

  rows(sql: string, values: unknown[] = []): Promise<Row[]> {
    return query(this.runner, sql, values);
  }

  async row(sql: string, values: unknown[] = []): Promise<Row | undefined> {
    return (await this.rows(sql, values))[0];
  }

  /** Writes the audit row and the outbox row of a fact: they commit with what made it true, or not at all. */
  async note(because: Happening, chance: Chance): Promise<void> {
    const { type, tenantId, at, actor, subject, before, after, data } = because;
    await this.rows(
      `WITH audited AS (
         INSERT INTO audit_entries (id, tenant_id, type, at, actor, subject, before, after, data)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))
       INSERT INTO outbox (id, tenant_id, type, payload, created_at, due_at, attempts)
       VALUES ($10, $2, $3, $11, $4, $4, 0)`,
      [
        ...[auditId.create(at, chance), tenantId, type, at, json(actor), subject],
        ...[json(before), json(after), json(data), eventId.create(at, chance), json(because)],
      ],
    );
  }
}

function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

/**
 * Runs `work` in one transaction of this tenant. It commits what `keep` accepts; another outcome, or an exception,
 * leaves the database as it was.
 */
export async function inTenant<T>(
  database: DataSource,
  tenantId: TenantId,
  work: (transaction: TenantTransaction) => Promise<T>,
  keep: (outcome: T) => boolean = () => true,
): Promise<T> {
  const runner = database.createQueryRunner();
  try {
    await begin(runner, tenantId);
    const outcome = await work(new TenantTransaction(tenantId, runner));
    await runner.query(keep(outcome) ? 'COMMIT' : 'ROLLBACK');
    return outcome;
  } catch (error) {
    // Fails only where the connection is gone, and the transaction with it: what matters is the first error.
    await runner.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}

// One round trip for both statements. A statement list takes no parameters; the parsed ID holds letters and digits only.
async function begin(runner: QueryRunner, id: TenantId): Promise<void> {
  await runner.query(`BEGIN; SELECT set_config('gatehouse.tenant', '${tenantIds.parse(id)}', true)`);
}
