import type { MailId, TaskId, TaskKind, TenantId } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { createdColumn, integer, key, named, optional, tenantColumn, text, time } from '../column';

export interface StoredTask {
  readonly id: TaskId | MailId;
  readonly kind: TaskKind;
  readonly tenantId?: TenantId;
  /** As `task.row` writes it: sealed where only a holder of the key may read it. */
  readonly payload: string;
  readonly createdAt: Date;
  /** Not to be handed out before: in the future while a lease, or a pause after a failure, lasts. */
  readonly dueAt: Date;
  readonly attempts: number;
  /** Since when a worker has it, or is to have it. */
  readonly handedAt?: Date;
  /** Since when nobody tries it any more. */
  readonly deadAt?: Date;
  readonly lastError?: string;
}

export const taskEntity = new EntitySchema<StoredTask>({
  name: 'Task',
  tableName: 'tasks',
  columns: {
    id: key,
    kind: text,
    tenantId: {
      ...optional(tenantColumn),
      default: () => "NULLIF(current_setting('gatehouse.tenant'::text, true), ''::text)",
    },
    payload: text,
    createdAt: createdColumn,
    dueAt: named('due_at', time),
    attempts: { ...integer, default: 0 },
    handedAt: named('handed_at', optional(time)),
    deadAt: named('dead_at', optional(time)),
    lastError: named('last_error', optional(text)),
  },
});
