import type { AttributeRef } from '../../schema/attribute';

/** An attribute that has a column, or any other expression of SQL. */
export interface SqlColumn {
  readonly sql: string;
  readonly type: 'text' | 'boolean' | 'number' | 'time';
  /** Its values are in lower case already, as `toLowerCase` makes them. */
  readonly lower?: boolean;
}

/** A multi-valued attribute whose values are rows: what follows FROM, what follows WHERE, and what is in a row. */
export interface SqlRows {
  readonly from: string;
  readonly where: string;
  /** By the name of the part, or for the value itself where it has no parts. */
  readonly column: (part: string | undefined) => SqlColumn | undefined;
}

/** A multi-valued attribute of the document of which an index knows something. */
export interface SqlIndexed {
  /** What is true of every row that has this text, in lower case, as that part of a value; nothing where no index knows. */
  readonly among: (part: string | undefined, text: string, bind: Bind) => string | undefined;
}

export type SqlSource = SqlColumn | SqlRows | SqlIndexed;

/** Where an attribute is kept; what is in no column is in the jsonb column `document`. A moment needs a column. */
export type Columns = (of: AttributeRef) => SqlSource | undefined;

/** Keeps a value for the database and answers with its placeholder, such as `$3`. */
export type Bind = (value: string | number) => string;
