import {
  TotpStore,
  type Chance,
  type CredentialChange,
  type KeyRing,
  type TotpSecret,
  type UserId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { inDeployment } from '../deployment-transaction';
import { rowsOf } from '../transaction';
import { forgetIdleRecoveryCodes } from './recovery-code.store';
import { announce } from './set-password';

export class PostgresTotpStore extends TotpStore {
  constructor(
    private readonly database: DataSource,
    private readonly keyRing: KeyRing,
    private readonly chance: Chance,
  ) {
    super();
  }

  async findAnywhere(user: UserId): Promise<TotpSecret | undefined> {
    const sql = `SELECT sealed_secret, confirmed_at IS NOT NULL AS confirmed, offered_to
      FROM totp_secrets WHERE user_id = $1`;
    const [row] = await rowsOf(this.database, sql, [user]);
    const offeredTo = row?.optionalText('offered_to');
    return (
      row && {
        sealed: row.text('sealed_secret'),
        confirmed: row.flag('confirmed'),
        ...(offeredTo !== undefined && { offeredTo }),
      }
    );
  }

  async beginAnywhere(
    user: UserId,
    { sealed, offeredTo }: { readonly sealed: string; readonly offeredTo: string },
    now: Date,
  ): Promise<'begun' | 'exists'> {
    const begun = await rowsOf(
      this.database,
      `INSERT INTO totp_secrets AS t (user_id, sealed_secret, offered_to, created_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (user_id) DO UPDATE
         SET sealed_secret = excluded.sealed_secret, offered_to = excluded.offered_to, created_at = excluded.created_at
         WHERE t.confirmed_at IS NULL
       RETURNING user_id`,
      [user, sealed, offeredTo, now],
    );
    return begun.length > 0 ? 'begun' : 'exists';
  }

  async confirmAnywhere(
    user: UserId,
    sealed: string,
    step: number,
    change: CredentialChange,
  ): Promise<'confirmed' | 'meanwhile'> {
    const confirming = `UPDATE totp_secrets SET confirmed_at = $4, last_step = $3, offered_to = NULL
      WHERE user_id = $1 AND sealed_secret = $2 AND confirmed_at IS NULL RETURNING user_id`;
    const done = await inDeployment(this.database, async (transaction) => {
      const rows = await transaction.rows(confirming, [user, sealed, step, change.because.at]);
      if (rows.length > 0) await announce(transaction, user, change, this.keyRing, this.chance);
      return rows.length > 0;
    });
    return done ? 'confirmed' : 'meanwhile';
  }

  async useStepAnywhere(user: UserId, step: number): Promise<'used' | 'stale'> {
    const sql = `UPDATE totp_secrets SET last_step = $2::integer
      WHERE user_id = $1 AND confirmed_at IS NOT NULL AND (last_step IS NULL OR last_step < $2::integer) RETURNING user_id`;
    return (await rowsOf(this.database, sql, [user, step])).length > 0 ? 'used' : 'stale';
  }

  async removeAnywhere(user: UserId, change: CredentialChange): Promise<'removed' | 'absent'> {
    const removing =
      'DELETE FROM totp_secrets WHERE user_id = $1 AND confirmed_at IS NOT NULL RETURNING user_id';
    const done = await inDeployment(this.database, async (transaction) => {
      const rows = await transaction.rows(removing, [user]);
      if (rows.length === 0) return false;
      await forgetIdleRecoveryCodes(transaction, user);
      await announce(transaction, user, change, this.keyRing, this.chance);
      return true;
    });
    return done ? 'removed' : 'absent';
  }
}
