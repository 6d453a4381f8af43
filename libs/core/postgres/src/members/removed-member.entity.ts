import type { RemovedIdentity, RemovedMember, TenantId } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { json, key, named, tenantColumn, text, time } from '../column';

/** As stored: `emailKey` is what an arriving address is compared with. */
export interface StoredRemovedMember extends Omit<RemovedMember, 'identities'> {
  readonly emailKey: string;
}

export const removedMemberEntity = new EntitySchema<StoredRemovedMember>({
  name: 'RemovedMember',
  tableName: 'removed_members',
  columns: {
    id: key,
    tenantId: tenantColumn,
    userId: named('user_id', text),
    email: text,
    emailKey: named('email_key', text),
    role: text,
    removedAt: named('removed_at', time),
    removedBy: named('removed_by', json),
  },
  uniques: [{ name: 'removed_members_user', columns: ['tenantId', 'userId'] }],
  indices: [{ name: 'removed_members_email', columns: ['tenantId', 'emailKey'] }],
  foreignKeys: [
    {
      name: 'removed_members_tenant_fk',
      target: 'Tenant',
      columnNames: ['tenantId'],
      referencedColumnNames: ['id'],
    },
    {
      name: 'removed_members_user_fk',
      target: 'User',
      columnNames: ['userId'],
      referencedColumnNames: ['id'],
    },
  ],
});

export interface StoredRemovedIdentity extends RemovedIdentity {
  readonly memberId: RemovedMember['id'];
  readonly tenantId: TenantId;
}

export const removedIdentityEntity = new EntitySchema<StoredRemovedIdentity>({
  name: 'RemovedIdentity',
  tableName: 'removed_identities',
  columns: {
    memberId: named('member_id', key),
    connectionId: named('connection_id', key),
    issuer: key,
    subject: key,
    tenantId: tenantColumn,
  },
  indices: [{ name: 'removed_identities_identity', columns: ['tenantId', 'issuer', 'subject'] }],
  foreignKeys: [
    {
      name: 'removed_identities_member_fk',
      target: 'RemovedMember',
      columnNames: ['memberId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
