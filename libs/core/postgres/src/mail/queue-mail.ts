import type { KeyRing, OutgoingMail } from '@gatehouse/core';
import type { Row } from '../row';
import type { Statement } from '../transaction';
import { sealMail } from './mail.row';

/** A tenant's transaction or the deployment's: a mail belongs to neither, but commits with its cause. */
interface AnyTransaction {
  rows(sql: string, values: unknown[]): Promise<Row[]>;
}

/** The statement that puts a mail into the queue: it is due at once. */
export function queueing(mail: OutgoingMail, keyRing: KeyRing): Statement {
  return {
    sql: 'INSERT INTO mails (id, sealed, created_at, due_at, attempts) VALUES ($1, $2, $3, $3, 0)',
    values: [mail.id, sealMail(mail, keyRing), mail.createdAt],
  };
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
