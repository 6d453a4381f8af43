import {
  AccountStore,
  type Account,
  type Chance,
  type CredentialChange,
  type KeyRing,
  type PasswordChange,
  type UserId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { inDeployment } from '../deployment-transaction';
import { readUser } from '../members/member.row';
import type { Row } from '../row';
import { rowsOf } from '../transaction';
import { endSessionsAnywhere } from './end-sessions-anywhere';
import { announce, setPassword } from './set-password';

const accounts = `SELECT to_jsonb(u) AS person, p.hash, p.changed_at
  FROM users u LEFT JOIN passwords p ON p.user_id = u.id`;

export class PostgresAccountStore extends AccountStore {
  constructor(
    private readonly database: DataSource,
    private readonly keyRing: KeyRing,
    private readonly chance: Chance,
  ) {
    super();
  }

  async findAnywhere(user: UserId): Promise<Account | undefined> {
    return (await rowsOf(this.database, `${accounts} WHERE u.id = $1`, [user])).map(readAccount)[0];
  }

  async findByEmailAnywhere(key: string): Promise<Account | undefined> {
    return (await rowsOf(this.database, `${accounts} WHERE u.email_key = $1`, [key])).map(readAccount)[0];
  }

  async rehashAnywhere(user: UserId, from: string, to: string): Promise<void> {
    const sql = 'UPDATE passwords SET hash = $3 WHERE user_id = $1 AND hash = $2';
    await rowsOf(this.database, sql, [user, from, to]);
  }

  async setPasswordAnywhere(user: UserId, change: PasswordChange): Promise<void> {
    await inDeployment(this.database, async (transaction) => {
      await setPassword(transaction, user, change, this.keyRing, this.chance);
      return true;
    });
  }

  async removeFactorsAnywhere(user: UserId, change: CredentialChange): Promise<void> {
    const { at, actor, type } = change.because;
    await inDeployment(this.database, async (transaction) => {
      for (const table of ofSecondFactors)
        await transaction.rows(`DELETE FROM ${table} WHERE user_id = $1`, [user]);
      const ended = { user, at, actor, data: { reason: type } };
      await endSessionsAnywhere(transaction, ended, this.chance);
      await announce(transaction, user, change, this.keyRing, this.chance);
      return true;
    });
  }
}

// What was proven by one of them is worth nothing either.
const ofSecondFactors = ['totp_secrets', 'passkeys', 'recovery_codes', 'local_sign_ins'];

function readAccount(row: Row): Account {
  const hash = row.optionalText('hash');
  const user = readUser(row.object('person'));
  return hash === undefined ? { user } : { user, password: { hash, changedAt: row.date('changed_at') } };
}
