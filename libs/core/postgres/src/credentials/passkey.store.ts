import {
  PasskeyStore,
  userId as userIds,
  type Chance,
  type CredentialChange,
  type KeyRing,
  type Passkey,
  type PasskeyChallenge,
  type User,
  type UserId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { inDeployment } from '../deployment-transaction';
import { readUser } from '../members/member.row';
import type { Row } from '../row';
import { rowsOf } from '../transaction';
import { forgetIdleRecoveryCodes } from './recovery-code.store';
import { announce } from './set-password';

// A counter has 32 bits without sign: read as text, since pg gives a bigint so.
const columns = `p.id, p.user_id, p.public_key, p.counter::text AS counter, p.transports, p.label, p.backed_up,
  p.created_at, p.last_used_at`;

const adding = `INSERT INTO passkeys (id, user_id, public_key, counter, transports, label, backed_up, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING RETURNING id`;

export class PostgresPasskeyStore extends PasskeyStore {
  constructor(
    private readonly database: DataSource,
    private readonly keyRing: KeyRing,
    private readonly chance: Chance,
  ) {
    super();
  }

  async askAnywhere({ hash, purpose, askedOf }: PasskeyChallenge, expiresAt: Date): Promise<void> {
    const sql =
      'INSERT INTO passkey_challenges (hash, purpose, asked_of, expires_at) VALUES ($1, $2, $3, $4)';
    await rowsOf(this.database, sql, [hash, purpose, askedOf, expiresAt]);
  }

  async takeAnywhere({ hash, purpose, askedOf }: PasskeyChallenge, now: Date): Promise<boolean> {
    const sql = `DELETE FROM passkey_challenges
      WHERE hash = $1 AND purpose = $2 AND asked_of = $3 AND expires_at > $4 RETURNING hash`;
    return (await rowsOf(this.database, sql, [hash, purpose, askedOf, now])).length > 0;
  }

  async listAnywhere(user: UserId): Promise<readonly Passkey[]> {
    const sql = `SELECT ${columns} FROM passkeys p WHERE p.user_id = $1 ORDER BY p.created_at, p.id`;
    return (await rowsOf(this.database, sql, [user])).map(readPasskey);
  }

  async findAnywhere(id: string): Promise<{ readonly passkey: Passkey; readonly user: User } | undefined> {
    const sql = `SELECT ${columns}, to_jsonb(u) AS person FROM passkeys p JOIN users u ON u.id = p.user_id
      WHERE p.id = $1`;
    const [row] = await rowsOf(this.database, sql, [id]);
    return row && { passkey: readPasskey(row), user: readUser(row.object('person')) };
  }

  async addAnywhere(passkey: Passkey, change: CredentialChange): Promise<'added' | 'taken'> {
    const { id, userId, publicKey, counter, transports, label, backedUp, createdAt } = passkey;
    const values = [id, userId, publicKey, counter, JSON.stringify(transports), label, backedUp, createdAt];
    const done = await inDeployment(this.database, async (transaction) => {
      const rows = await transaction.rows(adding, values);
      if (rows.length > 0) await announce(transaction, userId, change, this.keyRing, this.chance);
      return rows.length > 0;
    });
    return done ? 'added' : 'taken';
  }

  async usedAnywhere(id: string, counter: number, at: Date): Promise<'used' | 'stale'> {
    const sql = `UPDATE passkeys SET counter = $2::bigint, last_used_at = $3
      WHERE id = $1 AND (counter < $2::bigint OR (counter = 0 AND $2::bigint = 0)) RETURNING id`;
    return (await rowsOf(this.database, sql, [id, counter, at])).length > 0 ? 'used' : 'stale';
  }

  async removeAnywhere(user: UserId, id: string, change: CredentialChange): Promise<'removed' | 'absent'> {
    const removing = 'DELETE FROM passkeys WHERE user_id = $1 AND id = $2 RETURNING id';
    const done = await inDeployment(this.database, async (transaction) => {
      const rows = await transaction.rows(removing, [user, id]);
      if (rows.length === 0) return false;
      await forgetIdleRecoveryCodes(transaction, user);
      await announce(transaction, user, change, this.keyRing, this.chance);
      return true;
    });
    return done ? 'removed' : 'absent';
  }
}

function readPasskey(row: Row): Passkey {
  const lastUsedAt = row.optionalDate('last_used_at');
  return {
    id: row.text('id'),
    userId: row.id('user_id', userIds),
    publicKey: row.text('public_key'),
    counter: Number(row.text('counter')),
    transports: row.texts('transports'),
    label: row.text('label'),
    backedUp: row.flag('backed_up'),
    createdAt: row.date('created_at'),
    ...(lastUsedAt && { lastUsedAt }),
  };
}
