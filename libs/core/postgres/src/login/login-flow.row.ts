import {
  connectionId,
  flowId,
  linkRequestId,
  loginPurposes,
  memberId,
  tenantId,
  type LinkOrder,
  type LoginFlow,
} from '@gatehouse/core';
import type { Row } from '../row';

export function readLoginFlow(row: Row): LoginFlow {
  const interactionId = row.optionalText('interaction_id');
  const version = row.optionalInteger('version');
  const link = readLinkOrder(row);
  return {
    id: row.id('id', flowId),
    tenantId: row.id('tenant_id', tenantId),
    connectionId: row.id('connection_id', connectionId),
    purpose: row.oneOf('purpose', loginPurposes),
    ...(version !== undefined && { version }),
    requestId: row.text('request_id'),
    browserKeyHash: row.text('browser_key_hash'),
    ...(interactionId !== undefined && { interactionId }),
    ...(link && { link }),
    startedAt: row.date('started_at'),
    expiresAt: row.date('expires_at'),
  };
}

function readLinkOrder(row: Row): LinkOrder | undefined {
  if (row.optionalText('member_id') === undefined) return undefined;
  const asked = row.optionalText('link_request_id') !== undefined;
  return {
    memberId: row.id('member_id', memberId),
    ...(asked && { linkRequestId: row.id('link_request_id', linkRequestId) }),
  };
}
