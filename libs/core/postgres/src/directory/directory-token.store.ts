import {
  DirectoryTokenStore,
  dueTokenNotice,
  type Chance,
  type DirectoryId,
  type DirectoryToken,
  type DirectoryTokenId,
  type DirectoryTokenView,
  type Happening,
  type Replacement,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { inTenant, rowsInTenant, rowsOf, type TenantTransaction } from '../transaction';
import { readDirectoryToken, readDirectoryTokenView } from './directory.row';

const columns = `id, tenant_id, directory_id, name, created_at, created_by, expires_at, last_used_at, revoked_at`;

export class PostgresDirectoryTokenStore extends DirectoryTokenStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  add(
    token: DirectoryToken,
    hash: string,
    most: number,
    because: Happening,
    replaces?: Replacement,
  ): Promise<'added' | 'no-directory' | 'no-token' | 'too-many'> {
    return inTenant(this.database, token.tenantId, async (transaction) => {
      if (!(await lockDirectory(transaction, token.directoryId))) return 'no-directory';
      if ((await countWorking(transaction, token)) >= most) return 'too-many';
      if (replaces && !(await shorten(transaction, token, replaces))) return 'no-token';
      await insertToken(transaction, token, hash);
      await transaction.note(because, this.chance);
      return 'added';
    });
  }

  async list(tenantId: TenantId, directoryId: DirectoryId): Promise<DirectoryToken[]> {
    const sql = `SELECT ${columns} FROM directory_tokens WHERE tenant_id = $1 AND directory_id = $2 ORDER BY id DESC`;
    return (await rowsInTenant(this.database, tenantId, sql, [tenantId, directoryId])).map(
      readDirectoryToken,
    );
  }

  revoke(
    tenantId: TenantId,
    directoryId: DirectoryId,
    id: DirectoryTokenId,
    because: Happening,
  ): Promise<'revoked' | 'revoked-before' | 'absent'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const key = [tenantId, directoryId, id];
      const one = 'tenant_id = $1 AND directory_id = $2 AND id = $3';
      const reading = `SELECT revoked_at FROM directory_tokens WHERE ${one} FOR UPDATE`;
      const row = await transaction.row(reading, key);
      if (!row) return 'absent';
      if (row.optionalDate('revoked_at')) return 'revoked-before';
      const writing = `UPDATE directory_tokens SET revoked_at = $4 WHERE ${one}`;
      await transaction.rows(writing, [...key, because.at]);
      await transaction.note(because, this.chance);
      return 'revoked';
    });
  }

  async findByHashAnywhere(hash: string): Promise<DirectoryTokenView | undefined> {
    const sql = 'SELECT token, directory, tenant FROM directory_token_anywhere($1)';
    return (await rowsOf(this.database, sql, [hash])).map(readDirectoryTokenView)[0];
  }

  async noteUse(tenantId: TenantId, id: DirectoryTokenId, at: Date): Promise<void> {
    await rowsInTenant(
      this.database,
      tenantId,
      `UPDATE directory_tokens SET last_used_at = $3 WHERE tenant_id = $1 AND id = $2
       AND (last_used_at IS NULL OR last_used_at <= $3::timestamptz - interval '1 minute')`,
      [tenantId, id, at],
    );
  }
}

// Its row stands for the set of its tokens.
async function lockDirectory(transaction: TenantTransaction, id: DirectoryId): Promise<boolean> {
  const sql = 'SELECT id FROM directories WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE';
  return (await transaction.row(sql, [transaction.tenantId, id])) !== undefined;
}

async function countWorking(transaction: TenantTransaction, token: DirectoryToken): Promise<number> {
  const row = await transaction.row(
    `SELECT count(*)::integer AS working FROM directory_tokens
     WHERE tenant_id = $1 AND directory_id = $2 AND revoked_at IS NULL AND expires_at > $3`,
    [transaction.tenantId, token.directoryId, token.createdAt],
  );
  return row?.integer('working') ?? 0;
}

/** Lets nobody go on for longer than before, and none that has ended begin again. Nobody needs to be told of its end. */
async function shorten(
  transaction: TenantTransaction,
  { directoryId, createdAt }: DirectoryToken,
  { id, until }: Replacement,
): Promise<boolean> {
  const row = await transaction.row(
    `UPDATE directory_tokens SET expires_at = least(expires_at, $4), told_days = 7
     WHERE tenant_id = $1 AND directory_id = $2 AND id = $3 AND revoked_at IS NULL AND expires_at > $5 RETURNING id`,
    [transaction.tenantId, directoryId, id, until, createdAt],
  );
  return row !== undefined;
}

async function insertToken(
  transaction: TenantTransaction,
  token: DirectoryToken,
  hash: string,
): Promise<void> {
  await transaction.rows(
    `INSERT INTO directory_tokens (id, tenant_id, directory_id, name, hash, created_at, created_by, expires_at, told_days)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[token.id, token.tenantId, token.directoryId, token.name, hash],
      ...[token.createdAt, JSON.stringify(token.createdBy), token.expiresAt],
      dueTokenNotice(token, token.createdAt) ?? null,
    ],
  );
}
