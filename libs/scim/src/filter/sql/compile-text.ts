import type { AttributeRef } from '../../schema/attribute';
import type { Comparison } from '../filter';
import type { Bind } from './sql-column';
import type { SqlValue } from './sql-value';

type Compile = (left: string, literal: string, bind: Bind) => string;

// The wildcards of LIKE are letters like any other in a filter.
const escaped = (literal: string): string => literal.replace(/[\\%_]/gu, '\\$&');

const like =
  (pattern: (literal: string) => string): Compile =>
  (left, literal, bind) =>
    `${left} LIKE ${bind(pattern(escaped(literal)))}::text`;

// By code points, which is how bytes of UTF-8 are ordered.
const inOrder =
  (operator: '>' | '>=' | '<' | '<='): Compile =>
  (left, literal, bind) =>
    `${left} COLLATE "C" ${operator} ${bind(literal)}::text`;

const comparisons: Readonly<Record<Comparison, Compile>> = {
  eq: (left, literal, bind) => `${left} = ${bind(literal)}::text`,
  // Null is distinct from every value: what has no value is not equal to one.
  ne: (left, literal, bind) => `${left} IS DISTINCT FROM ${bind(literal)}::text`,
  co: like((literal) => `%${literal}%`),
  // Not LIKE, which row-level security keeps from an index: PostgreSQL does not know it to be leakproof.
  sw: (left, literal, bind) => `${left} ^@ ${bind(literal)}::text`,
  ew: like((literal) => `%${literal}`),
  gt: inOrder('>'),
  ge: inOrder('>='),
  lt: inOrder('<'),
  le: inOrder('<='),
};

/** A comparison with a text, with regard to case where the schema or the column says so. */
export function compileText(
  of: AttributeRef,
  comparison: Comparison,
  literal: string,
  value: SqlValue,
  bind: Bind,
): string {
  const column = value.column(of.sub);
  const text = column?.sql ?? textIn(of, value);
  if (column?.lower) return comparisons[comparison](text, literal.toLowerCase(), bind);
  if ((of.sub ?? of.attribute).caseExact) return comparisons[comparison](text, literal, bind);
  return comparisons[comparison](lower(text), literal.toLowerCase(), bind);
}

// ICU's root, because it makes the small letters that `toLowerCase` makes, whatever the database was created with.
const lower = (text: string): string => `lower(${text} COLLATE "und-x-icu")`;

// What no schema describes may be a number or an object as well, and then it is no text.
function textIn({ sub, undescribed }: AttributeRef, value: SqlValue): string {
  const text = value.text(sub);
  return undescribed ? `CASE WHEN jsonb_typeof(${value.json(sub)}) = 'string' THEN ${text} END` : text;
}
