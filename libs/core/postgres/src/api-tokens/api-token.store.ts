import {
  ApiTokenStore,
  type ApiToken,
  type ApiTokenId,
  type ApiTokenView,
  type Chance,
  type Happening,
  type ListedToken,
  type MemberId,
  type Page,
  type TenantId,
} from '@gatehouse/core';
import type { DataSource } from 'typeorm';
import { readMember, readUser } from '../members/member.row';
import type { Row } from '../row';
import { readTenant } from '../tenants/tenant.row';
import { inTenant, rowsInTenant, rowsOf, type Statement, type TenantTransaction } from '../transaction';
import { readApiToken } from './api-token.row';

const listed = `SELECT to_jsonb(t) - 'hash' AS token, u.email FROM api_tokens t
  LEFT JOIN members m ON m.tenant_id = t.tenant_id AND m.id = t.member_id
  LEFT JOIN users u ON u.id = m.user_id WHERE t.tenant_id = $1`;

export class PostgresApiTokenStore extends ApiTokenStore {
  constructor(
    private readonly database: DataSource,
    private readonly chance: Chance,
  ) {
    super();
  }

  add(
    tenantId: TenantId,
    token: ApiToken,
    hash: string,
    most: number,
    because: Happening,
  ): Promise<'added' | 'no-member' | 'too-many'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      if (!(await lockMember(transaction, token.memberId))) return 'no-member';
      if ((await countWorking(transaction, token)) >= most) return 'too-many';
      const { sql, values } = inserting(token, hash);
      await transaction.rows(sql, values);
      await transaction.note(because, this.chance);
      return 'added';
    });
  }

  async list(
    tenantId: TenantId,
    whose: MemberId | undefined,
    { after, limit }: Page,
  ): Promise<ListedToken[]> {
    const rows = await rowsInTenant(
      this.database,
      tenantId,
      `${listed} AND ($2::text IS NULL OR t.member_id = $2) AND ($3::text IS NULL OR t.id < $3) ORDER BY t.id DESC LIMIT $4`,
      [tenantId, whose ?? null, after ?? null, limit],
    );
    return rows.map(readListed);
  }

  async find(tenantId: TenantId, id: ApiTokenId): Promise<ListedToken | undefined> {
    const rows = await rowsInTenant(this.database, tenantId, `${listed} AND t.id = $2`, [tenantId, id]);
    return rows.map(readListed)[0];
  }

  revoke(
    tenantId: TenantId,
    id: ApiTokenId,
    because: Happening,
  ): Promise<'revoked' | 'revoked-before' | 'absent'> {
    return inTenant(this.database, tenantId, async (transaction) => {
      const key = [tenantId, id];
      const row = await transaction.row(
        'SELECT revoked_at FROM api_tokens WHERE tenant_id = $1 AND id = $2 FOR UPDATE',
        key,
      );
      if (!row) return 'absent';
      if (row.optionalDate('revoked_at')) return 'revoked-before';
      const revoking = 'UPDATE api_tokens SET revoked_at = $3 WHERE tenant_id = $1 AND id = $2';
      await transaction.rows(revoking, [...key, because.at]);
      await transaction.note(because, this.chance);
      return 'revoked';
    });
  }

  async findByHashAnywhere(hash: string): Promise<ApiTokenView | undefined> {
    const rows = await rowsOf(
      this.database,
      'SELECT token, tenant, member, person FROM api_token_anywhere($1)',
      [hash],
    );
    return rows.map(readView)[0];
  }

  async noteUse(tenantId: TenantId, id: ApiTokenId, at: Date): Promise<void> {
    await rowsInTenant(
      this.database,
      tenantId,
      `UPDATE api_tokens SET last_used_at = $3 WHERE tenant_id = $1 AND id = $2
       AND (last_used_at IS NULL OR last_used_at <= $3::timestamptz - interval '1 minute')`,
      [tenantId, id, at],
    );
  }
}

// Its row stands for the set of its tokens: whoever removes the member waits, or goes first and leaves nothing to lock.
async function lockMember(transaction: TenantTransaction, id: MemberId): Promise<boolean> {
  const sql = 'SELECT id FROM members WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE';
  return (await transaction.row(sql, [transaction.tenantId, id])) !== undefined;
}

async function countWorking(transaction: TenantTransaction, token: ApiToken): Promise<number> {
  const row = await transaction.row(
    `SELECT count(*)::integer AS working FROM api_tokens
     WHERE tenant_id = $1 AND member_id = $2 AND revoked_at IS NULL AND expires_at > $3`,
    [transaction.tenantId, token.memberId, token.createdAt],
  );
  return row?.integer('working') ?? 0;
}

function inserting(token: ApiToken, hash: string): Statement {
  return {
    sql: `INSERT INTO api_tokens (id, tenant_id, member_id, name, scopes, hash, created_at, created_by, expires_at)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [
      ...[token.id, token.tenantId, token.memberId, token.name, JSON.stringify(token.scopes), hash],
      ...[token.createdAt, JSON.stringify(token.createdBy), token.expiresAt],
    ],
  };
}

function readListed(row: Row): ListedToken {
  const email = row.optionalText('email');
  return { token: readApiToken(row.object('token')), ...(email !== undefined && { email }) };
}

function readView(row: Row): ApiTokenView {
  return {
    token: readApiToken(row.object('token')),
    tenant: readTenant(row.object('tenant')),
    member: readMember(row.object('member')),
    user: readUser(row.object('person')),
  };
}
