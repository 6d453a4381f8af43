import type { Member } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { createdColumn, json, key, named, optional, tenantColumn, text, time } from '../column';

/** A member as stored, with what the tenant's list is ordered by and searched in: a trigger takes both from the user. */
export interface StoredMember extends Member {
  readonly emailKey: string;
  readonly nameKey?: string;
}

const inOctets = { collation: 'C' };

export const memberEntity = new EntitySchema<StoredMember>({
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
    suspendedBy: named('suspended_by', optional(text)),
    roleMappedBy: named('role_mapped_by', optional(text)),
    unlinkedAt: named('unlinked_at', optional(time)),
    createdAt: createdColumn,
    emailKey: named('email_key', { ...text, ...inOctets }),
    nameKey: named('name_key', optional({ ...text, ...inOctets })),
  },
  uniques: [{ name: 'members_tenant_user', columns: ['tenantId', 'userId'] }],
  indices: [
    { name: 'members_user', columns: ['userId'] },
    { name: 'members_tenant_created', columns: ['tenantId', 'id'] },
    { name: 'members_tenant_email', columns: ['tenantId', 'emailKey', 'id'] },
    { name: 'members_tenant_name', columns: ['tenantId', 'nameKey'] },
    { name: 'members_tenant_role', columns: ['tenantId', 'role', 'id'] },
    { name: 'members_tenant_sso', columns: ['tenantId', 'sso', 'id'] },
    { name: 'members_suspended', columns: ['tenantId', 'id'], where: '(suspended_at IS NOT NULL)' },
    { name: 'members_exempt', columns: ['tenantId', 'id'], where: '(exemption IS NOT NULL)' },
  ],
  foreignKeys: [
    { name: 'members_tenant_fk', target: 'Tenant', columnNames: ['tenantId'], referencedColumnNames: ['id'] },
    { name: 'members_user_fk', target: 'User', columnNames: ['userId'], referencedColumnNames: ['id'] },
  ],
});
