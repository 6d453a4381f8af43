import type { TenantId } from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import type { Row } from '../../row';
import { allInTenant, type Statement } from '../../transaction';

/** A filter that no index answers is asked of every resource: a hundred comparisons of each would keep a processor busy for long. */
export const longestSearch = 10_000;

/** The answers to statements, of which those that a client composed take so many milliseconds at most. */
export async function searchInTenant(
  database: DataSource,
  tenantId: TenantId,
  statements: readonly Statement[],
  longest: number,
): Promise<Row[][]> {
  if (!statements.some(({ once }) => once)) return allInTenant(database, tenantId, statements);
  const sql = `SELECT set_config('statement_timeout', $1, true)`;
  const limited = [{ sql, values: [String(longest)] }, ...statements];
  const [, ...answers] = await allInTenant(database, tenantId, limited);
  return answers;
}
