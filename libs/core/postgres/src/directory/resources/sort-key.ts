import type { AttributeRef, Json, ResourceQuery } from '@gatehouse/scim';
import type { ResourceTable } from './resource-table';

/** Names an attribute that a client chose as a parameter. */
export type Bind = (value: unknown) => string;

/** What a list is ordered by: SQL of `r`, and the ID where that is equal. */
export interface SortKey {
  readonly sql: string;
  readonly direction: 'ASC' | 'DESC';
  /** Whether every resource has it. */
  readonly always: boolean;
}

/**
 * RFC 7644 3.4.2.3: of many values the primary counts, else the first; text that is not exact as to case, without regard to
 * it; who has no value comes last, and first in descending order.
 */
export function sortKey(table: ResourceTable, sort: ResourceQuery['sort'], bind: Bind): SortKey | undefined {
  if (!sort) return undefined;
  const direction = sort.descending ? 'DESC' : 'ASC';
  const column = table.columns(sort.by);
  if (column && 'sql' in column)
    return { sql: column.sql, direction, always: column.sql !== 'r.external_id' };
  return { sql: inDocument(sort.by, bind), direction, always: false };
}

function inDocument({ extension, attribute, sub }: AttributeRef, bind: Bind): string {
  const whole = extension === undefined ? 'r.document' : `(r.document -> ${bind(extension)}::text)`;
  const value = `(${whole} -> ${bind(attribute.name)}::text)`;
  const one = attribute.multiValued ? preferred(value) : value;
  const part = sub ?? partOf(attribute);
  const leaf = part ? `(${one} -> ${bind(part.name)}::text)` : one;
  return scalar(leaf, part ?? attribute);
}

function partOf({ subAttributes = [], multiValued }: AttributeRef['attribute']): AttributeRef['sub'] {
  const wanted = multiValued ? 'value' : 'formatted';
  return subAttributes.find(({ name }) => name === wanted) ?? subAttributes[0];
}

function preferred(values: string): string {
  return `coalesce(jsonb_path_query_first(${values}, '$[*] ? (@.primary == true)'), ${values} -> 0)`;
}

function scalar(leaf: string, { type, caseExact }: NonNullable<AttributeRef['sub']>): string {
  if (type === 'boolean') return `CASE jsonb_typeof(${leaf}) WHEN 'boolean' THEN ${leaf}::boolean END`;
  if (type === 'integer' || type === 'decimal')
    return `CASE jsonb_typeof(${leaf}) WHEN 'number' THEN ${leaf}::float8 END`;
  const text = `(${leaf} #>> '{}')`;
  // The small letters that `toLowerCase` makes, in the order of octets, as in the columns.
  return `(${caseExact ? text : `lower(${text} COLLATE "und-x-icu")`} COLLATE "C")`;
}

/** A sort key as it came out of the database, as it can go into a cursor. */
export function keyOf(value: unknown): Exclude<Json, object> {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
