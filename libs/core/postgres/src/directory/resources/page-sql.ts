import type { Position, ResourceQuery } from '@gatehouse/scim';
import type { Statement } from '../../transaction';
import type { ResourceScope } from './access';
import { filterSql, isUsual } from './filter-sql';
import type { ResourceTable } from './resource-table';
import { sortKey, type Bind, type SortKey } from './sort-key';
import { resourceColumns } from './stored-resource.row';

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
  const sql = `WITH page AS MATERIALIZED (
      SELECT r.id, ${key?.sql ?? 'NULL'} AS key FROM ${table.name} r
      WHERE r.tenant_id = $1 AND r.directory_id = $2 ${table.present} ${matching} ${behind(key, query.page, bind)}
      ORDER BY ${order('r.id', key?.sql, key)} LIMIT ${bind(query.page.count + 1)} ${skipping(query.page, bind)})
    SELECT page.key, ${resourceColumns(table, query.wants)} FROM page JOIN ${table.name} r ON r.id = page.id
    WHERE r.tenant_id = $1 ORDER BY ${order('page.id', 'page.key', key)}`;
  return isUsual(table, query.filter) ? { sql, values } : { sql, values, once: true };
}

function order(id: string, sql: string | undefined, key: SortKey | undefined): string {
  return key ? `${sql ?? key.sql} ${key.direction}, ${id} ${key.direction}` : id;
}

function skipping(page: ResourceQuery['page'], bind: Bind): string {
  return page.by === 'index' && page.startIndex > 1 ? `OFFSET ${bind(page.startIndex - 1)}` : '';
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
