import type { LinkRequest } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { createdColumn, key, named, optional, tenantColumn, text, time } from '../column';

export const linkRequestEntity = new EntitySchema<LinkRequest>({
  name: 'LinkRequest',
  tableName: 'link_requests',
  columns: {
    id: key,
    tenantId: tenantColumn,
    userId: named('user_id', text),
    memberId: named('member_id', text),
    connectionId: named('connection_id', text),
    issuer: text,
    email: text,
    language: optional(text),
    tokenHash: named('token_hash', text),
    createdAt: createdColumn,
    expiresAt: named('expires_at', time),
    sentAt: named('sent_at', optional(time)),
    bouncedAt: named('bounced_at', optional(time)),
    bounceReason: named('bounce_reason', optional(text)),
    openedAt: named('opened_at', optional(time)),
    usedAt: named('used_at', optional(time)),
    revokedAt: named('revoked_at', optional(time)),
  },
  uniques: [{ name: 'link_requests_token', columns: ['tokenHash'] }],
  indices: [
    {
      name: 'link_requests_current',
      columns: ['tenantId', 'userId'],
      unique: true,
      where: '(revoked_at IS NULL)',
    },
    { name: 'link_requests_user', columns: ['tenantId', 'userId'] },
    { name: 'link_requests_connection', columns: ['connectionId'] },
    {
      name: 'link_requests_unanswered',
      columns: ['tenantId', 'memberId', 'sentAt', 'bouncedAt', 'openedAt', 'expiresAt'],
      where: '((revoked_at IS NULL) AND (used_at IS NULL))',
    },
    { name: 'link_requests_expiry', columns: ['expiresAt'] },
  ],
  foreignKeys: [
    {
      name: 'link_requests_tenant_fk',
      target: 'Tenant',
      columnNames: ['tenantId'],
      referencedColumnNames: ['id'],
    },
    {
      name: 'link_requests_connection_fk',
      target: 'Connection',
      columnNames: ['connectionId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
    {
      name: 'link_requests_member_fk',
      target: 'Member',
      columnNames: ['tenantId', 'userId'],
      referencedColumnNames: ['tenantId', 'userId'],
      onDelete: 'CASCADE',
    },
  ],
});
