import type { Tenant } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { createdColumn, flag, key, named, optional, text, time } from '../column';

export const tenantEntity = new EntitySchema<Tenant>({
  name: 'Tenant',
  tableName: 'tenants',
  columns: {
    id: key,
    slug: text,
    name: text,
    externalId: named('external_id', optional(text)),
    associateByEmail: named('associate_by_email', flag),
    suspendedAt: named('suspended_at', optional(time)),
    createdAt: createdColumn,
  },
  uniques: [
    { name: 'tenants_slug', columns: ['slug'] },
    { name: 'tenants_external_id', columns: ['externalId'] },
  ],
});
