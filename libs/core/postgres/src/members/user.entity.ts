import type { MailLanguage, User } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { createdColumn, key, named, optional, text } from '../column';

/** A user as stored: `emailKey` is what is unique in the whole deployment, `nameKey` what is searched in. */
export interface StoredUser extends User {
  readonly emailKey: string;
  readonly nameKey?: string;
  /** What the person last read a page of ours in, and is written to in. */
  readonly language?: MailLanguage;
}

export const userEntity = new EntitySchema<StoredUser>({
  name: 'User',
  tableName: 'users',
  columns: {
    id: key,
    email: text,
    emailKey: named('email_key', text),
    name: optional(text),
    nameKey: named('name_key', optional(text)),
    createdAt: createdColumn,
    language: optional(text),
  },
  uniques: [{ name: 'users_email_key', columns: ['emailKey'] }],
});
