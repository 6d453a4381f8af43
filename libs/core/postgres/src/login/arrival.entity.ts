import type { Arrival, SessionId } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { key, named, optional, tenantColumn, text, time } from '../column';

/** An arrival with what has become of it. */
export interface StoredArrival extends Arrival {
  readonly ticketHash?: string;
  readonly sessionId?: SessionId;
  readonly browserKeyHash?: string;
  readonly takenAt?: Date;
}

export const arrivalEntity = new EntitySchema<StoredArrival>({
  name: 'Arrival',
  tableName: 'arrivals',
  columns: {
    id: key,
    tenantId: tenantColumn,
    connectionId: named('connection_id', text),
    applicationId: named('application_id', optional(text)),
    arrivedAt: named('arrived_at', time),
    expiresAt: named('expires_at', time),
    ticketHash: named('ticket_hash', optional(text)),
    sessionId: named('session_id', optional(text)),
    browserKeyHash: named('browser_key_hash', optional(text)),
    takenAt: named('taken_at', optional(time)),
  },
  uniques: [{ name: 'arrivals_ticket', columns: ['ticketHash'] }],
  indices: [
    { name: 'arrivals_browser', columns: ['browserKeyHash', 'connectionId'] },
    { name: 'arrivals_expiry', columns: ['expiresAt'] },
  ],
  foreignKeys: [
    {
      name: 'arrivals_tenant_fk',
      target: 'Tenant',
      columnNames: ['tenantId'],
      referencedColumnNames: ['id'],
    },
  ],
});
