import type { Session } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { createdColumn, key, json, named, optional, tenantColumn, text, time } from '../column';

export const sessionEntity = new EntitySchema<Session>({
  name: 'Session',
  tableName: 'sessions',
  columns: {
    id: key,
    tenantId: tenantColumn,
    userId: named('user_id', text),
    memberId: named('member_id', text),
    via: text,
    connectionId: named('connection_id', text),
    sessionIndex: named('session_index', optional(text)),
    groups: json,
    authenticatedAt: named('authenticated_at', time),
    createdAt: createdColumn,
    expiresAt: named('expires_at', time),
    endedAt: named('ended_at', optional(time)),
  },
  indices: [{ name: 'sessions_tenant_user', columns: ['tenantId', 'userId'] }],
  foreignKeys: [
    {
      name: 'sessions_tenant_fk',
      target: 'Tenant',
      columnNames: ['tenantId'],
      referencedColumnNames: ['id'],
    },
  ],
});
