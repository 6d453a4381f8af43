import type { Domain } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { createdColumn, json, key, named, optional, tenantColumn, text, time } from '../column';

export const domainEntity = new EntitySchema<Domain>({
  name: 'Domain',
  tableName: 'domains',
  columns: {
    id: key,
    tenantId: tenantColumn,
    name: text,
    token: text,
    tokenExpiresAt: named('token_expires_at', time),
    acceptedToken: named('accepted_token', optional(text)),
    provedBy: named('proved_by', optional(text)),
    verifiedAt: named('verified_at', optional(time)),
    lastCheck: named('last_check', optional(json)),
    missing: optional(json),
    lapsedAt: named('lapsed_at', optional(time)),
    nextCheckAt: named('next_check_at', optional(time)),
    createdAt: createdColumn,
  },
  uniques: [{ name: 'domains_tenant_name', columns: ['tenantId', 'name'] }],
  indices: [
    { name: 'domains_verified_name', columns: ['name'], unique: true, where: '(verified_at IS NOT NULL)' },
    { name: 'domains_due', columns: ['nextCheckAt'], where: '(next_check_at IS NOT NULL)' },
    {
      name: 'domains_stray',
      columns: ['id'],
      where: '((next_check_at IS NULL) AND (verified_at IS NOT NULL))',
    },
  ],
  foreignKeys: [
    { name: 'domains_tenant_fk', target: 'Tenant', columnNames: ['tenantId'], referencedColumnNames: ['id'] },
  ],
});
