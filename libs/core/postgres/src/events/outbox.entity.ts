import type { EventId, TenantId } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { createdColumn, integer, json, key, named, optional, tenantColumn, text, time } from '../column';

export interface StoredEvent {
  readonly id: EventId;
  readonly tenantId: TenantId;
  readonly type: string;
  readonly payload: unknown;
  readonly createdAt: Date;
  /** Not to be claimed before: in the future while a claim or a pause after a failure lasts. */
  readonly dueAt: Date;
  readonly attempts: number;
  readonly lastError?: string;
}

export const outboxEntity = new EntitySchema<StoredEvent>({
  name: 'OutboxEvent',
  tableName: 'outbox',
  columns: {
    id: key,
    tenantId: tenantColumn,
    type: text,
    payload: json,
    createdAt: createdColumn,
    dueAt: named('due_at', time),
    attempts: integer,
    lastError: named('last_error', optional(text)),
  },
  indices: [{ name: 'outbox_tenant_due', columns: ['tenantId', 'dueAt', 'id'] }],
});
