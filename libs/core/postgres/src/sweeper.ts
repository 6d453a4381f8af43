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

const batch = 5000;

const sweepTraces = 'SELECT sweep_sign_in_traces($1, $2) AS swept';
const sweepSessions = 'SELECT sweep_sessions($1, $2) AS swept';

/** Forgets what has expired in all tenants. Nothing relies on it: every read checks the time itself. */
export class PostgresSweeper {
  constructor(private readonly database: DataSource) {}

  async sweep(now: Date): Promise<SweepCounts> {
    const [row] = await rowsOf(this.database, 'SELECT * FROM sweep_expired($1)', [now]);
    const models = await rowsOf(
      this.database,
      'DELETE FROM oidc_models WHERE expires_at <= $1 RETURNING kind',
      [now],
    );
    return {
      flows: row?.integer('flows') ?? 0,
      assertions: row?.integer('assertions') ?? 0,
      oidcModels: models.length,
      traces: await this.#inBatches(sweepTraces, new Date(now.getTime() - traceLifetimeMs)),
      sessions: await this.#inBatches(sweepSessions, now),
    };
  }

  // So that no statement holds the locks of a whole month.
  async #inBatches(sql: string, until: Date): Promise<number> {
    for (let swept = 0; ;) {
      const [row] = await rowsOf(this.database, sql, [until, batch]);
      const more = row?.integer('swept') ?? 0;
      swept += more;
      if (more < batch) return swept;
    }
  }
}
