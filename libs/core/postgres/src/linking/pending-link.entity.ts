import type { PendingLink } from '@gatehouse/core';
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

/** With the hash of the newest code. */
export interface StoredPendingLink extends PendingLink {
  readonly codeHash?: string;
}

export const pendingLinkEntity = new EntitySchema<StoredPendingLink>({
  name: 'PendingLink',
  tableName: 'pending_links',
  columns: {
    id: key,
    tenantId: tenantColumn,
    connectionId: named('connection_id', text),
    flowId: named('flow_id', text),
    cause: text,
    userId: named('user_id', text),
    email: text,
    issuer: text,
    subject: text,
    identityEmail: named('identity_email', optional(text)),
    sameAddress: named('same_address', flag),
    trust: text,
    joining: optional(json),
    linkRequestId: named('link_request_id', optional(text)),
    interactionId: named('interaction_id', optional(text)),
    browserKeyHash: named('browser_key_hash', text),
    codeHash: named('code_hash', optional(text)),
    codes: integer,
    tries: integer,
    createdAt: createdColumn,
    expiresAt: named('expires_at', time),
    linkedAt: named('linked_at', optional(time)),
  },
  uniques: [{ name: 'pending_links_flow', columns: ['flowId'] }],
  indices: [
    { name: 'pending_links_connection', columns: ['connectionId'] },
    { name: 'pending_links_expiry', columns: ['expiresAt'] },
  ],
  foreignKeys: [
    {
      name: 'pending_links_tenant_fk',
      target: 'Tenant',
      columnNames: ['tenantId'],
      referencedColumnNames: ['id'],
    },
    {
      name: 'pending_links_connection_fk',
      target: 'Connection',
      columnNames: ['connectionId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
    { name: 'pending_links_user_fk', target: 'User', columnNames: ['userId'], referencedColumnNames: ['id'] },
  ],
});
