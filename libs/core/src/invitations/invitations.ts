import type { Page } from '../audit/audit-log';
import type { Happening } from '../audit/happening';
import type { DomainStore } from '../domains/domain-store';
import { refuseSuspended } from '../enforcement/require-access';
import type { MailLanguage } from '../mail/outgoing-mail';
import { requireGrant, type Authority } from '../members/authority';
import { emailDomain, parseEmail, type Exemption, type MemberSso, type Role } from '../members/member';
import type { MemberStore } from '../members/member-store';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { invitationId, mailId, memberId, type InvitationId, type TenantId } from '../shared/ids';
import type { RateLimits } from '../shared/rate-limits';
import { SsoError } from '../shared/sso-error';
import { createToken, hashToken } from '../shared/token';
import type { Tenant } from '../tenants/tenant';
import { invitationEnd, usualInvitationDays, type Invitation, type InvitationState } from './invitation';
import { requireWayIn } from './require-way-in';
import type { FreshLink, InvitationStore } from './invitation-store';
import { takeMail } from './mail-limits';

export interface WantedInvitation {
  /** Of any domain. */
  readonly email: string;
  readonly name?: string | undefined;
  readonly role: Role;
  readonly sso?: MemberSso | undefined;
  readonly exemption?: Exemption | undefined;
  /** Of the mail. */
  readonly language?: MailLanguage | undefined;
  readonly days?: number | undefined;
}

/** What inviting reads and writes, by name. */
export interface InvitationPorts {
  readonly invitations: InvitationStore;
  readonly members: MemberStore;
  readonly domains: DomainStore;
  readonly limits: RateLimits;
  readonly clock: Clock;
  readonly chance: Chance;
}

/** Asking people in by mail (TEN-5). */
export class Invitations {
  constructor(
    private readonly ports: InvitationPorts,
    /** Under which links in mails begin, whatever a request says of its host. */
    private readonly publicUrl: string,
  ) {}

  /** Throws `exemption_needed` where the person could not sign in, `conflict` for a member or an address that is invited. */
  async invite(tenant: Tenant, wanted: WantedInvitation, by: Authority): Promise<Invitation> {
    refuseSuspended(tenant, undefined);
    requireGrant(by, wanted.role);
    const invitation = await this.describe(tenant.id, wanted, by);
    await this.refuseWithoutWayIn(tenant, invitation);
    await takeMail(this.ports.limits, invitation);
    const because = this.because('invitation.created', invitation, by);
    const link = this.createLink(tenant, invitation);
    const outcome = await this.ports.invitations.add(tenant.id, invitation, link, because);
    if (outcome === 'added') return invitation;
    throw refusal(outcome, invitation.email);
  }

  /** A new link by a new mail; the one before leads nowhere from now on. */
  async resend(tenant: Tenant, id: InvitationId, by: Authority): Promise<Invitation> {
    refuseSuspended(tenant, undefined);
    const before = await this.requireOpen(tenant.id, id, by);
    const { openedAt: _opened, browserKeyHash: _browser, ...kept } = before;
    const sentAt = this.ports.clock.now();
    const lasts = before.expiresAt.getTime() - before.sentAt.getTime();
    const invitation = { ...kept, sentAt, expiresAt: new Date(sentAt.getTime() + lasts) };
    await this.refuseWithoutWayIn(tenant, invitation);
    await takeMail(this.ports.limits, invitation);
    const because = this.because('invitation.resent', invitation, by);
    const link = this.createLink(tenant, invitation);
    const outcome = await this.ports.invitations.renew(tenant.id, invitation, link, because);
    if (outcome === 'renewed') return invitation;
    throw notOpen(id);
  }

  async revoke(tenantId: TenantId, id: InvitationId, by: Authority): Promise<Invitation> {
    const invitation = await this.requireOpen(tenantId, id, by);
    const because = this.because('invitation.revoked', invitation, by);
    if ((await this.ports.invitations.revoke(tenantId, id, because)) === 'revoked')
      return this.get(tenantId, id);
    throw notOpen(id);
  }

  async get(tenantId: TenantId, id: InvitationId): Promise<Invitation> {
    const invitation = await this.ports.invitations.find(tenantId, id);
    if (invitation) return invitation;
    throw new SsoError('not_found', 'This tenant has no such invitation.', { got: id });
  }

  /** Newest first. */
  list(tenantId: TenantId, page: Page, state?: InvitationState): Promise<Invitation[]> {
    return this.ports.invitations.list(tenantId, page, state);
  }

  private async describe(tenantId: TenantId, wanted: WantedInvitation, by: Authority): Promise<Invitation> {
    const now = this.ports.clock.now();
    const { name, sso, exemption } = wanted;
    if (exemption?.until && exemption.until <= now) throw exemptionOver(exemption.until);
    const inviter = await this.nameOf(tenantId, by);
    return {
      id: invitationId.create(now, this.ports.chance),
      tenantId,
      email: parseEmail(wanted.email),
      ...(name === undefined ? {} : { name }),
      role: wanted.role,
      ...(sso && { sso }),
      ...(exemption && { exemption }),
      language: wanted.language ?? 'en',
      ...(inviter === undefined ? {} : { inviter }),
      invitedBy: by.actor,
      state: 'open',
      createdAt: now,
      sentAt: now,
      expiresAt: invitationEnd(now, wanted.days ?? usualInvitationDays),
    };
  }

  private async refuseWithoutWayIn(tenant: Tenant, invitation: Invitation): Promise<void> {
    const { domains, clock } = this.ports;
    const isVerified = await domains.isVerified(tenant.id, emailDomain(invitation.email));
    requireWayIn(tenant, invitation, isVerified, clock.now());
  }

  private async nameOf(tenantId: TenantId, { actor: { kind, id } }: Authority): Promise<string | undefined> {
    if (kind !== 'member' || !memberId.is(id)) return undefined;
    const person = await this.ports.members.find(tenantId, id);
    return person && (person.user.name ?? person.user.email);
  }

  private createLink({ name: organisation }: Tenant, invitation: Invitation): FreshLink {
    const { email: to, language, inviter, sentAt, expiresAt } = invitation;
    const token = createToken(this.ports.chance);
    const url = `${this.publicUrl}/invitations/${token}`;
    const message = { kind: 'invitation', organisation, url, expiresAt } as const;
    const mail = {
      id: mailId.create(sentAt, this.ports.chance),
      to,
      language,
      message: { ...message, ...(inviter === undefined ? {} : { inviter }) },
      createdAt: sentAt,
    };
    return { tokenHash: hashToken(token), mail };
  }

  private async requireOpen(tenantId: TenantId, id: InvitationId, by: Authority): Promise<Invitation> {
    const invitation = await this.get(tenantId, id);
    requireGrant(by, invitation.role);
    if (invitation.state === 'open') return invitation;
    throw notOpen(id);
  }

  private because(type: Happening['type'], invitation: Invitation, { actor }: Authority): Happening {
    const { id: subject, tenantId, email, role, sso, exemption, expiresAt } = invitation;
    const after = { email, role, sso, exemption, expiresAt };
    return { type, tenantId, at: this.ports.clock.now(), actor, subject, after };
  }
}

function refusal(outcome: 'another-open' | 'already-member', email: string): SsoError {
  const message =
    outcome === 'already-member'
      ? 'This person is a member of the tenant already; change the role instead.'
      : 'This person is invited already: send that invitation again, or revoke it first.';
  return new SsoError('conflict', message, { got: email });
}

function notOpen(id: InvitationId): SsoError {
  return new SsoError('conflict', 'This invitation was accepted or revoked already; write a new one.', {
    want: 'an invitation that is open or has expired',
    got: id,
  });
}

function exemptionOver(until: Date): SsoError {
  return new SsoError('validation_failed', 'The exemption must end in the future, or not at all.', {
    want: 'exemption.until in the future',
    got: until.toISOString(),
  });
}
