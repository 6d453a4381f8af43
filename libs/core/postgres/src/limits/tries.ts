import { hashToken, Tries, type Pace, type TryVerdict } from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { rowsOf } from '../transaction';

// How often in a row it was tried with this one, and until when nothing more is tried: `waitAfter` of the domain, in SQL.
const count = 'CASE WHEN t.expires_at <= $2::timestamptz THEN 1 ELSE t.tries + 1 END';
const until = (tries: string) => `$2::timestamptz + interval '1 millisecond' *
    CASE WHEN ${tries} < $3::integer THEN 0 ELSE least($4::float8, 1000 * 2 ^ least(${tries} - $3::integer, 21)) END`;
const expires = "$2::timestamptz + $5::float8 * interval '1 millisecond'";

// Counted and judged in one statement: a try that comes too early finds the row as it was and changes nothing.
const taking = `
  WITH taken AS (
    INSERT INTO sign_in_tries AS t (key, tries, next_at, expires_at) VALUES ($1, 1, ${until('1')}, ${expires})
    ON CONFLICT (key) DO UPDATE SET tries = ${count}, next_at = ${until(count)}, expires_at = ${expires}
      WHERE t.next_at <= $2::timestamptz
    RETURNING tries)
  SELECT tries, NULL::timestamptz AS next_at FROM taken
  UNION ALL SELECT NULL, next_at FROM sign_in_tries WHERE key = $1 AND NOT EXISTS (SELECT FROM taken)`;

/** In a table that all servers share. */
export class PostgresTries extends Tries {
  constructor(private readonly database: DataSource) {
    super();
  }

  async take(key: string, pace: Pace, now: Date): Promise<TryVerdict> {
    const { free, longestMs, forgottenAfterMs } = pace;
    const values = [hashToken(key), now, free, longestMs, forgottenAfterMs];
    const [row] = await rowsOf(this.database, taking, values);
    const tries = row?.optionalInteger('tries');
    if (tries !== undefined) return { kind: 'go', tries };
    // Where the first try of all came in between, its row is not seen yet.
    const waitMs = (row?.date('next_at').getTime() ?? now.getTime()) - now.getTime();
    return { kind: 'wait', seconds: Math.max(1, Math.ceil(waitMs / 1000)) };
  }

  async clear(key: string): Promise<void> {
    await rowsOf(this.database, 'DELETE FROM sign_in_tries WHERE key = $1', [hashToken(key)]);
  }
}
