import type { Attribute, AttributeRef } from '../../schema/attribute';
import type { Bind, Columns, SqlColumn, SqlRows } from './sql-column';

/** One value of an attribute, as SQL: the part that is asked for, or the value itself. */
export interface SqlValue {
  readonly column: (part: Attribute | undefined) => SqlColumn | undefined;
  readonly json: (part: Attribute | undefined) => string;
  readonly text: (part: Attribute | undefined) => string;
}

/** The only value of an attribute: each part of it may have a column of its own. */
export function onlyValue(of: AttributeRef, columns: Columns, bind: Bind): SqlValue {
  const document = (): SqlValue => jsonValue(pathTo(of, bind), bind);
  return {
    column: (part) => {
      const source = columns(part ? { ...of, sub: part } : withoutPart(of));
      return source && 'sql' in source ? source : undefined;
    },
    json: (part) => document().json(part),
    text: (part) => (part ? document().text(part) : pathTo(of, bind, '->>')),
  };
}

export const jsonValue = (sql: string, bind: Bind): SqlValue => ({
  column: () => undefined,
  json: (part) => (part ? `(${sql} -> ${bind(part.name)}::text)` : sql),
  text: (part) => (part ? `(${sql} ->> ${bind(part.name)}::text)` : `(${sql} #>> '{}')`),
});

/** A value that is a row: what is in no column of it is not there. */
export const rowValue = (rows: SqlRows): SqlValue => ({
  column: (part) => rows.column(part?.name),
  json: () => 'NULL::jsonb',
  text: () => 'NULL::text',
});

export function withoutPart({ extension, attribute, undescribed }: AttributeRef): AttributeRef {
  return {
    attribute,
    ...(extension === undefined ? {} : { extension }),
    ...(undescribed ? { undescribed } : {}),
  };
}

/** Where the attribute stands in the document. Names are bound as well: those of unknown extensions are a client's. */
export function pathTo(
  { extension, attribute }: AttributeRef,
  bind: Bind,
  last: '->' | '->>' = '->',
): string {
  const home = extension === undefined ? 'document' : `document -> ${bind(extension)}::text`;
  return `(${home} ${last} ${bind(attribute.name)}::text)`;
}
