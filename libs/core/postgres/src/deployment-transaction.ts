import { auditId, type Chance, type DeploymentHappening } from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { Row } from './row';
import type { Statement } from './transaction';

/** Rows of the deployment's own tables, in one transaction that belongs to no tenant. */
export interface DeploymentTransaction {
  rows(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Writes the audit entry of a fact beside what made it true. */
  note(because: DeploymentHappening, chance: Chance): Promise<void>;
}

/** Commits where `work` says true; else, and when it throws, everything is as before. */
export async function inDeployment(
  database: DataSource,
  work: (transaction: DeploymentTransaction) => Promise<boolean>,
): Promise<boolean> {
  const runner = database.createQueryRunner();
  const rows = async (sql: string, values: unknown[] = []): Promise<Row[]> => {
    const { records } = await runner.query(sql, values, true);
    return records.map((record: unknown) => new Row(record));
  };
  try {
    await runner.startTransaction();
    const note: DeploymentTransaction['note'] = async (because, chance) => {
      const { sql, values } = notingOfDeployment(because, chance);
      await rows(sql, values);
    };
    const done = await work({ rows, note });
    await (done ? runner.commitTransaction() : runner.rollbackTransaction());
    return done;
  } catch (error) {
    // Fails only where the connection is gone, and the transaction with it: what matters is the first error.
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}

/** The statement that `note` runs. */
export function notingOfDeployment(
  { type, at, actor, subject, data }: DeploymentHappening,
  chance: Chance,
): Statement {
  return {
    sql: 'INSERT INTO deployment_audit_entries (id, type, at, actor, subject, data) VALUES ($1, $2, $3, $4, $5, $6)',
    values: [
      ...[auditId.create(at, chance), type, at, JSON.stringify(actor), subject],
      data === undefined ? null : JSON.stringify(data),
    ],
  };
}
