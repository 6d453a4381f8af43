import {
  applicationId,
  LogoutNotices,
  sessionId,
  userId,
  type ApplicationId,
  type FailedAttempt,
  type LogoutNotice,
  type SessionId,
  type TenantId,
  type WaitingNotice,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import type { Row } from '../row';
import { rowsInTenant, rowsOf } from '../transaction';

// What was withdrawn is gone: whoever announces the same event again finds nobody to tell.
const raise = `WITH withdrawn AS (
    DELETE FROM oidc_models WHERE kind = 'Grant' AND payload ->> 'accountId' = $2
    RETURNING payload ->> 'clientId' AS client_id)
  INSERT INTO logout_notices
    (session_id, application_id, tenant_id, user_id, created_at, due_at, expires_at, attempts)
  SELECT DISTINCT s.id, a.id, s.tenant_id, s.user_id, $3::timestamptz, $3::timestamptz, s.expires_at, 0
  FROM withdrawn w
  JOIN applications a ON a.id = w.client_id AND a.backchannel_logout_uri IS NOT NULL
  JOIN sessions s ON s.tenant_id = $1 AND s.id = $2
  ON CONFLICT (session_id, application_id) DO NOTHING`;

/** Reaches the rows of all tenants by functions of the owner only, as the outbox does. */
export class PostgresLogoutNotices extends LogoutNotices {
  constructor(private readonly database: DataSource) {
    super();
  }

  async raise(tenantId: TenantId, id: SessionId, now: Date): Promise<void> {
    await rowsInTenant(this.database, tenantId, raise, [tenantId, id, now]);
  }

  async claimAnywhere(mostOfOne: number, now: Date): Promise<LogoutNotice[]> {
    const sql = `SELECT session_id, application_id, user_id, attempts, uri
      FROM logout_notices_claim($1, $2, interval '1 minute')`;
    return (await rowsOf(this.database, sql, [mostOfOne, now])).map(readNotice);
  }

  async delivered(notice: LogoutNotice): Promise<void> {
    const sql = 'SELECT logout_notices_delivered($1, $2)';
    await rowsOf(this.database, sql, [notice.sessionId, notice.applicationId]);
  }

  async failed(notice: LogoutNotice, { error, againAt, othersAgainAt }: FailedAttempt): Promise<void> {
    const sql = 'SELECT logout_notices_failed($1, $2, $3, $4, $5)';
    const of = [notice.sessionId, notice.applicationId, error];
    if (othersAgainAt) await rowsOf(this.database, sql, [...of, othersAgainAt, true]);
    await rowsOf(this.database, sql, [...of, againAt, false]);
  }

  async waitingFor(application: ApplicationId, limit: number): Promise<WaitingNotice[]> {
    const sql = 'SELECT session_id, attempts, due_at, last_error FROM logout_notices_of($1, $2)';
    return (await rowsOf(this.database, sql, [application, limit])).map(readWaiting);
  }
}

function readNotice(row: Row): LogoutNotice {
  return {
    sessionId: row.id('session_id', sessionId),
    applicationId: row.id('application_id', applicationId),
    userId: row.id('user_id', userId),
    attempts: row.integer('attempts'),
    uri: row.text('uri'),
  };
}

function readWaiting(row: Row): WaitingNotice {
  const lastError = row.optionalText('last_error');
  return {
    sessionId: row.id('session_id', sessionId),
    attempts: row.integer('attempts'),
    dueAt: row.date('due_at'),
    ...(lastError !== undefined && { lastError }),
  };
}
