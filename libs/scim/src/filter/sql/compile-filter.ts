import type { AttributeRef } from '../../schema/attribute';
import { isComparedAsNothing } from '../compares';
import type { Filter } from '../filter';
import { compileComparison } from './compile-comparison';
import { compilePresence } from './compile-presence';
import { amongIndexed, equalitiesIn, type Equality } from './indexed';
import type { Bind, Columns } from './sql-column';
import { jsonValue, onlyValue, pathTo, rowValue, withoutPart, type SqlValue } from './sql-value';

/** Where an attribute is looked for: of a resource in each of its values, of one value in that alone. */
type EachValue = (of: AttributeRef, asked: Asked) => string;

interface Asked {
  readonly test: (value: SqlValue) => string;
  /** Whether it is true of an attribute without a value. */
  readonly ofNone?: boolean;
  /** What a value is equal to wherever the test is true. */
  readonly equal?: readonly Equality[];
}

/**
 * The filter as a condition of PostgreSQL on rows with a jsonb column `document`: true of those that `matches` is true of,
 * else false or null. Every text of a client goes through `bind`.
 */
export function compileFilter(filter: Filter, columns: Columns, bind: Bind): string {
  return compile(filter, bind, (of, asked) => {
    const source = columns(withoutPart(of));
    if (source && 'from' in source) return anyOf(source.from, source.where, rowValue(source), asked);
    if (!of.attribute.multiValued && !of.undescribed) return asked.test(onlyValue(of, columns, bind));
    // In lax mode, what is no list is a list of one; null is no value (RFC 7643 2.5).
    const from = `jsonb_path_query(${pathTo(of, bind)}, '$[*]') AS one(value)`;
    const any = anyOf(from, `one.value <> 'null'`, jsonValue('one.value', bind), asked);
    return source && 'among' in source ? amongIndexed(source, asked.equal ?? [], any, bind) : any;
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
      return each(filter.of, { test: (value) => compilePresence(filter.of, value) });
    case 'some':
      return each(filter.of, {
        test: (value) => compile(filter.filter, bind, (_, { test }) => test(value)),
        equal: equalitiesIn(filter.filter),
      });
    case 'compare':
      return each(filter.of, {
        test: (value) => compileComparison(filter, value, bind),
        ofNone: isComparedAsNothing(filter),
        equal: equalitiesIn(filter),
      });
  }
}

function anyOf(from: string, where: string, value: SqlValue, { test, ofNone }: Asked): string {
  const any = `EXISTS (SELECT FROM ${from} WHERE ${where} AND (${test(value)}))`;
  return ofNone ? `(${any} OR NOT EXISTS (SELECT FROM ${from} WHERE ${where}))` : any;
}
