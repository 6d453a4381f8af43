import { connectionId, linkId, tenantId, userId, type Link } from '@gatehouse/core';
import type { Row } from '../row';

export function readLink(row: Row): Link {
  return {
    id: row.id('id', linkId),
    tenantId: row.id('tenant_id', tenantId),
    connectionId: row.id('connection_id', connectionId),
    userId: row.id('user_id', userId),
    issuer: row.text('issuer'),
    subject: row.text('subject'),
    createdAt: row.date('created_at'),
  };
}
