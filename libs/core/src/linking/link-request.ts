import type { MailLanguage } from '../mail/outgoing-mail';
import type { ConnectionId, LinkRequestId, MemberId, TenantId, UserId } from '../shared/ids';

/**
 * A member was asked by mail to join the account to the identity at the tenant's identity provider (LNK-2). Of the link in
 * the mail there is only a hash. A newer request of the same member revokes it.
 */
export interface LinkRequest {
  readonly id: LinkRequestId;
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly memberId: MemberId;
  readonly connectionId: ConnectionId;
  /** The entity ID of the identity provider when it was asked: a connection that was turned to another one links nobody by it. */
  readonly issuer: string;
  /** The address that it was sent to. */
  readonly email: string;
  /** Of the letter; as the deployment has it where nothing is known of the person's. */
  readonly language?: MailLanguage;
  readonly tokenHash: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** When a mail server took the letter. */
  readonly sentAt?: Date;
  readonly bouncedAt?: Date;
  readonly bounceReason?: string;
  /** When somebody opened the page of the link. */
  readonly openedAt?: Date;
  readonly usedAt?: Date;
  /** Replaced by a newer one, linked by another way, or taken back with the link. */
  readonly revokedAt?: Date;
}

/** LNK-3. */
export const linkRequestMs = 72 * 60 * 60 * 1000;

/** Past its end a request tells the tenant for this long what became of it, and is then forgotten. */
export const endedLinkRequestKeptMs = 90 * 24 * 60 * 60 * 1000;

export const linkRequestStandings = [
  'waiting',
  'sent',
  'opened',
  'linked',
  'expired',
  'bounced',
  'revoked',
] as const;
export type LinkRequestStanding = (typeof linkRequestStandings)[number];

export type LinkRequestTimes = Pick<
  LinkRequest,
  'expiresAt' | 'sentAt' | 'bouncedAt' | 'openedAt' | 'usedAt' | 'revokedAt'
>;

/** What became of the request. One that did not arrive stays so when it expires: that is what is to be mended. */
export function requestStanding(request: LinkRequestTimes, now: Date): LinkRequestStanding {
  if (request.revokedAt) return 'revoked';
  if (request.usedAt) return 'linked';
  if (request.bouncedAt && !request.openedAt) return 'bounced';
  if (request.expiresAt <= now) return 'expired';
  if (request.openedAt) return 'opened';
  return request.sentAt ? 'sent' : 'waiting';
}

/** Whether its link still leads somewhere, whatever the mail servers said of its letter. */
export function isRequestOpen({ usedAt, revokedAt, expiresAt }: LinkRequestTimes, now: Date): boolean {
  return !usedAt && !revokedAt && expiresAt > now;
}
