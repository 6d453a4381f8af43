import { compileFilter, type Filter } from '@gatehouse/scim';
import type { ResourceTable } from './resource-table';
import type { Bind } from './sort-key';

/** The condition on `r` that a filter is. */
export function filterSql({ columns }: ResourceTable, filter: Filter | undefined, bind: Bind): string {
  return filter ? `AND (${compileFilter(filter, columns, bind)})` : '';
}

/**
 * Whether there are few statements like it: what asks for one value of a column is one text for all values. Any other filter
 * may be a text that is never seen again; and of a beginning, the plan depends on the value.
 */
export function isUsual({ columns }: ResourceTable, filter: Filter | undefined): boolean {
  return (
    !filter || (filter.kind === 'compare' && filter.comparison === 'eq' && columns(filter.of) !== undefined)
  );
}
