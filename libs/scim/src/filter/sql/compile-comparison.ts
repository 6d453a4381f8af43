import type { AttributeRef } from '../../schema/attribute';
import type { Comparison, Filter } from '../filter';
import { compileText } from './compile-text';
import type { Bind } from './sql-column';
import type { SqlValue } from './sql-value';

type Compare = Filter & { readonly kind: 'compare' };

const operators: Readonly<Record<Exclude<Comparison, 'co' | 'sw' | 'ew'>, string>> = {
  eq: '=',
  ne: 'IS DISTINCT FROM',
  gt: '>',
  ge: '>=',
  lt: '<',
  le: '<=',
};

/** RFC 7644 3.4.2.2, table 3, of one value: true where `compares` is, elsewhere false or null. */
export function compileComparison(filter: Compare, value: SqlValue, bind: Bind): string {
  const { of, comparison, value: literal } = filter;
  if (literal === null) return compileNull(of, comparison, value);
  if (typeof literal === 'string' && (of.sub ?? of.attribute).type !== 'dateTime')
    return compileText(of, comparison, literal, value, bind);
  if (comparison === 'co' || comparison === 'sw' || comparison === 'ew') return 'FALSE';
  const [left, right] = sides(of, literal, value, bind);
  return `${left} ${operators[comparison]} ${right}`;
}

function compileNull({ sub }: AttributeRef, comparison: Comparison, value: SqlValue): string {
  const operand = value.column(sub)?.sql ?? `NULLIF(${value.json(sub)}, 'null')`;
  return `${operand} IS ${comparison === 'eq' ? 'NULL' : 'NOT NULL'}`;
}

function sides(
  { attribute, sub }: AttributeRef,
  literal: string | number | boolean,
  value: SqlValue,
  bind: Bind,
): [string, string] {
  const column = value.column(sub)?.sql;
  if (typeof literal === 'boolean')
    return column ? [column, literal ? 'TRUE' : 'FALSE'] : [value.json(sub), `'${literal}'::jsonb`];
  if (typeof literal === 'number') return [column ?? numberIn(value.json(sub)), `${bind(literal)}::numeric`];
  if (column) return [column, `${bind(literal)}::timestamptz`];
  throw new Error(`${(sub ?? attribute).name} is a moment and needs a column: JSON has none.`);
}

const numberIn = (json: string): string =>
  `CASE WHEN jsonb_typeof(${json}) = 'number' THEN ${json}::numeric END`;
