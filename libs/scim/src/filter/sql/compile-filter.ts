import type { AttributeRef } from '../../schema/attribute';
import { isComparedAsNothing } from '../compares';
import type { Filter } from '../filter';
import { compileComparison } from './compile-comparison';
import { compilePresence } from './compile-presence';
import { isRows, type Bind, type Columns } from './sql-column';
import { jsonValue, onlyValue, pathTo, rowValue, withoutPart, type SqlValue } from './sql-value';

/** Where an attribute is looked for: of a resource in each of its values, of one value in that alone. */
type EachValue = (of: AttributeRef, test: (value: SqlValue) => string, isTrueOfNone: boolean) => string;

/**
 * The filter as a condition of PostgreSQL on rows with a jsonb column `document`: true of those that `matches` is true of,
 * else false or null. Every text of a client goes through `bind`.
 */
export function compileFilter(filter: Filter, columns: Columns, bind: Bind): string {
  return compile(filter, bind, (of, test, isTrueOfNone) => {
    const rows = columns(withoutPart(of));
    if (isRows(rows)) return anyOf(rows.from, rows.where, test(rowValue(rows)), isTrueOfNone);
    if (!of.attribute.multiValued && !of.undescribed) return test(onlyValue(of, columns, bind));
    // In lax mode, what is no list is a list of one; null is no value (RFC 7643 2.5).
    const from = `jsonb_path_query(${pathTo(of, bind)}, '$[*]') AS one(value)`;
    return anyOf(from, `one.value <> 'null'`, test(jsonValue('one.value', bind)), isTrueOfNone);
  });
}

function compile(filter: Filter, bind: Bind, each: EachValue): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${filter.filters.map((one) => compile(one, bind, each)).join(filter.kind === 'and' ? ' AND ' : ' OR ')})`;
    case 'not':
      // Not NOT: what is null is not true, and its contrary is.
      return `(${compile(filter.filter, bind, each)}) IS NOT TRUE`;
    case 'present':
      return each(filter.of, (value) => compilePresence(filter.of, value), false);
    case 'some':
      return each(filter.of, (value) => compile(filter.filter, bind, (_, test) => test(value)), false);
    case 'compare':
      return each(filter.of, (value) => compileComparison(filter, value, bind), isComparedAsNothing(filter));
  }
}

function anyOf(from: string, where: string, test: string, isTrueOfNone: boolean): string {
  const any = `EXISTS (SELECT FROM ${from} WHERE ${where} AND (${test}))`;
  return isTrueOfNone ? `(${any} OR NOT EXISTS (SELECT FROM ${from} WHERE ${where}))` : any;
}
