import { tenantId, type Tenant } from '@gatehouse/core';
import type { Row } from '../row';

export function readTenant(row: Row): Tenant {
  const externalId = row.optionalText('external_id');
  const suspendedAt = row.optionalDate('suspended_at');
  return {
    id: row.id('id', tenantId),
    slug: row.text('slug'),
    name: row.text('name'),
    ...(externalId !== undefined && { externalId }),
    associateByEmail: row.flag('associate_by_email'),
    ...(suspendedAt && { suspendedAt }),
    createdAt: row.date('created_at'),
  };
}
