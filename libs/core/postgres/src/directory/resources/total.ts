import type { Filter, ResourceQuery } from '@gatehouse/scim';
import type { Statement } from '../../transaction';
import type { ResourceScope } from './resource-scope';
import { filterSql, isUsual } from './filter-sql';
import type { ResourceTable } from './resource-table';

type Scope = Pick<ResourceScope, 'directory'>;

/** What is counted already: all resources, and the people who are active or are not. */
export function tallyFor({ tally }: ResourceTable, filter: Filter | undefined): string | undefined {
  if (!filter) return tally;
  if (filter.kind !== 'compare' || filter.comparison !== 'eq' || tally !== 'people') return undefined;
  const { extension, attribute, sub } = filter.of;
  if (extension !== undefined || sub || attribute.name !== 'active') return undefined;
  if (filter.value === true) return 'active_people';
  return filter.value === false ? 'people - active_people' : undefined;
}

export function readingTally(tally: string, { directory: { tenantId, id } }: Scope): Statement {
  const sql = `SELECT sum(${tally})::integer AS total FROM directory_tallies WHERE tenant_id = $1 AND directory_id = $2`;
  return { sql, values: [tenantId, id] };
}

/** Of a page that was read with one row more than it has: undefined where the rows behind it are not counted. */
export function totalOfPage(found: number, { page }: ResourceQuery): number | undefined {
  const begin = page.by === 'index' ? page.startIndex - 1 : 0;
  const isFirst = page.by === 'index' ? begin === 0 : page.after === undefined;
  if (found > page.count || (found === 0 && !isFirst)) return undefined;
  return page.by === 'index' || isFirst ? begin + found : undefined;
}

export function countingMatches(
  table: ResourceTable,
  { directory: { tenantId, id } }: Scope,
  filter: Filter | undefined,
): Statement {
  const values: unknown[] = [tenantId, id];
  const matching = filterSql(table, filter, (value) => `$${String(values.push(value))}`);
  const sql = `SELECT count(*)::integer AS total FROM ${table.name} r
    WHERE r.tenant_id = $1 AND r.directory_id = $2 ${table.present} ${matching}`;
  return isUsual(table, filter) ? { sql, values } : { sql, values, once: true };
}
