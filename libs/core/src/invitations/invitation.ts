import type { Actor } from '../audit/happening';
import { decideAccess } from '../enforcement/decide-access';
import type { MailLanguage } from '../mail/outgoing-mail';
import { startingSso } from '../members/starting-sso';
import type { Exemption, Member, MemberSso, Role } from '../members/member';
import type { InvitationId, TenantId } from '../shared/ids';
import type { Tenant } from '../tenants/tenant';

/** As stored; an open one is over all the same once it has expired. */
export const invitationStates = ['open', 'accepted', 'revoked'] as const;
export type InvitationState = (typeof invitationStates)[number];

/** Somebody who may become a member by proving that the mailbox is theirs; of the link there is only a hash. */
export interface Invitation {
  readonly id: InvitationId;
  readonly tenantId: TenantId;
  readonly email: string;
  readonly name?: string;
  readonly role: Role;
  /** As the tenant's policy has it when the person comes, where nothing is said (ENF-7). */
  readonly sso?: MemberSso;
  readonly exemption?: Exemption;
  readonly language: MailLanguage;
  /** What the mail calls whoever invited, where that was a member. */
  readonly inviter?: string;
  readonly invitedBy: Actor;
  readonly state: InvitationState;
  readonly createdAt: Date;
  /** Of the newest link: older ones are good for nothing. */
  readonly sentAt: Date;
  readonly expiresAt: Date;
  /** When, and in which browser, somebody showed that the mailbox is theirs. */
  readonly openedAt?: Date;
  readonly browserKeyHash?: string;
  readonly endedAt?: Date;
}

const dayMs = 24 * 60 * 60 * 1000;
export const usualInvitationDays = 7;
export const longestInvitationDays = 30;

/** Past its end an invitation tells the tenant for this long what became of it, and is then forgotten. */
export const endedInvitationKeptMs = 90 * dayMs;

export function invitationEnd(sentAt: Date, days: number): Date {
  return new Date(sentAt.getTime() + days * dayMs);
}

export type InvitationStanding = 'open' | 'expired' | 'used' | 'revoked';

/** What the link in the mail is good for now. */
export function standingOf({ state, expiresAt }: Invitation, now: Date): InvitationStanding {
  if (state === 'accepted') return 'used';
  if (state === 'revoked') return 'revoked';
  return expiresAt <= now ? 'expired' : 'open';
}

/** The part of a membership that an invitation decides. */
export type InvitedMember = Pick<Member, 'role' | 'sso' | 'exemption'>;

/** As what the person would come in now: the address and the role are the invitation's, never anything that came with a request. */
export function invitedMember(
  tenant: Tenant,
  { role, sso, exemption }: Pick<Invitation, 'role' | 'sso' | 'exemption'>,
  domainIsVerified: boolean,
): InvitedMember {
  // Who is exempt on purpose must be able to make use of it.
  const starting = exemption ? 'inherit' : startingSso(tenant, role, domainIsVerified);
  return { role, sso: sso ?? starting, ...(exemption && { exemption }) };
}

/** How such a member could sign in. */
export interface WaysIn {
  readonly password: boolean;
  /** By the tenant's own identity provider, which vouches for addresses of verified domains only (LNK-8). */
  readonly sso: boolean;
}

export function waysIn(tenant: Tenant, member: InvitedMember, domainIsVerified: boolean, now: Date): WaysIn {
  const allowed = (method: 'password' | 'sso') => decideAccess({ tenant, member, method, now }).allowed;
  return { password: allowed('password'), sso: domainIsVerified && allowed('sso') };
}
