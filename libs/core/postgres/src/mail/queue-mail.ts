import type { KeyRing, MailMessage, OutgoingMail, Task } from '@gatehouse/core';
import { queueingTask } from '../tasks/queue-task';
import type { Row } from '../row';
import type { Statement } from '../transaction';

/** A tenant's transaction or the deployment's: the mail waits in the turn of whose transaction it stands in. */
interface AnyTransaction {
  rows(sql: string, values: unknown[]): Promise<Row[]>;
}

const awaited: ReadonlySet<MailMessage['kind']> = new Set(['link-code', 'password-reset']);
const aheadMs = 60 * 60_000;

/**
 * When it is due. Somebody sits before a page and waits for some: these go before what the same tenant has queued within the
 * hour, which may be a letter to each of 100,000 members. Between tenants turns decide.
 */
function dueAt({ createdAt, message: { kind } }: OutgoingMail): Date {
  return awaited.has(kind) ? new Date(createdAt.getTime() - aheadMs) : createdAt;
}

/** The statement that puts a mail into the queue: it is due at once. */
export function queueing(mail: OutgoingMail, keyRing: KeyRing): Statement {
  const { id, createdAt } = mail;
  const task: Task<'send-mail'> = { id, kind: 'send-mail', payload: mail, createdAt, dueAt: dueAt(mail) };
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
