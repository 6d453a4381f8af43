import type { Member } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { createdColumn, json, key, named, optional, tenantColumn, text, time } from '../column';

export const memberEntity = new EntitySchema<Member>({
  name: 'Member',
  tableName: 'members',
  columns: {
    id: key,
    tenantId: tenantColumn,
    userId: named('user_id', text),
    role: text,
    sso: { ...text, default: 'inherit' },
    exemption: optional(json),
    suspendedAt: named('suspended_at', optional(time)),
    createdAt: createdColumn,
  },
  uniques: [{ name: 'members_tenant_user', columns: ['tenantId', 'userId'] }],
  indices: [{ name: 'members_user', columns: ['userId'] }],
  foreignKeys: [
    { name: 'members_tenant_fk', target: 'Tenant', columnNames: ['tenantId'], referencedColumnNames: ['id'] },
    { name: 'members_user_fk', target: 'User', columnNames: ['userId'], referencedColumnNames: ['id'] },
  ],
});
