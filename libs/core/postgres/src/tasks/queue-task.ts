import type { KeyRing, Task } from '@gatehouse/core';
import type { Row } from '../row';
import type { Statement } from '../transaction';
import { writePayload } from './task.row';

/** A tenant's transaction or the deployment's: the task is of whose transaction it stands in. */
interface AnyTransaction {
  rows(sql: string, values: unknown[]): Promise<Row[]>;
}

/** The statement that puts a task into the queue; one that is there already stays as it is. */
export function queueingTask(task: Task, keyRing: KeyRing): Statement {
  const { id, kind, createdAt, dueAt = createdAt } = task;
  return {
    sql: `INSERT INTO tasks (id, kind, payload, created_at, due_at) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT DO NOTHING`,
    values: [id, kind, writePayload(task, keyRing), createdAt, dueAt],
  };
}

/** Puts a task into the queue in the transaction of its cause: it is done if that commits, and only then. */
export async function queueTask(transaction: AnyTransaction, task: Task, keyRing: KeyRing): Promise<void> {
  const { sql, values } = queueingTask(task, keyRing);
  await transaction.rows(sql, values);
}
