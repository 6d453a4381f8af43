import { emailKey, type FreshLink, type Invitation, type InvitationId } from '@gatehouse/core';
import type { TenantTransaction } from '../transaction';

/** Makes room for a new invitation where the one before has expired without being used. */
export async function closeExpired(
  transaction: TenantTransaction,
  { email, createdAt }: Invitation,
): Promise<void> {
  await transaction.rows(
    `UPDATE invitations SET state = 'revoked', ended_at = expires_at
     WHERE tenant_id = $1 AND email_key = $2 AND state = 'open' AND expires_at <= $3`,
    [transaction.tenantId, emailKey(email), createdAt],
  );
}

/** False while another one is open for this address. */
export async function insertInvitation(
  transaction: TenantTransaction,
  invitation: Invitation,
  { tokenHash }: FreshLink,
): Promise<boolean> {
  const { id, tenantId, email, name, role, sso, exemption, language, inviter } = invitation;
  const { invitedBy, state, createdAt, sentAt, expiresAt } = invitation;
  const inserted = await transaction.row(
    `INSERT INTO invitations (id, tenant_id, email, email_key, name, role, sso, exemption, language, inviter,
       invited_by, token_hash, state, created_at, sent_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
     ON CONFLICT (tenant_id, email_key) WHERE state = 'open' DO NOTHING RETURNING id`,
    [
      ...[id, tenantId, email, emailKey(email), name, role, sso, exemption, language, inviter],
      ...[JSON.stringify(invitedBy), tokenHash, state, createdAt, sentAt, expiresAt],
    ],
  );
  return inserted !== undefined;
}

/** A new link, which no browser has opened; the one before leads nowhere from now on. */
export async function replaceLink(
  transaction: TenantTransaction,
  { id, sentAt, expiresAt }: Invitation,
  { tokenHash }: FreshLink,
): Promise<boolean> {
  const renewed = await transaction.row(
    `UPDATE invitations SET token_hash = $3, sent_at = $4, expires_at = $5, opened_at = NULL, browser_key_hash = NULL
     WHERE tenant_id = $1 AND id = $2 AND state = 'open' RETURNING id`,
    [transaction.tenantId, id, tokenHash, sentAt, expiresAt],
  );
  return renewed !== undefined;
}

/** Takes the invitation out of the world once: of parallel tries one succeeds. */
export async function useUp(
  transaction: TenantTransaction,
  id: InvitationId,
  now: Date,
  by?: { readonly tokenHash: string; readonly browserKeyHash: string },
): Promise<{ readonly opened: boolean } | undefined> {
  const used = await transaction.row(
    `UPDATE invitations SET state = 'accepted', ended_at = $3
     WHERE tenant_id = $1 AND id = $2 AND state = 'open' AND expires_at > $3
       AND ($4::text IS NULL OR (token_hash = $4 AND browser_key_hash = $5)) RETURNING opened_at`,
    [transaction.tenantId, id, now, by?.tokenHash ?? null, by?.browserKeyHash ?? null],
  );
  return used && { opened: used.optionalDate('opened_at') !== undefined };
}

/** Who was removed under this address, or as this user, is let in again. */
export async function letInAgain(
  transaction: TenantTransaction,
  { id, email }: { readonly id: string; readonly email: string },
): Promise<void> {
  await transaction.rows(
    'DELETE FROM removed_members WHERE tenant_id = $1 AND (user_id = $2 OR email_key = $3)',
    [transaction.tenantId, id, emailKey(email)],
  );
}
