import { apiTokenId, isScope, memberId, tenantId, type ApiToken } from '@gatehouse/core';
import { readActor } from '../audit/audit-entry.row';
import type { Row } from '../row';

export function readApiToken(row: Row): ApiToken {
  const lastUsedAt = row.optionalDate('last_used_at');
  const revokedAt = row.optionalDate('revoked_at');
  return {
    id: row.id('id', apiTokenId),
    tenantId: row.id('tenant_id', tenantId),
    memberId: row.id('member_id', memberId),
    name: row.text('name'),
    // A scope that this version does not know gives nothing.
    scopes: row.texts('scopes').filter(isScope),
    createdAt: row.date('created_at'),
    createdBy: readActor(row.object('created_by')),
    expiresAt: row.date('expires_at'),
    ...(lastUsedAt && { lastUsedAt }),
    ...(revokedAt && { revokedAt }),
  };
}
