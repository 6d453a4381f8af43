import {
  PasswordResetStore,
  userId,
  type Chance,
  type KeyRing,
  type OutgoingMail,
  type PasswordChange,
  type PasswordReset,
  type User,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { inDeployment } from '../deployment-transaction';
import { sealMail } from '../mail/mail.row';
import { readUser } from '../members/member.row';
import { rowsOf } from '../transaction';
import { setPassword } from './set-password';

// One statement and one written row for everybody: what differs for an unknown account is the mail that nobody gets.
const beginning = `
  WITH begun AS (
    INSERT INTO password_resets (key, token_hash, user_id, expires_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (key) DO UPDATE
      SET token_hash = excluded.token_hash, user_id = excluded.user_id, expires_at = excluded.expires_at
    RETURNING user_id)
  INSERT INTO tasks (id, kind, payload, created_at, due_at)
  SELECT $5, 'send-mail', $6, $7::timestamptz, $7::timestamptz FROM begun WHERE user_id IS NOT NULL`;

const finding = `SELECT to_jsonb(u) AS person FROM password_resets r JOIN users u ON u.id = r.user_id
  WHERE r.token_hash = $1 AND r.expires_at > $2`;

export class PostgresPasswordResetStore extends PasswordResetStore {
  constructor(
    private readonly database: DataSource,
    private readonly keyRing: KeyRing,
    private readonly chance: Chance,
  ) {
    super();
  }

  async beginAnywhere(
    { key, tokenHash, userId: user, expiresAt }: PasswordReset,
    mail: OutgoingMail,
  ): Promise<void> {
    const sealed = sealMail(mail, this.keyRing);
    const values = [key, tokenHash, user, expiresAt, mail.id, sealed, mail.createdAt];
    await rowsOf(this.database, beginning, values);
  }

  async findAnywhere(tokenHash: string, now: Date): Promise<User | undefined> {
    const rows = await rowsOf(this.database, finding, [tokenHash, now]);
    return rows.map((row) => readUser(row.object('person')))[0];
  }

  async completeAnywhere(tokenHash: string, change: PasswordChange): Promise<'done' | 'unknown'> {
    const done = await inDeployment(this.database, async (transaction) => {
      const [taken] = await transaction.rows(
        'DELETE FROM password_resets WHERE token_hash = $1 AND user_id IS NOT NULL AND expires_at > $2 RETURNING user_id',
        [tokenHash, change.changedAt],
      );
      if (!taken) return false;
      await setPassword(transaction, taken.id('user_id', userId), change, this.keyRing, this.chance);
      return true;
    });
    return done ? 'done' : 'unknown';
  }
}
