import type { KeyRing, OutgoingMail } from '@gatehouse/core';
import type { Row } from '../row';
import { writePayload } from '../tasks/task.row';

interface AnyTransaction {
  rows(sql: string, values: unknown[]): Promise<Row[]>;
}

/** What `queueMail` does, of many letters in one statement. */
export async function queueMails(
  transaction: AnyTransaction,
  mails: readonly OutgoingMail[],
  keyRing: KeyRing,
): Promise<void> {
  const tasks = mails.map((payload) => ({ ...payload, kind: 'send-mail' as const, payload }));
  await transaction.rows(
    `INSERT INTO tasks (id, kind, payload, created_at, due_at)
     SELECT id, 'send-mail', payload, created_at, created_at
     FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS t (id, payload, created_at) ON CONFLICT DO NOTHING`,
    [
      tasks.map(({ id }) => id),
      tasks.map((task) => writePayload(task, keyRing)),
      tasks.map(({ createdAt }) => createdAt.toISOString()),
    ],
  );
}
