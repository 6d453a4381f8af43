import {
  connectionId,
  flowId,
  linkCauses,
  linkRequestId,
  memberSsoChoices,
  pendingLinkId,
  tenantId,
  userId,
  type PendingLink,
} from '@gatehouse/core';
import { grantedRoles } from '../connections/connection.row';
import type { Row } from '../row';

export function readPendingLink(row: Row): PendingLink {
  return {
    id: row.id('id', pendingLinkId),
    tenantId: row.id('tenant_id', tenantId),
    connectionId: row.id('connection_id', connectionId),
    flowId: row.id('flow_id', flowId),
    cause: row.oneOf('cause', linkCauses),
    userId: row.id('user_id', userId),
    email: row.text('email'),
    issuer: row.text('issuer'),
    subject: row.text('subject'),
    sameAddress: row.flag('same_address'),
    trust: row.text('trust'),
    browserKeyHash: row.text('browser_key_hash'),
    codes: row.integer('codes'),
    tries: row.integer('tries'),
    createdAt: row.date('created_at'),
    expiresAt: row.date('expires_at'),
    ...readWhatMayBeAbsent(row),
  };
}

function readWhatMayBeAbsent(row: Row) {
  const [identityEmail, interactionId] = [
    row.optionalText('identity_email'),
    row.optionalText('interaction_id'),
  ];
  const [joining, linkedAt] = [row.optionalObject('joining'), row.optionalDate('linked_at')];
  return {
    ...(identityEmail !== undefined && { identityEmail }),
    ...(interactionId !== undefined && { interactionId }),
    ...(row.optionalText('link_request_id') !== undefined && {
      linkRequestId: row.id('link_request_id', linkRequestId),
    }),
    ...(joining && {
      joining: { role: joining.oneOf('role', grantedRoles), sso: joining.oneOf('sso', memberSsoChoices) },
    }),
    ...(linkedAt && { linkedAt }),
  };
}
