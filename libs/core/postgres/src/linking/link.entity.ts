import type { Link } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { createdColumn, key, named, optional, tenantColumn, text } from '../column';

/** A link as stored: `heldAddress` is an address of the identity that did not become the account's (LNK-11). */
export interface StoredLink extends Link {
  readonly heldAddress?: string;
}

export const linkEntity = new EntitySchema<StoredLink>({
  name: 'Link',
  tableName: 'links',
  columns: {
    id: key,
    tenantId: tenantColumn,
    connectionId: named('connection_id', text),
    userId: named('user_id', text),
    issuer: text,
    subject: text,
    createdAt: createdColumn,
    heldAddress: named('held_address', optional(text)),
  },
  uniques: [{ name: 'links_identity', columns: ['connectionId', 'issuer', 'subject'] }],
  indices: [
    { name: 'links_tenant_user', columns: ['tenantId', 'userId'] },
    { name: 'links_connection_user', columns: ['connectionId', 'userId'] },
  ],
  foreignKeys: [
    { name: 'links_tenant_fk', target: 'Tenant', columnNames: ['tenantId'], referencedColumnNames: ['id'] },
    {
      name: 'links_connection_fk',
      target: 'Connection',
      columnNames: ['connectionId'],
      referencedColumnNames: ['id'],
    },
    { name: 'links_user_fk', target: 'User', columnNames: ['userId'], referencedColumnNames: ['id'] },
    {
      name: 'links_member_fk',
      target: 'Member',
      columnNames: ['tenantId', 'userId'],
      referencedColumnNames: ['tenantId', 'userId'],
      onDelete: 'CASCADE',
    },
  ],
});
