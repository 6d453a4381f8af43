import { Query, type Client, type Connection, type FieldDef } from 'pg';
import { prepareValue } from 'pg/lib/utils';
import { prepare, Prepared } from './prepared';
import { Row } from './row';

export interface Statement {
  readonly sql: string;
  readonly values: unknown[];
  /** One of endlessly many texts, as clients may compose them: no connection keeps it. */
  readonly once?: boolean;
}

/**
 * Sends statements that do not wait for one another, and one Sync behind them: outside of BEGIN this makes them one
 * transaction, which commits whole or not at all (PostgreSQL, Message Flow, Pipelining).
 */
export async function exchange(connection: Client, statements: readonly Statement[]): Promise<Row[][]> {
  const parts = statements.map(({ sql, values, once }) => ({
    prepared: once ? new Prepared(sql, '') : prepare(connection, sql),
    values: values.map(prepareValue),
    rows: [],
  }));
  try {
    await new Promise<void>((resolve, reject) => {
      connection.query(new Exchange(parts, resolve, reject));
    });
    return parts.map(({ rows }) => rows);
  } catch (error) {
    // The trace of whoever asked: what reads answers knows nothing of them.
    if (error instanceof Error) Error.captureStackTrace(error);
    throw parts.find(({ prepared }) => prepared.fault !== undefined)?.prepared.fault ?? error;
  }
}

interface Part {
  readonly prepared: Prepared;
  readonly values: (string | Buffer | null)[];
  readonly rows: Row[];
}

/** What `pg` needs a query for each statement for, each of which it has described anew. */
class Exchange extends Query {
  #answered = 0;
  #fault: unknown;

  constructor(
    private readonly parts: readonly Part[],
    private readonly resolve: () => void,
    private readonly reject: (error: unknown) => void,
  ) {
    super('');
  }

  override submit = (connection: Connection): void => {
    for (const part of this.parts) send(connection, part);
    connection.sync();
  };

  handleRowDescription({ fields }: { readonly fields: readonly FieldDef[] }): void {
    this.parts[this.#answered]?.prepared.describe(fields);
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    const part = this.parts[this.#answered];
    try {
      part?.rows.push(new Row(part.prepared.read(fields)));
    } catch (error) {
      this.#fault = error;
    }
  }

  handleCommandComplete(): void {
    this.#answered += 1;
  }

  handleReadyForQuery(): void {
    if (this.#fault === undefined) this.resolve();
    else this.reject(this.#fault);
  }

  handleError(error: unknown): void {
    this.reject(error);
  }
}

function send(connection: Connection, { prepared: { name, sql }, values }: Part): void {
  if (name === '') connection.parse({ name, text: sql, types: [] }, true);
  connection.bind({ statement: name, values }, true);
  if (name === '') connection.describe({ type: 'P' }, true);
  connection.execute({}, true);
}
