import type { TenantId } from '@gatehouse/core';
import { ScimError } from '@gatehouse/scim';
import { DatabaseError } from 'pg';
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

/** The error of a search in the words of the protocol, where it took too long; else as it was. */
export function toldOfSearch(error: unknown): unknown {
  if (!(error instanceof DatabaseError) || error.code !== '57014') return error;
  const detail =
    'It takes too long to ask this filter of each resource. Filter by userName, externalId, active or displayName first.';
  return new ScimError(400, detail, 'tooMany');
}
