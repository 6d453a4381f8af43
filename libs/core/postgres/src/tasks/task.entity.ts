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
  /** Since when a worker has it in hand: each attempt is opened once. */
  readonly openedAt?: Date;
  readonly replayedAt?: Date;
  /** Attempts that do not count (any more): of a life before a replay, or refused by the queue. */
  readonly spent: number;
  /** Workers in a row that had it in hand and were not heard of again. */
  readonly lost: number;
}

export const taskEntity = new EntitySchema<StoredTask>({
  name: 'Task',
  tableName: 'tasks',
  columns: {
    id: key,
    kind: text,
    tenantId: {
      ...optional(tenantColumn),
      default: () => `"substring"(current_setting('gatehouse.tenant', true), '.+')`,
    },
    payload: text,
    createdAt: createdColumn,
    dueAt: named('due_at', time),
    attempts: { ...integer, default: 0 },
    handedAt: named('handed_at', optional(time)),
    deadAt: named('dead_at', optional(time)),
    lastError: named('last_error', optional(text)),
    openedAt: named('opened_at', optional(time)),
    replayedAt: named('replayed_at', optional(time)),
    spent: { ...integer, default: 0 },
    lost: { ...integer, default: 0 },
  },
  indices: [
    {
      ...{ name: 'tasks_handed', columns: ['kind', 'dueAt'] },
      where: '((handed_at IS NOT NULL) AND (dead_at IS NULL))',
    },
    { name: 'tasks_dead_since', columns: ['deadAt'], where: '(dead_at IS NOT NULL)' },
    // On an expression as well, which an entity cannot tell.
    { name: 'tasks_waiting', columns: ['kind', 'dueAt', 'id'], synchronize: false },
  ],
});
