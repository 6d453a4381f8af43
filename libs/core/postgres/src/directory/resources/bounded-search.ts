import type { TenantId } from '@gatehouse/core';
import { ScimError } from '@gatehouse/scim';
import { DatabaseError } from 'pg';
import type { DataSource } from 'typeorm';
import type { Row } from '../../row';
import { allInTenant, inTenant, type Statement } from '../../transaction';
import { Turns } from './turns';

/** A filter that no index answers is asked of every resource: a hundred comparisons of each would keep a processor busy for long. */
export const longestSearch = 10_000;

/** Connections are few, and sign-ins need them too: of one tenant's searches three have one at a time, of all together five. */
const searching = { together: 5, each: 3, waiting: 200 };
const turnsOf = new WeakMap<DataSource, Turns>();

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
  const turns = turnsOf.get(database) ?? new Turns(searching);
  turnsOf.set(database, turns);
  // On a connection of its own: what is sent together with others keeps those behind it waiting.
  const search = () => inTenant(database, tenantId, (transaction) => transaction.all(limited));
  const taken = await turns.take(tenantId, search);
  if (!taken) throw new ScimError(429, 'Too many searches wait already. Ask fewer at once.', 'tooMany');
  const [, ...answers] = taken.done;
  return answers;
}

/** The error of a search in the words of the protocol, where it took too long; else as it was. */
export function toldOfSearch(error: unknown): unknown {
  if (!(error instanceof DatabaseError) || error.code !== '57014') return error;
  const detail =
    'It takes too long to ask this filter of each resource. Filter by userName, externalId, active or displayName first.';
  return new ScimError(400, detail, 'tooMany');
}
