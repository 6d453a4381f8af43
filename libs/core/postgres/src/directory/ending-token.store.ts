import {
  EndingTokenStore,
  type Chance,
  type EndingToken,
  type KeyRing,
  type TokenNotice,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { tellOwners } from '../mail/tell-owners';
import { inTenant, rowsOf } from '../transaction';
import { readDirectoryToken } from './directory.row';

export class PostgresEndingTokenStore extends EndingTokenStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
    private readonly keyRing: KeyRing,
  ) {
    super();
  }

  async dueAnywhere(limit: number, now: Date): Promise<readonly EndingToken[]> {
    const sql = 'SELECT token, directory, organisation FROM directory_tokens_ending_anywhere($1, $2)';
    const rows = await rowsOf(this.database, sql, [now, limit]);
    return rows.map((row) => ({
      token: readDirectoryToken(row.object('token')),
      directory: row.text('directory'),
      organisation: row.text('organisation'),
    }));
  }

  tell({ token, days, letter, because }: TokenNotice): Promise<'told' | 'known'> {
    return inTenant(this.database, token.tenantId, async (transaction) => {
      // Of workers that look at once, the first one finds the row.
      const news = await transaction.row(
        `UPDATE directory_tokens SET told_days = $4 WHERE tenant_id = $1 AND id = $2 AND expires_at = $3
           AND revoked_at IS NULL AND (told_days IS NULL OR told_days > $4) RETURNING id`,
        [token.tenantId, token.id, token.expiresAt, days],
      );
      if (!news) return 'known';
      await tellOwners(transaction, letter, because.at, this.chance, this.keyRing);
      await transaction.note(because, this.chance);
      return 'told';
    });
  }
}
