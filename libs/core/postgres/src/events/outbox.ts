import { eventId, Outbox, tenantId, type EventId, type OutboxEvent } from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { readHappening } from '../audit/audit-entry.row';
import type { Row } from '../row';
import { rowsOf } from '../transaction';

/** Reaches the rows of all tenants by functions of the owner only: the application's role cannot delete from the table. */
export class PostgresOutbox extends Outbox {
  constructor(private readonly database: DataSource) {
    super();
  }

  async claimAnywhere(limit: number, now: Date): Promise<OutboxEvent[]> {
    const sql = `SELECT * FROM outbox_claim($1, $2, interval '1 minute') ORDER BY id`;
    return (await rowsOf(this.database, sql, [limit, now])).map(readEvent);
  }

  async delivered(ids: readonly EventId[]): Promise<void> {
    await rowsOf(this.database, 'SELECT outbox_delivered($1)', [ids]);
  }

  async failed(id: EventId, error: string, againAt: Date): Promise<void> {
    await rowsOf(this.database, 'SELECT outbox_failed($1, $2, $3)', [id, error, againAt]);
  }
}

function readEvent(row: Row): OutboxEvent {
  return {
    id: row.id('id', eventId),
    happening: readHappening(row.object('payload'), row.id('tenant_id', tenantId)),
    attempts: row.integer('attempts'),
  };
}
