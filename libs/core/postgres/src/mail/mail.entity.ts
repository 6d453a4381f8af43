import type { MailId } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { createdColumn, integer, key, named, optional, text, time } from '../column';

export interface StoredMail {
  readonly id: MailId;
  /** Recipient, language and message, as the key ring sealed them. */
  readonly sealed: string;
  readonly createdAt: Date;
  /** Not to be claimed before: in the future while a claim or a pause after a failure lasts. */
  readonly dueAt: Date;
  readonly attempts: number;
  readonly lastError?: string;
}

export const mailEntity = new EntitySchema<StoredMail>({
  name: 'Mail',
  tableName: 'mails',
  columns: {
    id: key,
    sealed: text,
    createdAt: createdColumn,
    dueAt: named('due_at', time),
    attempts: integer,
    lastError: named('last_error', optional(text)),
  },
  indices: [{ name: 'mails_due', columns: ['dueAt', 'id'] }],
});
