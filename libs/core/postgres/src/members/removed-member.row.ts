import {
  connectionId,
  memberId,
  roles,
  tenantId,
  userId,
  type RemovedIdentity,
  type RemovedMember,
} from '@gatehouse/core';
import { readActor } from '../audit/audit-entry.row';
import type { Row } from '../row';

/** What to select for `readRemovedMember`; conditions on `r` follow. */
export const removedMembers = `SELECT to_jsonb(r) AS removed, (
    SELECT jsonb_agg(to_jsonb(i) ORDER BY i.connection_id, i.subject) FROM removed_identities i
    WHERE i.tenant_id = $1 AND i.member_id = r.id
  ) AS identities FROM removed_members r WHERE r.tenant_id = $1`;

export function readRemovedMember(row: Row): RemovedMember {
  const removed = row.object('removed');
  return {
    id: removed.id('id', memberId),
    tenantId: removed.id('tenant_id', tenantId),
    userId: removed.id('user_id', userId),
    email: removed.text('email'),
    role: removed.oneOf('role', roles),
    identities: row.optionalObjects('identities').map(readIdentity),
    removedAt: removed.date('removed_at'),
    removedBy: readActor(removed.object('removed_by')),
  };
}

function readIdentity(row: Row): RemovedIdentity {
  const [issuer, subject] = [row.text('issuer'), row.text('subject')];
  return { connectionId: row.id('connection_id', connectionId), issuer, subject };
}
