import {
  auditId,
  eventId,
  tenantId as tenantIds,
  type Chance,
  type Happening,
  type TenantId,
} from '@gatehouse/core';
import type { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { exchange, type Statement } from './exchange';
import type { Row } from './row';
import { atOnce, sendTogether, withConnection } from './send-together';

export type { Statement };

/** Runs one statement outside any tenant: for tables of the deployment and functions that cross tenants. */
export async function rowsOf(database: DataSource, sql: string, values: unknown[] = []): Promise<Row[]> {
  return sendTogether(database, (connection) => query(connection, sql, values));
}

/** The same for several, in one transaction. */
export function allOf(database: DataSource, statements: readonly Statement[]): Promise<Row[][]> {
  return sendTogether(database, (connection) => exchange(connection, statements));
}

/**
 * First in a transaction, spares it the wait for the disk: for what nobody misses should PostgreSQL crash within the second,
 * such as a sign-in that was just begun. What a later transaction builds on it is synced with it, in order.
 */
export const unsynced: Statement = {
  sql: `SELECT set_config('synchronous_commit', 'off', true)`,
  values: [],
};

async function query(connection: Client, sql: string, values: unknown[]): Promise<Row[]> {
  const [rows = []] = await exchange(connection, [{ sql, values }]);
  return rows;
}

/** A transaction that row-level security confines to one tenant. */
export class TenantTransaction {
  private readonly closing: Statement[] = [];

  constructor(
    readonly tenantId: TenantId,
    private readonly connection: Client,
  ) {}

  rows(sql: string, values: unknown[] = []): Promise<Row[]> {
    return query(this.connection, sql, values);
  }

  /** Several that do not wait for one another's answers: one round trip. */
  all(statements: readonly Statement[]): Promise<Row[][]> {
    return exchange(this.connection, statements);
  }

  async row(sql: string, values: unknown[] = []): Promise<Row | undefined> {
    return (await this.rows(sql, values))[0];
  }

  /** Sends a statement along with the COMMIT: for what is written whatever became of everything before, and answers nothing. */
  atLast(statement: Statement): void {
    this.closing.push(statement);
  }

  /** What was left for the end, and the end itself: one round trip. */
  async end(how: 'COMMIT' | 'ROLLBACK'): Promise<void> {
    const ending = { sql: how, values: [] };
    await exchange(this.connection, how === 'COMMIT' ? [...this.closing, ending] : [ending]);
  }

  /** Writes the audit row and the outbox row of a fact: they commit with what made it true, or not at all. */
  async note(because: Happening, chance: Chance): Promise<void> {
    const { sql, values } = noting(because, chance);
    await this.rows(sql, values);
  }
}

/** The statement that `note` runs. */
export function noting(because: Happening, chance: Chance): Statement {
  const { type, tenantId, at, actor, subject, before, after, data } = because;
  return {
    sql: `WITH audited AS (
         INSERT INTO audit_entries (id, tenant_id, type, at, actor, subject, before, after, data)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))
       INSERT INTO outbox (id, tenant_id, type, payload, created_at, due_at, attempts)
       VALUES ($10, $2, $3, $11, $4, $4, 0)`,
    values: [
      ...[auditId.create(at, chance), tenantId, type, at, json(actor), subject],
      ...[json(before), json(after), json(data), eventId.create(at, chance), json(because)],
    ],
  };
}

function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

/**
 * Runs `work` in one transaction of this tenant. It commits what `keep` accepts; another outcome, or an exception,
 * leaves the database as it was. `work` asks for nothing outside of it, which could wait behind who waits for this transaction.
 */
export async function inTenant<T>(
  database: DataSource,
  tenantId: TenantId,
  work: (transaction: TenantTransaction) => Promise<T>,
  keep: (outcome: T) => boolean = () => true,
): Promise<T> {
  const beginning = [{ sql: 'BEGIN', values: [] }, confining(tenantId)];
  return withConnection(database, async (connection) => {
    try {
      // The first statement of `work` follows its beginning at once, and fails where that one did.
      const transaction = new TenantTransaction(tenantId, connection);
      const [, outcome] = await atOnce(connection, () =>
        Promise.all([exchange(connection, beginning), work(transaction)]),
      );
      await transaction.end(keep(outcome) ? 'COMMIT' : 'ROLLBACK');
      return outcome;
    } catch (error) {
      // Fails only where the connection is gone, and the transaction with it: what matters is the first error.
      await query(connection, 'ROLLBACK', []).catch(() => undefined);
      throw error;
    }
  });
}

/** One statement in a transaction of its own. */
export async function rowsInTenant(
  database: DataSource,
  tenantId: TenantId,
  sql: string,
  values: unknown[],
): Promise<Row[]> {
  const [rows = []] = await allInTenant(database, tenantId, [{ sql, values }]);
  return rows;
}

/** Statements in a transaction of their own, none of which waits for another: one round trip, BEGIN and COMMIT included. */
export async function allInTenant(
  database: DataSource,
  tenantId: TenantId,
  statements: readonly Statement[],
): Promise<Row[][]> {
  const whole = [confining(tenantId), ...statements];
  const [, ...answers] = await allOf(database, whole);
  return answers;
}

/** For the rest of the transaction. It is parsed before anything is sent: the statements behind it would be no tenant's. */
function confining(id: TenantId): Statement {
  return { sql: `SELECT set_config('gatehouse.tenant', $1, true)`, values: [tenantIds.parse(id)] };
}
