import { connectionId, linkRequestId, memberId, tenantId, userId, type LinkRequest } from '@gatehouse/core';
import { readerLanguage } from '../mail/reader-language';
import type { Row } from '../row';

export function readLinkRequest(row: Row): LinkRequest {
  return {
    id: row.id('id', linkRequestId),
    tenantId: row.id('tenant_id', tenantId),
    userId: row.id('user_id', userId),
    memberId: row.id('member_id', memberId),
    connectionId: row.id('connection_id', connectionId),
    issuer: row.text('issuer'),
    email: row.text('email'),
    ...readerLanguage(row),
    tokenHash: row.text('token_hash'),
    createdAt: row.date('created_at'),
    expiresAt: row.date('expires_at'),
    ...readWhatBecameOfIt(row),
  };
}

function readWhatBecameOfIt(row: Row) {
  const [sentAt, openedAt] = [row.optionalDate('sent_at'), row.optionalDate('opened_at')];
  const [bouncedAt, bounceReason] = [row.optionalDate('bounced_at'), row.optionalText('bounce_reason')];
  const [usedAt, revokedAt] = [row.optionalDate('used_at'), row.optionalDate('revoked_at')];
  return {
    ...(sentAt && { sentAt }),
    ...(bouncedAt && { bouncedAt }),
    ...(bounceReason !== undefined && { bounceReason }),
    ...(openedAt && { openedAt }),
    ...(usedAt && { usedAt }),
    ...(revokedAt && { revokedAt }),
  };
}
