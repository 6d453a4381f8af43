import { startingPolicy, type SignInPolicy, type Tenant } from '@gatehouse/core';
import { EntitySchema } from 'typeorm';
import { createdColumn, flag, json, key, named, optional, text, time } from '../column';

// A server of the version before writes rows without one, and switches single sign-on on as ever.
const policyOfTheVersionBefore: SignInPolicy = { ...startingPolicy, sso: 'optional' };

export const tenantEntity = new EntitySchema<Tenant>({
  name: 'Tenant',
  tableName: 'tenants',
  columns: {
    id: key,
    slug: text,
    name: text,
    externalId: named('external_id', optional(text)),
    associateByEmail: named('associate_by_email', flag),
    policy: { ...json, default: policyOfTheVersionBefore },
    ssoEntitled: named('sso_entitled', { ...flag, default: true }),
    host: optional(text),
    suspendedAt: named('suspended_at', optional(time)),
    createdAt: createdColumn,
  },
  uniques: [
    { name: 'tenants_slug', columns: ['slug'] },
    { name: 'tenants_external_id', columns: ['externalId'] },
    { name: 'tenants_host', columns: ['host'] },
  ],
});
