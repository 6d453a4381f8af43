import {
  connectionId as connectionIds,
  isSameNameId,
  logoutId,
  LogoutStore,
  sessionId,
  tenantId as tenantIds,
  type AskedLogout,
  type Chance,
  type ConnectionId,
  type Happening,
  type SessionId,
  type StartedLogout,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { rememberAssertion } from '../login/remember-assertion';
import type { Row } from '../row';
import { inTenant, type TenantTransaction } from '../transaction';
import { readNameId } from './session.row';

export class PostgresLogoutStore extends LogoutStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  endSessions(
    tenantId: TenantId,
    connectionId: ConnectionId,
    asked: AskedLogout,
    now: Date,
    because: (ended: readonly SessionId[]) => readonly Happening[],
  ): Promise<readonly SessionId[] | 'replayed'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      // A space is in no xs:ID, so that this never meets the ID of an assertion.
      const message = { id: `logout ${asked.requestId}`, rememberUntil: asked.rememberUntil };
      if (!(await rememberAssertion(transaction, connectionId, message))) return 'replayed';
      const ended = await end(transaction, await findNamed(transaction, connectionId, asked, now), now);
      for (const fact of because(ended)) await transaction.note(fact, this.chance);
      return ended;
    });
  }

  start(tenantId: TenantId, logout: StartedLogout, because: Happening): Promise<void> {
    return inTenant(this.database, tenantId, async (transaction) => {
      await transaction.rows(
        `INSERT INTO logouts (id, tenant_id, connection_id, session_id, request_id, return_url, started_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          ...[logout.id, logout.tenantId, logout.connectionId, logout.sessionId, logout.requestId],
          ...[logout.returnUrl, logout.startedAt, logout.expiresAt],
        ],
      );
      await transaction.note(because, this.chance);
    });
  }

  take(
    tenantId: TenantId,
    connectionId: ConnectionId,
    requestId: string,
    now: Date,
    because: (taken: StartedLogout) => Happening,
  ): Promise<StartedLogout | undefined> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const row = await transaction.row(
        `DELETE FROM logouts WHERE tenant_id = $1 AND connection_id = $2 AND request_id = $3 AND expires_at > $4
         RETURNING *`,
        [tenantId, connectionId, requestId, now],
      );
      if (!row) return undefined;
      const taken = readLogout(row);
      await transaction.note(because(taken), this.chance);
      return taken;
    });
  }
}

async function findNamed(
  transaction: TenantTransaction,
  connectionId: ConnectionId,
  { nameId, sessionIndexes }: AskedLogout,
  now: Date,
): Promise<SessionId[]> {
  const rows = await transaction.rows(
    `SELECT id, name_id FROM sessions
     WHERE tenant_id = $1 AND connection_id = $2 AND name_id_value = $3 AND ended_at IS NULL AND expires_at > $4
       AND (cardinality($5::text[]) = 0 OR session_index = ANY ($5::text[]))
     FOR UPDATE`,
    [transaction.tenantId, connectionId, nameId.value, now, sessionIndexes],
  );
  return rows
    .filter((row) => isSameNameId(readNameId(row.object('name_id')), nameId))
    .map((row) => row.id('id', sessionId));
}

async function end(
  transaction: TenantTransaction,
  sessions: readonly SessionId[],
  now: Date,
): Promise<SessionId[]> {
  const rows = await transaction.rows(
    'UPDATE sessions SET ended_at = $3 WHERE tenant_id = $1 AND id = ANY ($2) AND ended_at IS NULL RETURNING id',
    [transaction.tenantId, sessions, now],
  );
  return rows.map((row) => row.id('id', sessionId));
}

function readLogout(row: Row): StartedLogout {
  return {
    id: row.id('id', logoutId),
    tenantId: row.id('tenant_id', tenantIds),
    connectionId: row.id('connection_id', connectionIds),
    sessionId: row.id('session_id', sessionId),
    requestId: row.text('request_id'),
    returnUrl: row.text('return_url'),
    startedAt: row.date('started_at'),
    expiresAt: row.date('expires_at'),
  };
}
