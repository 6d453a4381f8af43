import { traceLifetimeMs } from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { rowsOf } from './transaction';

export interface SweepCounts {
  readonly flows: number;
  readonly assertions: number;
  readonly oidcModels: number;
  readonly traces: number;
  readonly sessions: number;
}

const sweepTraces = 'SELECT sweep_sign_in_traces($1, $2) AS swept';
const sweepSessions = 'SELECT sweep_sessions($1, $2) AS swept';
const sweepModels = `WITH swept AS (
    DELETE FROM oidc_models WHERE (kind, id_hash) IN
      (SELECT kind, id_hash FROM oidc_models WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)
    RETURNING 1)
  SELECT count(*)::integer AS swept FROM swept`;

/** Forgets what has expired in all tenants. Nothing relies on it: every read checks the time itself. */
export class PostgresSweeper {
  constructor(
    private readonly database: DataSource,
    private readonly batch = 5000,
  ) {}

  async sweep(now: Date): Promise<SweepCounts> {
    const [row] = await rowsOf(this.database, 'SELECT * FROM sweep_expired($1)', [now]);
    return {
      flows: row?.integer('flows') ?? 0,
      assertions: row?.integer('assertions') ?? 0,
      oidcModels: await this.#inBatches(sweepModels, now),
      traces: await this.#inBatches(sweepTraces, new Date(now.getTime() - traceLifetimeMs)),
      sessions: await this.#inBatches(sweepSessions, now),
    };
  }

  // So that no statement holds the locks of a whole month, nor answers with as many rows.
  async #inBatches(sql: string, until: Date): Promise<number> {
    for (let swept = 0; ;) {
      const [row] = await rowsOf(this.database, sql, [until, this.batch]);
      const more = row?.integer('swept') ?? 0;
      swept += more;
      if (more < this.batch) return swept;
    }
  }
}
