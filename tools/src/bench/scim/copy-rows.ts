import { Client } from 'pg';

/** What is copied: one row of each table, in which these IDs and digits are a number's own. */
export interface Template {
  readonly tables: Readonly<Record<string, string>>;
  /** Of these the last seven digits become the number; the first ten, which are the time, say that it was long ago. */
  readonly ids: readonly string[];
  /** The digits by which the first person is numbered everywhere else. */
  readonly digits: string;
}

const longAgo = '0100000000';

/** The ID of that copy: it came long ago, as most people of a directory did. */
export function copiedId(id: string, digits: string): string {
  const begins = id.indexOf('_') + 1;
  return id.slice(0, begins) + longAgo + id.slice(begins + longAgo.length, -digits.length) + digits;
}

/**
 * Fills tables with copies of what one request wrote: as many requests would take minutes. Triggers and foreign keys are left
 * out, so whoever calls it counts what they would have counted.
 */
export class RowCopier {
  private constructor(private readonly database: Client) {}

  static async connect(url: string): Promise<RowCopier> {
    const database = new Client({ connectionString: url });
    await database.connect();
    await database.query('SET session_replication_role = replica');
    return new RowCopier(database);
  }

  /** Copies numbered from 1 to `last`. */
  async copy({ tables, ids, digits }: Template, last: number): Promise<void> {
    for (const [table, id] of Object.entries(tables)) {
      const renumbered = ids.reduce(
        (sql, _, index) =>
          `replace(${sql}, $${index + 4}::text, overlay(left($${index + 4}::text, -7) placing '${longAgo}'
             from position('_' in $${index + 4}::text) + 1) || lpad(n::text, 7, '0'))`,
        `replace(t.text, $3::text, lpad(n::text, 7, '0'))`,
      );
      await this.database.query(
        `INSERT INTO ${table} SELECT copy.* FROM
           (SELECT to_jsonb(it)::text AS text FROM ${table} it WHERE it.id = $1) t,
           generate_series(1, $2::integer) n,
           LATERAL jsonb_populate_record(NULL::${table}, (${renumbered})::jsonb) copy`,
        [id, last, digits, ...ids],
      );
    }
  }

  async run(sql: string, values: readonly unknown[] = []): Promise<void> {
    await this.database.query(sql, [...values]);
  }

  async one(sql: string, values: readonly unknown[]): Promise<unknown> {
    const { rows } = await this.database.query<Record<string, unknown>>(sql, [...values]);
    return rows[0];
  }

  async end(): Promise<void> {
    await this.database.end();
  }
}
