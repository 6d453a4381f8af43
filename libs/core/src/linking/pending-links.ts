import type { Actor } from '../audit/happening';
import { configurationFingerprint, type Connection } from '../connections/connection';
import type { ConnectionStore } from '../connections/connection-store';
import type { AccountStore } from '../credentials/account';
import { isFreshProof, requireFreshProof, type Proven } from '../credentials/fresh-proof';
import { requireAccess } from '../enforcement/require-access';
import type { MailLanguage, OutgoingMail } from '../mail/outgoing-mail';
import { emailKey, type Member, type Person } from '../members/member';
import type { MemberStore } from '../members/member-store';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import { mailId, memberId, pendingLinkId, type FlowId, type TenantId } from '../shared/ids';
import type { RateLimits } from '../shared/rate-limits';
import { hashToken } from '../shared/token';
import type { Tenant } from '../tenants/tenant';
import type { TenantStore } from '../tenants/tenant-store';
import { describeNewLink } from './describe-new-link';
import { codeMails, createCode, hashCode, readableCode } from './link-code';
import {
  linkChanged,
  linkedToAnother,
  noSuchLink,
  otherBrowser,
  ownersLinkThemselves,
} from './link-refusals';
import {
  mostCodes,
  pendingStanding,
  wantedProof,
  type LinkProof,
  type PendingLink,
  type PendingStanding,
} from './pending-link';
import type { ConfirmedLink, PendingLinkStore } from './pending-link-store';

/** What confirming a link reads and writes, by name. */
export interface PendingLinkPorts {
  readonly pending: PendingLinkStore;
  readonly tenants: TenantStore;
  readonly connections: ConnectionStore;
  readonly members: MemberStore;
  readonly accounts: AccountStore;
  readonly limits: RateLimits;
  readonly clock: Clock;
  readonly chance: Chance;
}

/** The browser that comes back, and in which language its person is written to. */
export interface LinkVisitor {
  readonly browserKey: string;
  readonly actor: Actor;
  readonly language: MailLanguage;
  /** Who is signed in in it, by what. */
  readonly signedIn?: Proven | undefined;
}

/** A pending link as its own browser may see it. */
export interface PendingView {
  readonly pending: PendingLink;
  readonly tenant: Tenant;
  readonly connection: Connection;
  readonly standing: PendingStanding;
  readonly wants: LinkProof;
}

export type SendingOutcome =
  { readonly kind: 'sent' | 'over' } | { readonly kind: 'slow-down'; readonly seconds: number };

/** From an identity that waits in a browser to the link between it and an account (LNK-5). */
export class PendingLinks {
  constructor(private readonly ports: PendingLinkPorts) {}

  /** What the browser of a round finds when it comes back: where nothing is left to prove the link is made here. */
  async arrive(tenantId: TenantId, flowId: FlowId, visitor: LinkVisitor): Promise<PendingView> {
    const found = await this.ports.pending.findByFlow(tenantId, flowId);
    const view = await this.viewOf(found, visitor);
    if (view.standing !== 'open') return view;
    if (view.wants === 'code') await this.send(view, visitor);
    else if (view.wants === 'none' || this.isOwnAddress(view, visitor)) await this.link(view, visitor);
    return this.look(view.pending.id, visitor);
  }

  /** Throws `link_unknown` or `flow_other_browser`. */
  async look(id: string, visitor: Pick<LinkVisitor, 'browserKey'>): Promise<PendingView> {
    const found = pendingLinkId.is(id) ? await this.ports.pending.findAnywhere(id) : undefined;
    return this.viewOf(found, visitor);
  }

  async sendAnother(id: string, visitor: LinkVisitor): Promise<SendingOutcome> {
    const view = await this.look(id, visitor);
    if (view.standing !== 'open' || view.wants !== 'code') return { kind: 'over' };
    return this.send(view, visitor);
  }

  /** Of the codes only the newest is right, and only in the browser that began. Throws what `link` throws. */
  async enterCode(id: string, typed: string, visitor: LinkVisitor): Promise<'linked' | 'wrong' | 'over'> {
    const view = await this.look(id, visitor);
    if (view.standing !== 'open' || view.wants !== 'code')
      return view.standing === 'linked' ? 'linked' : 'over';
    const { id: pendingId, tenantId } = view.pending;
    const hash = hashCode(pendingId, visitor.browserKey, typed);
    const outcome = await this.ports.pending.tryCode(tenantId, pendingId, hash, this.ports.clock.now());
    if (outcome !== 'right') return outcome;
    await this.link(view, visitor);
    return 'linked';
  }

  /** For who is signed in by the account's own password or passkey, just now. Throws `proof_stale` and what `link` throws. */
  async confirmSignedIn(id: string, visitor: LinkVisitor): Promise<'linked' | 'over'> {
    const view = await this.look(id, visitor);
    if (view.standing !== 'open' || view.wants !== 'session')
      return view.standing === 'linked' ? 'linked' : 'over';
    await this.link(view, visitor);
    return 'linked';
  }

  /** The address is the account's, and its visitor is signed in already: nothing is left to ask. */
  private isOwnAddress({ pending }: PendingView, { signedIn }: LinkVisitor): boolean {
    const isTheirs = pending.sameAddress && signedIn?.userId === pending.userId;
    return isTheirs && isFreshProof(signedIn, this.ports.clock.now());
  }

  private async send(
    { pending, tenant, connection }: PendingView,
    visitor: LinkVisitor,
  ): Promise<SendingOutcome> {
    const { limits, clock, chance } = this.ports;
    const now = clock.now();
    if (pending.codes >= mostCodes) return { kind: 'over' };
    const verdict = await limits.take(codeMails, pending.userId, now);
    if (verdict.kind === 'limited') return { kind: 'slow-down', seconds: verdict.seconds };
    const code = createCode(chance);
    const { identityEmail, expiresAt } = pending;
    const message = {
      ...({ kind: 'link-code', organisation: tenant.name, connection: connection.label } as const),
      ...(identityEmail !== undefined && { identity: identityEmail }),
      ...{ code: readableCode(code), expiresAt },
    };
    const { language } = visitor;
    const mail: OutgoingMail = {
      id: mailId.create(now, chance),
      to: pending.email,
      language,
      message,
      createdAt: now,
    };
    const codeHash = hashCode(pending.id, visitor.browserKey, code);
    return { kind: await this.ports.pending.sendCode(pending.tenantId, pending.id, { codeHash, mail }) };
  }

  /** Throws `link_revoked` where anything is not what it was, `link_other_user`, `link_required` for an owner, and what the policy refuses with. */
  private async link(view: PendingView, visitor: LinkVisitor): Promise<void> {
    const { pending, tenant, connection, wants } = view;
    if (wants === 'session') this.requireHolder(pending, visitor);
    refuseChanged(view);
    const who = await this.whoIsLinked(view);
    const now = this.ports.clock.now();
    requireAccess({ tenant, member: who.person.member, method: 'sso', now });
    const confirmed = this.describe(view, who, visitor);
    const outcome = await this.ports.pending.link(pending.tenantId, pending.id, confirmed);
    if (outcome === 'linked') return;
    if (outcome === 'taken') throw linkedToAnother();
    if (outcome === 'owner') throw ownersLinkThemselves();
    // Another tab may have been faster: then there is nothing to refuse.
    if ((await this.look(pending.id, visitor)).standing !== 'linked') throw linkChanged(connection.id);
  }

  private requireHolder({ userId }: PendingLink, { signedIn }: LinkVisitor): void {
    if (signedIn?.userId !== userId) throw otherBrowser();
    requireFreshProof(signedIn, this.ports.clock.now());
  }

  /** The member as it is now, or as the user becomes one; nobody where the account has another address by now. */
  private async whoIsLinked({ pending, connection }: PendingView): Promise<Linked> {
    const { tenantId, userId, email, joining } = pending;
    const member = await this.ports.members.findByEmail(tenantId, email);
    if (member?.user.id === userId) return { person: member, joins: false };
    const mayJoin = joining && connection.settings.autoJoin;
    const user = mayJoin && (await this.ports.accounts.findAnywhere(userId))?.user;
    if (!user || emailKey(user.email) !== emailKey(email)) throw linkChanged(userId);
    const now = this.ports.clock.now();
    const ids = { id: memberId.create(now, this.ports.chance), tenantId, userId };
    return { person: { user, member: { ...ids, ...joining, createdAt: now } }, joins: true };
  }

  private describe(
    { pending, tenant, connection, wants }: PendingView,
    { person, joins }: Linked,
    visitor: LinkVisitor,
  ): ConfirmedLink {
    const { clock, chance } = this.ports;
    const { cause, issuer, subject, identityEmail: email, linkRequestId } = pending;
    const now = clock.now();
    const data = { cause, provenBy: wants === 'none' ? 'address' : wants, linkRequestId };
    const { language, actor } = visitor;
    const what = { tenant, connection, person, identity: { issuer, subject, email }, language, actor, data };
    const described = describeNewLink(what, now, chance);
    const ownersToo = wants === 'session';
    if (!joins) return { ...described, ownersToo };
    const added = becauseAdded(person.member, person.user.email, connection, actor, now);
    return { ...described, because: [added, ...described.because], joining: person.member, ownersToo };
  }

  private async viewOf(
    pending: PendingLink | undefined,
    { browserKey }: Pick<LinkVisitor, 'browserKey'>,
  ): Promise<PendingView> {
    if (!pending) throw noSuchLink();
    if (pending.browserKeyHash !== hashToken(browserKey)) throw otherBrowser();
    const { tenants, connections, clock } = this.ports;
    const [tenant, connection] = await Promise.all([
      tenants.find(pending.tenantId),
      connections.find(pending.tenantId, pending.connectionId),
    ]);
    if (!tenant || !connection) throw linkChanged(pending.connectionId);
    const standing = pendingStanding(pending, clock.now());
    return { pending, tenant, connection, standing, wants: wantedProof(pending) };
  }
}

/** Whose account is linked, and whether the person becomes a member by it. */
interface Linked {
  readonly person: Person;
  readonly joins: boolean;
}

/** What the identity was verified under must be what is trusted still. */
function refuseChanged({ pending, connection }: PendingView): void {
  const isSame = connection.enabledAt && configurationFingerprint(connection) === pending.trust;
  if (!isSame) throw linkChanged(connection.id);
}

function becauseAdded(
  { id: subject, tenantId, role, sso }: Member,
  email: string,
  { id: connectionId }: Connection,
  actor: Actor,
  at: Date,
) {
  const after = { email, role, sso };
  return { type: 'member.added', tenantId, at, actor, subject, after, data: { connectionId } } as const;
}
