import type { Actor, Happening } from '../audit/happening';
import type { SecondFactor, SecondFactors } from '../credentials/second-factors';
import type { AccessQuestion, AccessRule } from '../enforcement/decide-access';
import { wouldBeRefused } from '../enforcement/dry-run';
import { requireAccess } from '../enforcement/require-access';
import type { Person } from '../members/member';
import type { Chance } from '../shared/chance';
import { clipText } from '../shared/clip';
import type { Clock } from '../shared/clock';
import { sessionId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import type { Tenant } from '../tenants/tenant';
import type { EmergencyStore } from './emergency-store';
import { isSecondFactorProven, methodOf, type Proof } from './proof';
import { sessionEnd, type Session } from './session';
import type { SessionStore, WaitingFlow } from './session-store';
import { alarmOf, signInSucceeded } from './sign-in-happening';

/** What lies between a proof and a session. */
export type NextStep =
  | { readonly kind: 'open'; readonly rule: AccessRule }
  /** `enrolled`: what can be asked for; where it is empty, the person sets one up first. */
  | {
      readonly kind: 'second-factor';
      readonly rule: AccessRule;
      readonly enrolled: readonly SecondFactor[];
    };

/** The one place where any way of signing in becomes a session: what forbids a sign-in is checked here. */
export class SessionOpener {
  constructor(
    private readonly store: SessionStore,
    private readonly emergencies: EmergencyStore,
    private readonly factors: SecondFactors,
    private readonly clock: Clock,
    private readonly chance: Chance,
    private readonly lifetimeMs: number,
  ) {}

  /** What `open` would do. Throws what forbids this way in: `tenant_suspended`, `member_suspended` or an `sso_*` code. */
  async next(tenant: Tenant, person: Person, proof: Proof): Promise<NextStep> {
    const { rule, secondFactor } = requireAccess(this.question(tenant, person, proof));
    if (secondFactor === 'none' || isSecondFactorProven(proof)) return { kind: 'open', rule };
    const enrolled = await this.factors.enrolled(person.user.id);
    if (secondFactor === 'if-enrolled' && enrolled.length === 0) return { kind: 'open', rule };
    return { kind: 'second-factor', rule, enrolled };
  }

  /** Throws what `next` throws, and `second_factor_required`. */
  async open(
    tenant: Tenant,
    person: Person,
    proof: Proof,
    actor: Actor,
    waiting?: WaitingFlow,
  ): Promise<Session> {
    const next = await this.next(tenant, person, proof);
    if (next.kind === 'second-factor') throw secondFactorRequired(next.enrolled);
    const now = this.clock.now();
    const session = this.describe(tenant, person, proof, next.rule, actor, now);
    const refusedBy = wouldBeRefused(this.question(tenant, person, proof));
    const judgement = { rule: next.rule, wouldBeRefused: refusedBy };
    const succeeded = signInSucceeded(session, proof, judgement, actor);
    if (session.breakGlass) await this.openLoudly(tenant, person, session, succeeded, waiting);
    else await this.store.open(tenant.id, session, succeeded, waiting);
    return session;
  }

  private async openLoudly(
    tenant: Tenant,
    person: Person,
    session: Session,
    succeeded: Happening,
    waiting: WaitingFlow | undefined,
  ): Promise<void> {
    const factorSetUpAt = await this.factors.newestAt(person.user.id);
    const alarm = alarmOf(tenant, person, session, succeeded, factorSetUpAt);
    await this.emergencies.open(tenant.id, session, alarm, waiting);
  }

  private question(tenant: Tenant, { member }: Person, { via }: Proof): AccessQuestion {
    return { tenant, member, method: methodOf(via), now: this.clock.now() };
  }

  private describe(
    tenant: Tenant,
    person: Person,
    proof: Proof,
    rule: AccessRule,
    { address }: Actor,
    now: Date,
  ): Session {
    return {
      id: sessionId.create(now, this.chance),
      tenantId: tenant.id,
      userId: person.user.id,
      memberId: person.member.id,
      ...describeProof(proof),
      breakGlass: rule === 'break-glass',
      ...(address === undefined ? {} : { address }),
      ...(proof.userAgent === undefined ? {} : { userAgent: clipText(proof.userAgent, 300) }),
      authenticatedAt: proof.authenticatedAt,
      createdAt: now,
      expiresAt: sessionEnd(now, this.lifetimeMs, proof.via === 'saml' ? proof.notOnOrAfter : undefined),
    };
  }
}

function describeProof(proof: Proof) {
  if (proof.via !== 'saml') {
    const { via, secondFactor } = proof;
    return { via, groups: [], ...(secondFactor === undefined ? {} : { secondFactor }) };
  }
  const { via, connectionId, sessionIndex, nameId, groups, attributes } = proof;
  return {
    via,
    connectionId,
    ...(sessionIndex === undefined ? {} : { sessionIndex }),
    ...(nameId === undefined ? {} : { nameId }),
    groups,
    ...(attributes && { attributes }),
  };
}

function secondFactorRequired(enrolled: readonly SecondFactor[]): SsoError {
  return new SsoError('second_factor_required', 'A second factor is needed besides the password.', {
    want: enrolled.length > 0 ? enrolled.join(' or ') : 'a second factor that is set up first',
  });
}
