import {
  deadLetterKeptMs,
  endedInvitationKeptMs,
  endedLinkRequestKeptMs,
  endedTokenKeptMs,
  requestKeptMs,
  traceLifetimeMs,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { rowsOf } from './transaction';

export interface SweepCounts {
  readonly flows: number;
  readonly assertions: number;
  readonly oidcModels: number;
  readonly traces: number;
  readonly sessions: number;
  readonly logoutNotices: number;
  readonly limits: number;
  readonly tries: number;
  readonly localSignIns: number;
  readonly passwordResets: number;
  readonly passkeyChallenges: number;
  readonly apiTokens: number;
  readonly invitations: number;
  readonly deadTasks: number;
  readonly linkRequests: number;
  readonly pendingLinks: number;
  readonly directoryTokens: number;
  readonly directoryRequests: number;
}

const sweepTraces = 'SELECT sweep_sign_in_traces($1, $2) AS swept';
const sweepSessions = 'SELECT sweep_sessions($1, $2) AS swept';
const sweepNotices = 'SELECT sweep_logout_notices($1, $2) AS swept';
const sweepApiTokens = 'SELECT sweep_api_tokens($1, $2) AS swept';
const sweepInvitations = 'SELECT sweep_invitations_anywhere($1, $2) AS swept';
const sweepPendingLinks = 'SELECT sweep_pending_links_anywhere($1, $2) AS swept';
const sweepLinkRequests = 'SELECT sweep_link_requests_anywhere($1, $2) AS swept';
const sweepDeadTasks = 'SELECT sweep_dead_tasks($1, $2) AS swept';
const sweepDirectoryTokens = 'SELECT sweep_directory_tokens($1, $2) AS swept';
const sweepDirectoryRequests = 'SELECT sweep_directory_requests($1, $2) AS swept';
const sweepLimits = deletingBy('rate_limits', 'key', 'spent_until');
const sweepTries = deletingBy('sign_in_tries', 'key', 'expires_at');
const sweepLocalSignIns = deletingBy('local_sign_ins', 'id', 'expires_at');
const sweepResets = deletingBy('password_resets', 'key', 'expires_at');
const sweepChallenges = deletingBy('passkey_challenges', 'hash', 'expires_at');
const sweepModels = deletingBy('oidc_models', 'kind, id_hash', 'expires_at');

// The time is asked twice: a row that is used again meanwhile stays.
function deletingBy(table: string, key: string, end: string): string {
  return `WITH swept AS (
    DELETE FROM ${table}
    WHERE ${end} <= $1 AND (${key}) IN (SELECT ${key} FROM ${table} WHERE ${end} <= $1 ORDER BY ${end} LIMIT $2)
    RETURNING 1)
  SELECT count(*)::integer AS swept FROM swept`;
}

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
      logoutNotices: await this.#inBatches(sweepNotices, now),
      limits: await this.#inBatches(sweepLimits, now),
      tries: await this.#inBatches(sweepTries, now),
      localSignIns: await this.#inBatches(sweepLocalSignIns, now),
      passwordResets: await this.#inBatches(sweepResets, now),
      passkeyChallenges: await this.#inBatches(sweepChallenges, now),
      apiTokens: await this.#inBatches(sweepApiTokens, new Date(now.getTime() - endedTokenKeptMs)),
      directoryTokens: await this.#inBatches(
        sweepDirectoryTokens,
        new Date(now.getTime() - endedTokenKeptMs),
      ),
      directoryRequests: await this.#inBatches(
        sweepDirectoryRequests,
        new Date(now.getTime() - requestKeptMs),
      ),
      invitations: await this.#inBatches(sweepInvitations, new Date(now.getTime() - endedInvitationKeptMs)),
      deadTasks: await this.#inBatches(sweepDeadTasks, new Date(now.getTime() - deadLetterKeptMs)),
      pendingLinks: await this.#inBatches(sweepPendingLinks, now),
      linkRequests: await this.#inBatches(
        sweepLinkRequests,
        new Date(now.getTime() - endedLinkRequestKeptMs),
      ),
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
