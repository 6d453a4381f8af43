import { hashToken, RateLimits, type RateLimit, type RateVerdict } from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { rowsOf } from '../transaction';

// GCRA: a row keeps until when its allowance is spent. One more fits where that, moved on by one turn, stays within the
// window; a refusal only counts. Both happen in one statement, so that of parallel calls no more than fit are allowed.
const spent = 'greatest(r.spent_until, $2::timestamptz)';
const turn = "($3::float8 * interval '1 millisecond')";
const fits = `${spent} + ${turn} <= $2::timestamptz + $4::float8 * interval '1 millisecond'`;
const taking = `
  INSERT INTO rate_limits AS r (key, spent_until, refused) VALUES ($1, $2::timestamptz + ${turn}, 0)
  ON CONFLICT (key) DO UPDATE SET
    spent_until = CASE WHEN ${fits} THEN ${spent} + ${turn} ELSE r.spent_until END,
    refused = CASE WHEN ${fits} THEN 0 ELSE r.refused + 1 END
  RETURNING spent_until, refused`;

/** In a table that all servers share. */
export class PostgresRateLimits extends RateLimits {
  constructor(private readonly database: DataSource) {
    super();
  }

  async take({ name, most, windowMs }: RateLimit, key: string, now: Date): Promise<RateVerdict> {
    const turnMs = windowMs / most;
    // A space is in no name, so that no key of one limit is that of another.
    const [row] = await rowsOf(this.database, taking, [hashToken(`${name} ${key}`), now, turnMs, windowMs]);
    const refused = row?.integer('refused') ?? 0;
    if (refused === 0 || !row) return { kind: 'allowed' };
    const waitMs = row.date('spent_until').getTime() + turnMs - windowMs - now.getTime();
    return { kind: 'limited', seconds: Math.max(1, Math.ceil(waitMs / 1000)), refused };
  }

  async giveBack({ name, most, windowMs }: RateLimit, key: string): Promise<void> {
    const sql = `UPDATE rate_limits SET spent_until = spent_until - $2::float8 * interval '1 millisecond' WHERE key = $1`;
    await rowsOf(this.database, sql, [hashToken(`${name} ${key}`), windowMs / most]);
  }
}
