import type { Invitation } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { createdColumn, json, key, named, optional, tenantColumn, text, time } from '../column';

/** As stored: `emailKey` is of what one may be open in a tenant, `tokenHash` what its link leads to it by. */
export interface StoredInvitation extends Invitation {
  readonly emailKey: string;
  readonly tokenHash: string;
}

export const invitationEntity = new EntitySchema<StoredInvitation>({
  name: 'Invitation',
  tableName: 'invitations',
  columns: {
    id: key,
    tenantId: tenantColumn,
    email: text,
    emailKey: named('email_key', text),
    name: optional(text),
    role: text,
    sso: optional(text),
    exemption: optional(json),
    language: text,
    inviter: optional(text),
    invitedBy: named('invited_by', json),
    tokenHash: named('token_hash', text),
    state: text,
    createdAt: createdColumn,
    sentAt: named('sent_at', time),
    expiresAt: named('expires_at', time),
    openedAt: named('opened_at', optional(time)),
    browserKeyHash: named('browser_key_hash', optional(text)),
    endedAt: named('ended_at', optional(time)),
  },
  uniques: [{ name: 'invitations_token', columns: ['tokenHash'] }],
  indices: [
    {
      name: 'invitations_open',
      columns: ['tenantId', 'emailKey'],
      unique: true,
      where: "(state = 'open'::text)",
    },
    { name: 'invitations_tenant_id', columns: ['tenantId', 'id'] },
    { name: 'invitations_expiry', columns: ['expiresAt'] },
  ],
  foreignKeys: [
    {
      name: 'invitations_tenant_fk',
      target: 'Tenant',
      columnNames: ['tenantId'],
      referencedColumnNames: ['id'],
    },
  ],
});
