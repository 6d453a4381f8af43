import { connectionId, memberId, sessionId, tenantId, userId, type Session } from '@gatehouse/core';
import type { Row } from '../row';

export function readSession(row: Row): Session {
  const sessionIndex = row.optionalText('session_index');
  const endedAt = row.optionalDate('ended_at');
  return {
    id: row.id('id', sessionId),
    tenantId: row.id('tenant_id', tenantId),
    userId: row.id('user_id', userId),
    memberId: row.id('member_id', memberId),
    via: row.oneOf('via', ['saml']),
    connectionId: row.id('connection_id', connectionId),
    ...(sessionIndex !== undefined && { sessionIndex }),
    groups: row.texts('groups'),
    authenticatedAt: row.date('authenticated_at'),
    createdAt: row.date('created_at'),
    expiresAt: row.date('expires_at'),
    ...(endedAt && { endedAt }),
  };
}
