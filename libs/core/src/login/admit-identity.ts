import type { Actor } from '../audit/happening';
import type { Connection } from '../connections/connection';
import type { Protocols } from '../connections/protocols';
import type { AccountStore } from '../credentials/account';
import type { DomainStore } from '../domains/domain-store';
import { requireAccess } from '../enforcement/require-access';
import { invitedMember } from '../invitations/invitation';
import type { InvitationStore } from '../invitations/invitation-store';
import type { AccountLinks } from '../linking/account-links';
import {
  decideMembership,
  grantedRole,
  type MembershipDecision,
  type MembershipFacts,
} from '../linking/decide-membership';
import type { FollowMove } from '../linking/follow-move';
import type { LinkStore } from '../linking/link-store';
import { meetProvisioned } from '../linking/meet-provisioned';
import type { ProvisionedMatches } from '../linking/provisioned-match';
import { emailDomain, emailKey, type Person, type User } from '../members/member';
import type { MemberStore } from '../members/member-store';
import type { RemovedMemberStore } from '../members/removed-member-store';
import { startingSso } from '../members/starting-sso';
import type { Session } from '../sessions/session';
import type { SessionOpener } from '../sessions/session-opener';
import type { Chance } from '../shared/chance';
import type { Clock } from '../shared/clock';
import type { Tenant } from '../tenants/tenant';
import { silentChecks } from './check-log';
import type { AnsweredRound, HoldLink, LinkCandidate } from './hold-link';
import { refuseUnusable } from './refuse-unusable';
import { proofOf } from './sso-proof';
import type { UpdateProfile } from './update-profile';
import { withOneSpelling, type VerifiedIdentity } from './verified-identity';
import { WriteAdmission } from './write-admission';

/** Everything that letting a person in reads and writes, by name. */
export interface AdmissionPorts {
  readonly protocols: Protocols;
  readonly links: LinkStore;
  readonly moves: FollowMove;
  readonly members: MemberStore;
  readonly removed: RemovedMemberStore;
  readonly provisioned: ProvisionedMatches;
  readonly invitations: InvitationStore;
  readonly accounts: AccountStore;
  readonly domains: DomainStore;
  readonly holdLink: HoldLink;
  readonly accountLinks: AccountLinks;
  readonly profiles: UpdateProfile;
  readonly sessions: SessionOpener;
  readonly clock: Clock;
  readonly chance: Chance;
}

/**
 * `confirm`: the account is there and linked to nothing; the browser of the round goes on with it, and where there was no
 * round it begins one.
 */
export type AdmissionOutcome =
  { readonly kind: 'session'; readonly session: Session } | { readonly kind: 'confirm' };

/** From a verified identity that was taken once to a session: the same steps wherever the sign-in began. */
export class AdmitIdentity {
  private readonly writing: WriteAdmission;

  constructor(private readonly ports: AdmissionPorts) {
    this.writing = new WriteAdmission(ports);
  }

  async admit(
    connection: Connection,
    arrived: VerifiedIdentity,
    actor: Actor,
    checks = silentChecks(),
    round?: AnsweredRound,
  ): Promise<AdmissionOutcome> {
    checks.run('connection', () => refuseUnusable(this.ports.protocols, connection, arrived));
    const identity = withOneSpelling(arrived);
    const { tenant, person: linked } = await this.ports.links.findLinked(
      connection.tenantId,
      connection.id,
      identity,
    );
    const decision = await this.decide(tenant, connection, identity, linked);
    const member = memberOf(decision, tenant);
    const now = this.ports.clock.now();
    checks.run('policy', () => requireAccess({ tenant, member, method: 'sso', now }));
    if (decision.kind === 'confirm' || decision.kind === 'confirm-joining') {
      const candidate = candidateOf(decision, tenant, connection, identity);
      if (round) await this.ports.holdLink.hold(connection, round, identity, candidate, checks);
      return { kind: 'confirm' };
    }
    const admitted = await checks.runAsync('membership', () =>
      this.writing.carryOut(decision, tenant, connection, identity, actor),
    );
    const person = linked
      ? await this.ports.profiles.follow(admitted, tenant, connection, identity, actor)
      : admitted;
    const waiting = round && { flowId: round.flow.id, ticketHash: round.ticketHash };
    const open = () =>
      this.ports.sessions.open(tenant, person, proofOf(connection, identity), actor, waiting);
    return { kind: 'session', session: await checks.runAsync('session', open) };
  }

  private async decide(
    tenant: Tenant,
    connection: Connection,
    identity: VerifiedIdentity,
    linked: Person | undefined,
  ): Promise<MembershipDecision> {
    if (linked) return { kind: 'sign-in', person: linked };
    const { tenantId, settings } = connection;
    const { provisioned, removed } = this.ports;
    const known = meetProvisioned(await provisioned.find(tenantId, connection.id, identity));
    const found = await this.whoItMayBe(connection, identity, known.met?.person);
    const people = [found.sameEmail, found.following?.person, known.met?.person];
    return decideMembership({
      ...{ ...found, ...known },
      linkedOtherwise:
        tenant.associateByEmail && (await this.isLinked(found.sameEmail, connection, identity)),
      removed: await removed.recognise(tenantId, identity),
      unlinked: people.some((each) => each?.member.unlinkedAt !== undefined),
      jit: settings.jit,
      associateByEmail: tenant.associateByEmail,
    });
  }

  /** Who comes without an address is as far inside the tenant's domains as the member whom a directory's ID names. */
  private async whoItMayBe(
    connection: Connection,
    identity: VerifiedIdentity,
    met: Person | undefined,
  ): Promise<LookedUp> {
    const { email } = identity;
    if (email !== undefined) return this.lookUp(connection, { ...identity, email });
    const domain = met && emailDomain(met.user.email);
    const isOurs = domain !== undefined && (await this.ports.domains.isVerified(connection.tenantId, domain));
    return { ...strangers, domainIsVerified: isOurs };
  }

  /** What the address leads to: nothing of the tenant's own, unless its domain is the tenant's. */
  private async lookUp(connection: Connection, identity: IdentityWithEmail): Promise<LookedUp> {
    const { members, domains, invitations, clock } = this.ports;
    const { tenantId, settings } = connection;
    const { email } = identity;
    const emailIsKnown = await members.emailIsKnownAnywhere(email);
    if (!(await domains.isVerified(tenantId, emailDomain(email)))) return { ...strangers, emailIsKnown };
    return {
      emailIsKnown,
      domainIsVerified: true,
      joining: emailIsKnown && settings.autoJoin ? await this.userWith(email) : undefined,
      following: await this.findMove(connection, identity),
      sameEmail: await members.findByEmail(tenantId, email),
      invitation: await invitations.findOpen(tenantId, email, clock.now()),
    };
  }

  /** Whether an identity of this identity provider is linked to the member, which another one then is not by itself. */
  private async isLinked(
    person: Person | undefined,
    { tenantId, id }: Connection,
    { issuer }: VerifiedIdentity,
  ): Promise<boolean> {
    const links = person ? await this.ports.links.ofUser(tenantId, person.user.id) : [];
    return links.some((link) => link.connectionId === id && link.issuer === issuer);
  }

  private async userWith(email: string): Promise<User | undefined> {
    return (await this.ports.accounts.findByEmailAnywhere(emailKey(email)))?.user;
  }

  private findMove({ tenantId, id }: Connection, identity: IdentityWithEmail) {
    return this.ports.moves.find(tenantId, id, identity, this.ports.clock.now());
  }
}

type IdentityWithEmail = VerifiedIdentity & { readonly email: string };

type LookedUp = Pick<
  MembershipFacts,
  'emailIsKnown' | 'domainIsVerified' | 'joining' | 'following' | 'sameEmail' | 'invitation'
>;

const strangers = { emailIsKnown: false, domainIsVerified: false };
const newcomer = { role: 'member', sso: 'inherit' } as const;

/** As what the policy sees whoever comes, before anything is written: somebody new starts as a member like any other. */
function memberOf(decision: MembershipDecision, tenant: Tenant) {
  if ('person' in decision) return decision.person.member;
  return decision.kind === 'invited' ? invitedMember(tenant, decision.invitation, true) : newcomer;
}

/** Whom the browser is asked about; who is no member yet joins in the role that JIT would give. */
function candidateOf(
  decision: Extract<MembershipDecision, { kind: 'confirm' | 'confirm-joining' }>,
  tenant: Tenant,
  { settings }: Connection,
  { groups, role: named }: VerifiedIdentity,
): LinkCandidate {
  if (decision.kind === 'confirm') return { user: decision.person.user, cause: 'sign-in' };
  const role = grantedRole(settings, groups, named);
  return { user: decision.user, cause: 'sign-in', joining: { role, sso: startingSso(tenant, role, true) } };
}
