import {
  applicationId,
  arrivalId,
  ArrivalStore,
  connectionId as connectionIds,
  sessionId as sessionIds,
  tenantId as tenantIds,
  type Arrival,
  type ArrivalId,
  type Chance,
  type ConnectionId,
  type Happening,
  type SessionId,
  type TakenArrival,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import type { Row } from '../row';
import { inTenant, rowsOf } from '../transaction';
import { rememberAssertion } from './remember-assertion';

export class PostgresArrivalStore extends ArrivalStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  begin(
    tenantId: TenantId,
    arrival: Arrival,
    assertion: { readonly id: string; readonly rememberUntil: Date },
    because: Happening,
  ): Promise<'begun' | 'replayed'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      if (!(await rememberAssertion(transaction, arrival.connectionId, assertion))) return 'replayed';
      await transaction.rows(
        `INSERT INTO arrivals (id, tenant_id, connection_id, application_id, arrived_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [
          ...[arrival.id, arrival.tenantId, arrival.connectionId, arrival.applicationId],
          ...[arrival.arrivedAt, arrival.expiresAt],
        ],
      );
      await transaction.note(because, this.chance);
      return 'begun';
    });
  }

  leave(
    tenantId: TenantId,
    id: ArrivalId,
    { ticketHash, sessionId }: { readonly ticketHash: string; readonly sessionId?: SessionId },
  ): Promise<void> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const left = await transaction.row(
        `UPDATE arrivals SET ticket_hash = $3, session_id = $4
         WHERE tenant_id = $1 AND id = $2 AND ticket_hash IS NULL RETURNING id`,
        [tenantId, id, ticketHash, sessionId],
      );
      if (!left) throw new Error(`The arrival ${id} does not exist, or has a result already.`);
    });
  }

  async bindAnywhere(
    ticketHash: string,
    browserKeyHash: string,
    now: Date,
  ): Promise<Arrival | 'unknown' | 'other-browser'> {
    const [row] = await rowsOf(this.database, 'SELECT arrival_by_ticket($1) AS tenant_id', [ticketHash]);
    if (row?.optionalText('tenant_id') === undefined) return 'unknown';
    const tenantId = row.id('tenant_id', tenantIds);
    return inTenant(this.database, tenantId, async (transaction) => {
      const bound = await transaction.row(
        `UPDATE arrivals SET browser_key_hash = coalesce(browser_key_hash, $2)
         WHERE tenant_id = $4 AND ticket_hash = $1 AND taken_at IS NULL AND expires_at > $3 RETURNING *`,
        [ticketHash, browserKeyHash, now, tenantId],
      );
      if (!bound) return 'unknown';
      return bound.text('browser_key_hash') === browserKeyHash ? readArrival(bound) : 'other-browser';
    });
  }

  async waits(
    tenantId: TenantId,
    connectionId: ConnectionId,
    browserKeyHash: string,
    now: Date,
  ): Promise<boolean> {
    const waiting = await inTenant(this.database, tenantId, (transaction) =>
      transaction.row(
        `SELECT id FROM arrivals WHERE browser_key_hash = $1 AND connection_id = $2 AND tenant_id = $3
           AND taken_at IS NULL AND expires_at > $4 LIMIT 1`,
        [browserKeyHash, connectionId, tenantId, now],
      ),
    );
    return waiting !== undefined;
  }

  take(
    tenantId: TenantId,
    connectionId: ConnectionId,
    browserKeyHash: string,
    now: Date,
  ): Promise<TakenArrival | undefined> {
    return inTenant(this.database, tenantId, async (transaction) => {
      // IDs sort by time of creation.
      const newest = await transaction.row(
        `WITH taken AS (
           UPDATE arrivals SET taken_at = $4 WHERE browser_key_hash = $1 AND connection_id = $2 AND tenant_id = $3
             AND taken_at IS NULL AND expires_at > $4 RETURNING id, session_id)
         SELECT session_id FROM taken ORDER BY id DESC LIMIT 1`,
        [browserKeyHash, connectionId, tenantId, now],
      );
      return newest && readTaken(newest);
    });
  }
}

function readArrival(row: Row): Arrival {
  return {
    id: row.id('id', arrivalId),
    tenantId: row.id('tenant_id', tenantIds),
    connectionId: row.id('connection_id', connectionIds),
    ...(row.optionalText('application_id') !== undefined && {
      applicationId: row.id('application_id', applicationId),
    }),
    arrivedAt: row.date('arrived_at'),
    expiresAt: row.date('expires_at'),
  };
}

function readTaken(row: Row): TakenArrival {
  return row.optionalText('session_id') === undefined ? {} : { sessionId: row.id('session_id', sessionIds) };
}
