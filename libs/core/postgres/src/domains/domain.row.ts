import { domainId, tenantId, type Domain, type DomainCheck } from '@gatehouse/core';
import type { Row } from '../row';

const outcomes = ['found', 'absent', 'different', 'elsewhere', 'unavailable'] as const;

export function readDomain(row: Row): Domain {
  const verifiedAt = row.optionalDate('verified_at');
  const lastCheck = row.optionalObject('last_check');
  return {
    id: row.id('id', domainId),
    tenantId: row.id('tenant_id', tenantId),
    name: row.text('name'),
    token: row.text('token'),
    tokenExpiresAt: row.date('token_expires_at'),
    ...(verifiedAt && { verifiedAt }),
    ...(lastCheck && { lastCheck: readCheck(lastCheck) }),
    createdAt: row.date('created_at'),
  };
}

function readCheck(row: Row): DomainCheck {
  return { at: row.date('at'), outcome: row.oneOf('outcome', outcomes), found: row.texts('found') };
}
