import type { Session } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { createdColumn, flag, key, json, named, optional, tenantColumn, text, time } from '../column';

/** A session with the text by which its NameID is found. */
export interface StoredSession extends Session {
  readonly nameIdValue?: string;
}

export const sessionEntity = new EntitySchema<StoredSession>({
  name: 'Session',
  tableName: 'sessions',
  columns: {
    id: key,
    tenantId: tenantColumn,
    userId: named('user_id', text),
    memberId: named('member_id', text),
    via: text,
    connectionId: named('connection_id', optional(text)),
    secondFactor: named('second_factor', optional(text)),
    breakGlass: named('break_glass', { ...flag, default: false }),
    sessionIndex: named('session_index', optional(text)),
    nameId: named('name_id', optional(json)),
    nameIdValue: named('name_id_value', optional(text)),
    groups: json,
    attributes: optional(json),
    address: optional(text),
    userAgent: named('user_agent', optional(text)),
    authenticatedAt: named('authenticated_at', time),
    createdAt: createdColumn,
    expiresAt: named('expires_at', time),
    endedAt: named('ended_at', optional(time)),
  },
  indices: [
    { name: 'sessions_user', columns: ['userId', 'tenantId'] },
    { name: 'sessions_tenant', columns: ['tenantId', 'id'] },
    { name: 'sessions_name_id', columns: ['connectionId', 'nameIdValue'] },
    { name: 'sessions_expiry', columns: ['expiresAt'] },
    {
      name: 'sessions_open_local',
      columns: ['tenantId', 'id'],
      where: "((ended_at IS NULL) AND (via <> 'saml'::text))",
    },
  ],
  foreignKeys: [
    {
      name: 'sessions_tenant_fk',
      target: 'Tenant',
      columnNames: ['tenantId'],
      referencedColumnNames: ['id'],
    },
  ],
});
