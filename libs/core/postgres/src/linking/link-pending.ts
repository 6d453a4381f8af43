import {
  emailKey,
  linkRequestId,
  type ConfirmedLink,
  type Link,
  type LinkingOutcome,
  type NewPerson,
  type PendingLinkId,
} from '@gatehouse/core';
import { isDeprovisioned } from '../directory/provisioned-matches';
import { insertMember } from '../members/write-person';
import type { Row } from '../row';
import type { TenantTransaction } from '../transaction';
import { linkAccount, type Recording } from './link-account';
import { holdConnection, useRequest } from './use-request';

/**
 * Within the transaction: the pending link is used up, and with it the request whose mail led here; then the link is written
 * with all that it ends. Everything that was true when the identity came is asked once more.
 */
export async function linkPending(
  transaction: TenantTransaction,
  id: PendingLinkId,
  { joining, ownersToo, ...linking }: ConfirmedLink,
  recording: Recording,
): Promise<LinkingOutcome> {
  const { link } = linking;
  if (joining && !(await join(transaction, joining, linking.mail.to))) return 'gone';
  // The member first, as whoever removes, unlinks or uses a request does: in another order two of them wait for each other.
  const member = await holdMember(transaction, link);
  if (!member) return 'gone';
  if (member.text('role') === 'owner' && !ownersToo) return 'owner';
  if (!(await holdConnection(transaction, link))) return 'gone';
  const used = await useUp(transaction, id, linking.mail.to, link, member.optionalDate('unlinked_at'));
  if (!used) return 'gone';
  if (used.optionalText('link_request_id') !== undefined) {
    const request = used.id('link_request_id', linkRequestId);
    if (!(await useRequest(transaction, request, link))) return 'gone';
  }
  return linkAccount(transaction, linking, recording);
}

/** Nobody who was removed or deprovisioned since the identity came, by whichever way the person had become a member. */
async function join(
  transaction: TenantTransaction,
  member: NewPerson['member'],
  email: string,
): Promise<boolean> {
  const removed = await transaction.row(
    'SELECT user_id FROM removed_members WHERE tenant_id = $1 AND (user_id = $2 OR email_key = $3) LIMIT 1',
    [transaction.tenantId, member.userId, emailKey(email)],
  );
  if (removed || (await isDeprovisioned(transaction, email))) return false;
  return insertMember(transaction, member);
}

function holdMember(transaction: TenantTransaction, { userId }: Link): Promise<Row | undefined> {
  return transaction.row(
    `SELECT role, unlinked_at FROM members
     WHERE tenant_id = $1 AND user_id = $2 AND suspended_at IS NULL FOR NO KEY UPDATE`,
    [transaction.tenantId, userId],
  );
}

/**
 * Of parallel tries one; none where the member was unlinked since, or the account has another address than the code went to.
 * What rests on the identity's address rests on its domain, which may have lapsed since; who showed a password rests on that.
 */
function useUp(
  transaction: TenantTransaction,
  id: PendingLinkId,
  email: string,
  { userId, createdAt: now }: Link,
  unlinkedAt: Date | undefined,
): Promise<Row | undefined> {
  return transaction.row(
    `UPDATE pending_links p SET linked_at = $3 FROM users u
     WHERE p.tenant_id = $1 AND p.id = $2 AND p.linked_at IS NULL AND p.expires_at > $3 AND p.user_id = $4
       AND ($5::timestamptz IS NULL OR p.created_at >= $5) AND u.id = p.user_id AND u.email_key = $6
       AND (NOT p.same_address OR p.cause = 'account' OR EXISTS (SELECT FROM domains d
         WHERE d.tenant_id = $1 AND d.verified_at IS NOT NULL AND d.name = split_part(u.email_key, '@', -1)))
     RETURNING p.link_request_id`,
    [transaction.tenantId, id, now, userId, unlinkedAt, emailKey(email)],
  );
}
