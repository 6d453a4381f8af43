import type { MemberId, TenantId } from '@gatehouse/core';
import type { Statement } from '../transaction';

/** Revokes every token of a member who leaves, in the transaction in which it does (TEN-6). */
export function revokingTokensOf(tenantId: TenantId, memberId: MemberId, at: Date): Statement {
  return {
    sql: 'UPDATE api_tokens SET revoked_at = $3 WHERE tenant_id = $1 AND member_id = $2 AND revoked_at IS NULL',
    values: [tenantId, memberId, at],
  };
}
