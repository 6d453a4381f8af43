import type { ApiToken } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { createdColumn, json, key, named, optional, tenantColumn, text, time } from '../column';

/** A token with the hash by which its secret is found. */
export interface StoredApiToken extends ApiToken {
  readonly hash: string;
}

export const apiTokenEntity = new EntitySchema<StoredApiToken>({
  name: 'ApiToken',
  tableName: 'api_tokens',
  columns: {
    id: key,
    tenantId: tenantColumn,
    memberId: named('member_id', text),
    name: text,
    scopes: json,
    hash: text,
    createdAt: createdColumn,
    createdBy: named('created_by', json),
    expiresAt: named('expires_at', time),
    lastUsedAt: named('last_used_at', optional(time)),
    revokedAt: named('revoked_at', optional(time)),
  },
  uniques: [{ name: 'api_tokens_hash', columns: ['hash'] }],
  indices: [
    { name: 'api_tokens_tenant_member', columns: ['tenantId', 'memberId'] },
    { name: 'api_tokens_expiry', columns: ['expiresAt'] },
  ],
  foreignKeys: [
    {
      name: 'api_tokens_tenant_fk',
      target: 'Tenant',
      columnNames: ['tenantId'],
      referencedColumnNames: ['id'],
    },
  ],
});
