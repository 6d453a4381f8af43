import { createHash } from 'node:crypto';
import { Query, types, type Client, type Connection, type FieldDef } from 'pg';

type Reader = (text: string) => unknown;

interface Column {
  readonly name: string;
  readonly read: Reader;
}

/** A statement as one connection knows it; without a name it is parsed each time. */
export class Prepared {
  /** Why PostgreSQL refused to parse it. */
  fault: unknown;
  #columns: readonly Column[] = [];

  constructor(
    readonly sql: string,
    readonly name: string,
  ) {}

  describe(fields: readonly FieldDef[]): void {
    this.#columns = fields.map(({ name, dataTypeID }) => ({ name, read: readerOf(dataTypeID) }));
  }

  read(texts: readonly (string | null)[]): Record<string, unknown> {
    const row: Record<string, unknown> = {};
    this.#columns.forEach(({ name, read }, index) => {
      const text = texts[index] ?? null;
      row[name] = text === null ? null : read(text);
    });
    return row;
  }
}

function readerOf(dataType: number): Reader {
  const reader: unknown = types.getTypeParser(dataType);
  if (isReader(reader)) return reader;
  throw new Error(`Nothing reads columns of the type ${dataType}.`);
}

function isReader(value: unknown): value is Reader {
  return typeof value === 'function';
}

const known = new WeakMap<Client, Map<string, Prepared>>();

/**
 * PostgreSQL parses, plans and describes a statement with a name once a connection: there are as many as the stores hold. In
 * an exchange of its own, so that those sent behind can count on it whatever becomes of the transaction that needed it first.
 */
export function prepare(connection: Client, sql: string): Prepared {
  const name = nameOf(sql);
  if (name === '') return new Prepared(sql, name);
  const ofConnection = known.get(connection) ?? new Map<string, Prepared>();
  known.set(connection, ofConnection);
  const found = ofConnection.get(sql);
  if (found) return found;
  const prepared = new Prepared(sql, name);
  ofConnection.set(sql, prepared);
  connection.query(new Preparation(prepared, () => ofConnection.delete(sql)));
  return prepared;
}

const names = new Map<string, string>();

// What answers with all columns of a table must not have a name: once the next version has added a column, PostgreSQL
// refuses it on every connection of a server that still runs ("cached plan must not change result type").
const everyColumn = /\b(?:SELECT|RETURNING)\s+(?:\w+\.)?\*/i;

function nameOf(sql: string): string {
  const named = names.get(sql);
  if (named !== undefined) return named;
  const name = everyColumn.test(sql) ? '' : createHash('sha256').update(sql).digest('base64url').slice(0, 22);
  names.set(sql, name);
  return name;
}

class Preparation extends Query {
  constructor(
    private readonly prepared: Prepared,
    private readonly forget: () => void,
  ) {
    super('');
  }

  override submit = (connection: Connection): void => {
    const { sql, name } = this.prepared;
    connection.parse({ name, text: sql, types: [] }, true);
    connection.describe({ type: 'S', name }, true);
    connection.sync();
  };

  handleRowDescription({ fields }: { readonly fields: readonly FieldDef[] }): void {
    this.prepared.describe(fields);
  }

  handleReadyForQuery(): void {}

  handleError(error: unknown): void {
    this.prepared.fault = error;
    this.forget();
  }
}
