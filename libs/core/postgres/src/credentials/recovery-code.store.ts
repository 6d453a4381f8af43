import {
  RecoveryCodeStore,
  type Chance,
  type CredentialChange,
  type KeyRing,
  type UserId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { inDeployment, type DeploymentTransaction } from '../deployment-transaction';
import { rowsOf } from '../transaction';
import { announce } from './set-password';

const adding = `INSERT INTO recovery_codes (user_id, hash, created_at)
  SELECT $1, hash, $3::timestamptz FROM unnest($2::text[]) AS fresh (hash)`;

export class PostgresRecoveryCodeStore extends RecoveryCodeStore {
  constructor(
    private readonly database: DataSource,
    private readonly keyRing: KeyRing,
    private readonly chance: Chance,
  ) {
    super();
  }

  async replaceAnywhere(user: UserId, hashes: readonly string[], change: CredentialChange): Promise<void> {
    await inDeployment(this.database, async (transaction) => {
      await transaction.rows('DELETE FROM recovery_codes WHERE user_id = $1', [user]);
      await transaction.rows(adding, [user, hashes, change.because.at]);
      await announce(transaction, user, change, this.keyRing, this.chance);
      return true;
    });
  }

  async unusedAnywhere(user: UserId): Promise<readonly string[]> {
    const sql = 'SELECT hash FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL ORDER BY hash';
    return (await rowsOf(this.database, sql, [user])).map((row) => row.text('hash'));
  }

  async useAnywhere(user: UserId, hash: string, change: CredentialChange): Promise<'used' | 'stale'> {
    const using = `UPDATE recovery_codes SET used_at = $3
      WHERE user_id = $1 AND hash = $2 AND used_at IS NULL RETURNING hash`;
    const done = await inDeployment(this.database, async (transaction) => {
      const rows = await transaction.rows(using, [user, hash, change.because.at]);
      if (rows.length > 0) await announce(transaction, user, change, this.keyRing, this.chance);
      return rows.length > 0;
    });
    return done ? 'used' : 'stale';
  }
}

/** Within the transaction that removed a factor: codes stand in for another factor, and alone they would be asked for in vain. */
export async function forgetIdleRecoveryCodes({ rows }: DeploymentTransaction, user: UserId): Promise<void> {
  await rows(
    `DELETE FROM recovery_codes WHERE user_id = $1
       AND NOT EXISTS (SELECT FROM totp_secrets WHERE user_id = $1 AND confirmed_at IS NOT NULL)
       AND NOT EXISTS (SELECT FROM passkeys WHERE user_id = $1)`,
    [user],
  );
}
