import type { Directory, DirectoryRequest, DirectoryToken } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import {
  createdColumn,
  flag,
  integer,
  json,
  key,
  named,
  optional,
  tenantColumn,
  text,
  time,
} from '../column';

export const directoryEntity = new EntitySchema<Directory>({
  name: 'Directory',
  tableName: 'directories',
  columns: {
    id: key,
    tenantId: tenantColumn,
    name: text,
    defaultRole: named('default_role', text),
    pairing: json,
    connectionId: named('connection_id', optional(text)),
    pausedAt: named('paused_at', optional(time)),
    createdAt: createdColumn,
  },
  indices: [
    { name: 'directories_tenant', columns: ['tenantId', 'id'] },
    { name: 'directories_connection', columns: ['connectionId'] },
  ],
  foreignKeys: [
    {
      name: 'directories_tenant_fk',
      target: 'Tenant',
      columnNames: ['tenantId'],
      referencedColumnNames: ['id'],
    },
    {
      name: 'directories_connection_fk',
      target: 'Connection',
      columnNames: ['connectionId'],
      referencedColumnNames: ['id'],
      onDelete: 'SET NULL',
    },
  ],
});

/** A token with the hash by which its secret is found. */
export interface StoredDirectoryToken extends DirectoryToken {
  readonly hash: string;
  /** The days of the most urgent notice that owners had of its end. */
  readonly toldDays?: number;
}

export const directoryTokenEntity = new EntitySchema<StoredDirectoryToken>({
  name: 'DirectoryToken',
  tableName: 'directory_tokens',
  columns: {
    id: key,
    tenantId: tenantColumn,
    directoryId: named('directory_id', text),
    name: text,
    hash: text,
    createdAt: createdColumn,
    createdBy: named('created_by', json),
    expiresAt: named('expires_at', time),
    lastUsedAt: named('last_used_at', optional(time)),
    revokedAt: named('revoked_at', optional(time)),
    toldDays: named('told_days', optional(integer)),
  },
  uniques: [{ name: 'directory_tokens_hash', columns: ['hash'] }],
  indices: [
    { name: 'directory_tokens_directory', columns: ['directoryId', 'id'] },
    { name: 'directory_tokens_expiry', columns: ['expiresAt'] },
  ],
  foreignKeys: [
    {
      name: 'directory_tokens_directory_fk',
      target: 'Directory',
      columnNames: ['directoryId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});

export const directoryRequestEntity = new EntitySchema<DirectoryRequest>({
  name: 'DirectoryRequest',
  tableName: 'directory_requests',
  columns: {
    id: key,
    tenantId: tenantColumn,
    directoryId: named('directory_id', text),
    tokenId: named('token_id', optional(text)),
    at: time,
    method: text,
    path: text,
    body: optional(text),
    bodyCut: named('body_cut', flag),
    ifMatch: named('if_match', optional(text)),
    userAgent: named('user_agent', optional(text)),
    status: integer,
    scimType: named('scim_type', optional(text)),
    detail: optional(text),
    milliseconds: integer,
  },
  indices: [
    { name: 'directory_requests_directory', columns: ['directoryId', 'id'] },
    { name: 'directory_requests_time', columns: ['at'] },
  ],
  foreignKeys: [
    {
      name: 'directory_requests_directory_fk',
      target: 'Directory',
      columnNames: ['directoryId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
