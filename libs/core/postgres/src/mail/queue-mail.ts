import type { KeyRing, OutgoingMail, Task } from '@gatehouse/core';
import { queueingTask } from '../tasks/queue-task';
import type { Row } from '../row';
import type { Statement } from '../transaction';

/** A tenant's transaction or the deployment's: the mail waits in the turn of whose transaction it stands in. */
interface AnyTransaction {
  rows(sql: string, values: unknown[]): Promise<Row[]>;
}

/** The statement that puts a mail into the queue: it is due at once. */
export function queueing(mail: OutgoingMail, keyRing: KeyRing): Statement {
  const { id, createdAt } = mail;
  const task: Task<'send-mail'> = { id, kind: 'send-mail', payload: mail, createdAt };
  return queueingTask(task, keyRing);
}

/** Puts a mail into the queue in the transaction of its cause: it is sent if that commits, and only then. */
export async function queueMail(
  transaction: AnyTransaction,
  mail: OutgoingMail,
  keyRing: KeyRing,
): Promise<void> {
  const { sql, values } = queueing(mail, keyRing);
  await transaction.rows(sql, values);
}
