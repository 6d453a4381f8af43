import { connectionId, flowId, tenantId, type LoginFlow } from '@gatehouse/core';
import type { Row } from '../row';

export function readLoginFlow(row: Row): LoginFlow {
  const interactionId = row.optionalText('interaction_id');
  const version = row.optionalInteger('version');
  return {
    id: row.id('id', flowId),
    tenantId: row.id('tenant_id', tenantId),
    connectionId: row.id('connection_id', connectionId),
    purpose: row.oneOf('purpose', ['sign-in', 'test']),
    ...(version !== undefined && { version }),
    requestId: row.text('request_id'),
    browserKeyHash: row.text('browser_key_hash'),
    ...(interactionId !== undefined && { interactionId }),
    startedAt: row.date('started_at'),
    expiresAt: row.date('expires_at'),
  };
}
