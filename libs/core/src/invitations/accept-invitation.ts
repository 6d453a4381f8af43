import type { Actor, Happening } from '../audit/happening';
import { describeChange } from '../credentials/credential-change';
import { hashPassword } from '../credentials/password-hash';
import { refuseWeakPassword } from '../credentials/password-rules';
import type { DomainStore } from '../domains/domain-store';
import { refuseSuspended, requireAccess } from '../enforcement/require-access';
import { emailDomain, emailKey, type Person, type User } from '../members/member';
import { describeNewPerson } from '../members/new-person';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { SsoError } from '../shared/sso-error';
import { hashToken } from '../shared/token';
import type { Tenant } from '../tenants/tenant';
import type { TenantStore } from '../tenants/tenant-store';
import { invitedMember, standingOf, type Invitation, type InvitationStanding } from './invitation';
import type { Acceptance, AcceptOutcome, FirstPassword, InvitationStore } from './invitation-store';
import { notOpenAnyMore, otherBrowser, otherPerson, unknownLink } from './refuse-acceptance';
import { requireWayIn } from './require-way-in';

/** What a page may say of an invitation to whoever has its link. */
export interface InvitationShown {
  readonly tenant: Tenant;
  readonly invitation: Invitation;
  readonly standing: InvitationStanding;
}

/** What comes next for somebody who opened the invitation; `sso`: the company's sign-in does as well. */
export type InvitationStep =
  | { readonly kind: 'set-password'; readonly sso: boolean }
  /** The address has an account: its owner signs in to that first. */
  | { readonly kind: 'sign-in'; readonly sso: boolean }
  /** A sign-in by the tenant's identity provider makes the member. */
  | { readonly kind: 'sso' };

/** Who has which link, in which browser. */
export interface LinkHolder {
  readonly token: string;
  /** The browser key that the cookie holds. */
  readonly browserKey: string;
  readonly actor: Actor;
}

export interface Accepted {
  readonly tenant: Tenant;
  readonly person: Person;
}

/** What accepting reads and writes, by name. */
export interface AcceptancePorts {
  readonly invitations: InvitationStore;
  readonly tenants: TenantStore;
  readonly domains: DomainStore;
  readonly clock: Clock;
  readonly chance: Chance;
}

/** What somebody can do with the link of an invitation: tenant, address and role are always those of its row. */
export class AcceptInvitation {
  constructor(
    private readonly ports: AcceptancePorts,
    /** What nobody may make a password of besides their own names: of the product and its host. */
    private readonly productNames: readonly string[],
  ) {}

  /** Changes nothing, so that whatever follows links in mails may call it. Throws `invitation_unknown`. */
  async look(token: string): Promise<InvitationShown> {
    const invitation = await this.find(token);
    const tenant = await this.ports.tenants.find(invitation.tenantId);
    if (!tenant) throw unknownLink();
    return { tenant, invitation, standing: standingOf(invitation, this.ports.clock.now()) };
  }

  /** Whoever posts the link has the mailbox; from then on this browser goes on with it, and no other. */
  async open({ token, browserKey, actor }: LinkHolder): Promise<InvitationStep> {
    const { tenant, invitation } = await this.lookAtOpen(token);
    refuseSuspended(tenant, undefined);
    const by = { tokenHash: hashToken(token), browserKeyHash: hashToken(browserKey) };
    const because = this.because('invitation.opened', invitation.id, invitation, actor);
    const outcome = await this.ports.invitations.open(tenant.id, invitation.id, by, because);
    if (outcome === 'elsewhere') throw otherBrowser();
    if (outcome === 'gone') throw await this.whyGone(token);
    return this.next(tenant, invitation);
  }

  /** For somebody who has nothing to sign in with yet. Throws `account_exists`, `sso_required` and what a weak password is refused with. */
  async acceptWithPassword(
    holder: LinkHolder,
    { password, name }: { readonly password: string; readonly name?: string | undefined },
  ): Promise<Accepted> {
    const { tenant, invitation } = await this.lookAtOpened(holder);
    await this.requirePassword(tenant, invitation);
    const names = [tenant.name, tenant.slug, ...this.productNames];
    refuseWeakPassword(password, { email: invitation.email, names });
    const acceptance = await this.describe(holder, tenant, {
      ...invitation,
      ...(name !== undefined && { name }),
    });
    const first = await this.firstPassword(acceptance, invitation, password, holder.actor);
    const because = this.becauseAccepted(acceptance, invitation, holder.actor);
    const { invitations } = this.ports;
    const outcome = await invitations.acceptWithPassword(tenant.id, acceptance, first, because);
    return this.finish(outcome, tenant, holder);
  }

  /**
   * For somebody who has an account. The link has proven the mailbox and no session comes of it: it is opened by what the
   * account signs in with, second factor included. Throws `invitation_other_person` where the browser is signed in as
   * somebody else, `conflict` where the account has nothing to sign in with, and `sso_required`.
   */
  async join(holder: LinkHolder, signedIn: Pick<User, 'email'> | undefined): Promise<Accepted> {
    const { tenant, invitation } = await this.lookAtOpened(holder);
    if (signedIn && emailKey(signedIn.email) !== emailKey(invitation.email))
      throw otherPerson(invitation, signedIn);
    await this.requireAccount(invitation);
    await this.requirePassword(tenant, invitation);
    const acceptance = await this.describe(holder, tenant, invitation);
    const because = this.becauseAccepted(acceptance, invitation, holder.actor);
    const outcome = await this.ports.invitations.acceptAs(tenant.id, acceptance, because);
    return this.finish(outcome, tenant, holder);
  }

  private async next(tenant: Tenant, invitation: Invitation): Promise<InvitationStep> {
    const { clock, invitations } = this.ports;
    const { password, sso } = requireWayIn(
      tenant,
      invitation,
      await this.isVerified(invitation),
      clock.now(),
    );
    if (!password) return { kind: 'sso' };
    const hasAccount = await invitations.canSignInAnywhere(invitation.email);
    return { kind: hasAccount ? 'sign-in' : 'set-password', sso };
  }

  /** The policy speaks before anything is written, as it does when a session is opened. */
  private async requirePassword(tenant: Tenant, invitation: Invitation): Promise<void> {
    const now = this.ports.clock.now();
    const isVerified = await this.isVerified(invitation);
    requireWayIn(tenant, invitation, isVerified, now);
    const member = invitedMember(tenant, invitation, isVerified);
    requireAccess({ tenant, member, method: 'password', now });
  }

  private async requireAccount({ email }: Invitation): Promise<void> {
    if (await this.ports.invitations.canSignInAnywhere(email)) return;
    throw new SsoError(
      'conflict',
      'This address has no account yet. Open the invitation again and choose a password.',
    );
  }

  private isVerified({ tenantId, email }: Invitation): Promise<boolean> {
    return this.ports.domains.isVerified(tenantId, emailDomain(email));
  }

  private async describe(
    { token, browserKey }: LinkHolder,
    tenant: Tenant,
    invitation: Invitation,
  ): Promise<Acceptance> {
    const { clock, chance } = this.ports;
    const member = invitedMember(tenant, invitation, await this.isVerified(invitation));
    const who = { email: invitation.email, name: invitation.name, ...member };
    return {
      invitation,
      tokenHash: hashToken(token),
      browserKeyHash: hashToken(browserKey),
      person: describeNewPerson(tenant.id, who, clock.now(), chance),
    };
  }

  private async firstPassword(
    { person }: Acceptance,
    { language }: Invitation,
    password: string,
    actor: Actor,
  ): Promise<FirstPassword> {
    const { clock, chance } = this.ports;
    const [type, message] = ['credential.password_changed', { kind: 'password-changed' }] as const;
    const change = describeChange(person.user, type, message, { actor, language }, clock.now(), chance);
    return { ...change, hash: await hashPassword(password, chance) };
  }

  private async finish(outcome: AcceptOutcome, tenant: Tenant, holder: LinkHolder): Promise<Accepted> {
    if (outcome.kind === 'accepted') return { tenant, person: outcome.person };
    if (outcome.kind === 'gone') throw await this.whyGone(holder.token);
    throw outcome.kind === 'account-exists'
      ? new SsoError(
          'account_exists',
          'This address has an account: sign in to it, then accept the invitation.',
        )
      : new SsoError('conflict', 'You are a member of this organisation already. Sign in to it.');
  }

  private async find(token: string): Promise<Invitation> {
    const wellFormed = /^[\w-]{43}$/.test(token);
    const found = wellFormed ? await this.ports.invitations.findByTokenAnywhere(hashToken(token)) : undefined;
    if (found) return found;
    throw unknownLink();
  }

  private async lookAtOpen(token: string): Promise<InvitationShown> {
    const shown = await this.look(token);
    if (shown.standing === 'open') return shown;
    throw notOpenAnyMore(shown.standing);
  }

  private async lookAtOpened({ token, browserKey }: LinkHolder): Promise<InvitationShown> {
    const shown = await this.lookAtOpen(token);
    if (shown.invitation.browserKeyHash === hashToken(browserKey)) return shown;
    throw otherBrowser();
  }

  /** It was open a moment ago: somebody used, withdrew or renewed it meanwhile. */
  private async whyGone(token: string): Promise<SsoError> {
    const { standing } = await this.look(token);
    return standing === 'open' ? otherBrowser() : notOpenAnyMore(standing);
  }

  private becauseAccepted(
    { person }: Acceptance,
    invitation: Invitation,
    actor: Actor,
  ): readonly Happening[] {
    const { id, role, sso, exemption } = person.member;
    const added = this.because('member.added', id, invitation, actor);
    const after = { email: invitation.email, role, sso, exemption };
    return [
      { ...added, after, data: { invitationId: invitation.id } },
      { ...this.because('invitation.accepted', invitation.id, invitation, actor), data: { memberId: id } },
    ];
  }

  private because(type: Happening['type'], subject: string, { tenantId }: Invitation, actor: Actor) {
    return { type, tenantId, at: this.ports.clock.now(), actor, subject };
  }
}
