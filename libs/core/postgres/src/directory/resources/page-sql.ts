import type { Position, ResourceQuery } from '@gatehouse/scim';
import type { Statement } from '../../transaction';
import type { ResourceScope } from './resource-scope';
import { filterSql, isUsual } from './filter-sql';
import type { ResourceTable } from './resource-table';
import { sortKey, type Bind, type SortKey } from './sort-key';
import { resourceColumns } from './stored-resource.row';
import { tallyFor } from './total';

/**
 * One page and one row more, which says whether there is another page. The rows are found first, by indices alone where there
 * are any: documents are read of those on the page only.
 */
export function paging(
  table: ResourceTable,
  { directory: { tenantId, id } }: Pick<ResourceScope, 'directory'>,
  query: ResourceQuery,
): Statement {
  const values: unknown[] = [tenantId, id];
  const bind: Bind = (value) => `$${String(values.push(value))}`;
  const key = sortKey(table, query.sort, bind);
  const matching = filterSql(table, query.filter, bind);
  const found = `SELECT r.id, ${key?.sql ?? 'NULL'} AS key FROM ${table.name} r
    WHERE r.tenant_id = $1 AND r.directory_id = $2 ${table.present} ${matching} ${behind(key, query.page, bind)}`;
  const limit = `${bind(query.page.count + 1)}::integer`;
  const sql = `${pageOf(found, key, { table, query, limit, bind })}
    SELECT page.key, r.id, r.version, r.created_at, r.updated_at, r.document, r.part
    FROM page CROSS JOIN LATERAL (${readOneByOne(table, query)}) r ORDER BY ${order('page', key)}`;
  return isUsual(table, query.filter) ? { sql, values } : { sql, values, once: true };
}

/** OFFSET, because a plan that takes the page for longer than it is would read the documents of all. */
function readOneByOne(table: ResourceTable, { wants }: ResourceQuery): string {
  return `SELECT ${resourceColumns(table, wants)} FROM ${table.name} r
    WHERE r.tenant_id = $1 AND r.id = page.id OFFSET 0`;
}

interface PageParts {
  readonly table: ResourceTable;
  readonly query: ResourceQuery;
  readonly limit: string;
  readonly bind: Bind;
}

function pageOf(found: string, key: SortKey | undefined, { table, query, limit, bind }: PageParts): string {
  const skipped = query.page.by === 'index' ? query.page.startIndex - 1 : 0;
  const front = `${found} ORDER BY ${order('r', key)} LIMIT ${limit}`;
  if (skipped === 0) return `WITH page AS MATERIALIZED (${front})`;
  const skip = `${bind(skipped)}::integer`;
  const tally = tallyFor(table, query.filter);
  if (tally === undefined) return `WITH page AS MATERIALIZED (${front} OFFSET ${skip})`;
  return fromTheNearerEnd(found, key, { tally, skip, limit });
}

/** Who is behind most of them is counted off from the end: how many there are is known, so that a last page is as fast as a first. */
function fromTheNearerEnd(
  found: string,
  key: SortKey | undefined,
  { tally, skip, limit }: { readonly tally: string; readonly skip: string; readonly limit: string },
): string {
  const all = '(SELECT total FROM counted)';
  const left = `greatest(0, ${all} - ${skip})`;
  return `WITH counted AS MATERIALIZED (
      SELECT sum(${tally})::integer AS total FROM directory_tallies WHERE tenant_id = $1 AND directory_id = $2),
    page AS MATERIALIZED (
      (${found} AND ${all} >= 2 * ${skip} ORDER BY ${order('r', key)} LIMIT ${limit} OFFSET ${skip})
      UNION ALL
      (${found} AND ${all} < 2 * ${skip} ORDER BY ${order('r', key, 'back')}
        LIMIT least(${limit}, ${left}) OFFSET greatest(0, ${left} - ${limit})))`;
}

/** By the key of the list and by ID where that is equal; forwards, or the very contrary. */
function order(of: 'r' | 'page', key: SortKey | undefined, way: 'forth' | 'back' = 'forth'): string {
  const isDescending = (key?.direction === 'DESC') !== (way === 'back');
  const direction = isDescending ? 'DESC' : 'ASC';
  const first = key ? `${of === 'r' ? key.sql : 'page.key'} ${direction}, ` : '';
  return `${first}${of}.id ${direction}`;
}

function behind(key: SortKey | undefined, page: ResourceQuery['page'], bind: Bind): string {
  if (page.by === 'index' || !page.after) return '';
  return `AND (${key ? behindKey(key, page.after, bind) : `r.id > ${bind(page.after.id)}`})`;
}

// In ascending order whoever has no value is last, and first in descending order, as PostgreSQL has it too.
function behindKey({ sql, direction, always }: SortKey, after: Position, bind: Bind): string {
  const sign = direction === 'ASC' ? '>' : '<';
  const id = bind(after.id);
  if (after.key === null) {
    const among = `${sql} IS NULL AND r.id ${sign} ${id}`;
    return direction === 'ASC' ? among : `(${among}) OR ${sql} IS NOT NULL`;
  }
  const further = `(${sql}, r.id) ${sign} (${bind(after.key)}, ${id})`;
  return always || direction === 'DESC' ? further : `${further} OR ${sql} IS NULL`;
}
