import {
  memberId,
  sessionId,
  type Chance,
  type KeyRing,
  type Link,
  type LinkOutcome,
  type MemberId,
  type NewLink,
  type SessionId,
} from '@gatehouse/core';
import { isFreshAccount } from '../directory/provisioned-matches';
import { queueMail } from '../mail/queue-mail';
import { readerLanguage } from '../mail/reader-language';
import { noteAll } from '../note-all';
import { announceEnded } from '../sessions/announce-ended';
import type { Row } from '../row';
import type { TenantTransaction } from '../transaction';
import { insertLink } from './write-link';

/** What writing a link besides it needs: the key that seals the letter, and chance for the records. */
export interface Recording {
  readonly keyRing: KeyRing;
  readonly chance: Chance;
}

/**
 * Within the transaction: the link, and what it ends. Whoever opened sessions or API tokens of the account before its
 * identity provider first vouched for the person may not be that person (threat: pre-hijack); refresh tokens end with their
 * sessions. An identity that is this very user's already changes nothing.
 */
export async function linkAccount(
  transaction: TenantTransaction,
  { link, because, mail, automatic = false, onlyFresh = false }: NewLink,
  { keyRing, chance }: Recording,
): Promise<LinkOutcome> {
  const held = await lockMember(transaction, link, automatic);
  if (!held || (automatic && (await isLinkedOtherwise(transaction, link)))) return 'gone';
  if (onlyFresh && !(await isFreshAccount(transaction, link.userId))) return 'gone';
  const isFirst = !(await isLinked(transaction, link));
  if (!(await insertLink(transaction, link))) return (await isTheirs(transaction, link)) ? 'linked' : 'taken';
  await settleRequests(transaction, link);
  const ended = isFirst ? await endLocalSessions(transaction, link) : [];
  const tokensRevoked = isFirst
    ? await revokeTokens(transaction, held.id('id', memberId), link.createdAt)
    : 0;
  await queueMail(transaction, { ...readerLanguage(held), ...mail }, keyRing);
  const counted = { sessionsEnded: ended.length, tokensRevoked };
  const noted = because.map((fact) => ({ ...fact, data: { ...fact.data, ...counted } }));
  await noteAll(transaction, noted, chance);
  const [first] = because;
  if (first) await announceEnded(transaction, ended, first, { reason: first.type }, chance);
  return 'linked';
}

/** Of parallel first links the second one sees the first; one who was unlinked has a link of their own making again. */
function lockMember(
  transaction: TenantTransaction,
  { userId }: Pick<Link, 'userId'>,
  automatic: boolean,
): Promise<Row | undefined> {
  return transaction.row(
    `UPDATE members m SET unlinked_at = NULL FROM users u
     WHERE m.tenant_id = $1 AND m.user_id = $2 AND m.suspended_at IS NULL AND (m.unlinked_at IS NULL OR NOT $3)
       AND u.id = m.user_id RETURNING m.id, u.language`,
    [transaction.tenantId, userId, automatic],
  );
}

async function isLinked(transaction: TenantTransaction, { userId }: Link): Promise<boolean> {
  const sql = 'SELECT id FROM links WHERE tenant_id = $1 AND user_id = $2 LIMIT 1';
  return (await transaction.row(sql, [transaction.tenantId, userId])) !== undefined;
}

/** Of two identities with one address that come at once, nothing but a link of the person's own making lets the second in. */
async function isLinkedOtherwise(transaction: TenantTransaction, link: Link): Promise<boolean> {
  const row = await transaction.row(
    `SELECT id FROM links WHERE tenant_id = $1 AND user_id = $2 AND connection_id = $3 AND issuer = $4 AND subject <> $5
     LIMIT 1`,
    [transaction.tenantId, link.userId, link.connectionId, link.issuer, link.subject],
  );
  return row !== undefined;
}

async function isTheirs(transaction: TenantTransaction, link: Link): Promise<boolean> {
  const row = await transaction.row(
    `SELECT id FROM links
     WHERE tenant_id = $1 AND connection_id = $2 AND issuer = $3 AND subject = $4 AND user_id = $5`,
    [transaction.tenantId, link.connectionId, link.issuer, link.subject, link.userId],
  );
  return row !== undefined;
}

/** What was asked has come about, by whichever way: no other letter of before leads anywhere. */
export async function settleRequests(
  transaction: TenantTransaction,
  { userId, createdAt }: Link,
): Promise<void> {
  await transaction.rows(
    `UPDATE link_requests SET revoked_at = $3
     WHERE tenant_id = $1 AND user_id = $2 AND used_at IS NULL AND revoked_at IS NULL`,
    [transaction.tenantId, userId, createdAt],
  );
}

async function endLocalSessions(
  transaction: TenantTransaction,
  { userId, createdAt }: Link,
): Promise<SessionId[]> {
  const ended = await transaction.rows(
    `UPDATE sessions SET ended_at = $3
     WHERE tenant_id = $1 AND user_id = $2 AND via <> 'saml' AND ended_at IS NULL AND expires_at > $3 RETURNING id`,
    [transaction.tenantId, userId, createdAt],
  );
  return ended.map((row) => row.id('id', sessionId));
}

async function revokeTokens(transaction: TenantTransaction, member: MemberId, at: Date): Promise<number> {
  const revoked = await transaction.rows(
    `UPDATE api_tokens SET revoked_at = $3
     WHERE tenant_id = $1 AND member_id = $2 AND revoked_at IS NULL AND expires_at > $3 RETURNING id`,
    [transaction.tenantId, member, at],
  );
  return revoked.length;
}
