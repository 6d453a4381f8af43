import type { AuditLog } from '../audit/audit-log';
import type { Proven } from '../credentials/fresh-proof';
import type { KnownDevices } from '../credentials/known-devices';
import type { SecondFactors } from '../credentials/second-factors';
import type { Person } from '../members/member';
import type { Membership, Memberships } from '../members/memberships';
import type { Drill } from '../sessions/drill';
import { isSecondFactorProven, type LocalProof } from '../sessions/proof';
import type { SessionOpener } from '../sessions/session-opener';
import type { Sessions } from '../sessions/sessions';
import type { Clock } from '../shared/clock';
import { SsoError } from '../shared/sso-error';
import type { Tenant } from '../tenants/tenant';
import { chooseMembership } from './choose-membership';
import type { LocalOutcome } from './local-outcome';
import type { LocalProgress, LocalSignInStore, LocalState } from './local-sign-in-store';
import type { LocalVisitor } from './local-step';

/** What leads from a proof to a session reads and writes, by name. */
export interface EntryPorts {
  readonly states: LocalSignInStore;
  readonly factors: SecondFactors;
  readonly memberships: Memberships;
  readonly sessions: SessionOpener;
  readonly opened: Sessions;
  readonly drill: Drill;
  readonly devices: KnownDevices;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

/** From what is proven in this browser to the next thing that is asked for, or to a session. */
export class EnterLocally {
  constructor(private readonly ports: EntryPorts) {}

  /** A second factor that is set up is asked for before anything is said of where the person belongs. */
  async advance({ state, user }: LocalProgress, visitor: LocalVisitor): Promise<LocalOutcome> {
    const { factors, memberships, clock } = this.ports;
    const enrolled = isSecondFactorProven(state) ? [] : await factors.enrolled(user.id);
    if (enrolled.length > 0) return { kind: 'second-factor', enrolled };
    const all = await memberships.ofUserAnywhere(user.id);
    const choice = chooseMembership(all, state.via, state.tenantId, clock.now());
    if (choice.kind === 'none') return { kind: 'no-access' };
    if (choice.kind === 'choose')
      return { kind: 'choose-tenant', tenants: choice.among.map(({ tenant }) => tenant) };
    return this.enter({ state, user }, choice.membership, visitor);
  }

  private async enter(
    { state, user }: LocalProgress,
    { tenant, member }: Membership,
    visitor: LocalVisitor,
  ): Promise<LocalOutcome> {
    const person = { user, member };
    const proof = proofOf(state, visitor);
    try {
      if (await this.isFactorMissing(state, tenant, person, proof)) return await this.enrol(state, tenant);
      if (!(await this.ports.states.takeAnywhere(state.id, this.ports.clock.now())))
        return { kind: 'expired' };
      return await this.finish(state, tenant, person, proof, visitor);
    } catch (error) {
      if (!(error instanceof SsoError)) throw error;
      await this.noteRefused(error, state, tenant, person, visitor);
      return outcomeOf(error, tenant);
    }
  }

  private async finish(
    state: LocalState,
    tenant: Tenant,
    person: Person,
    proof: LocalProof,
    { actor, device }: LocalVisitor,
  ): Promise<LocalOutcome> {
    const { sessions, drill, devices } = this.ports;
    if (state.purpose === 'drill') {
      await drill.pass(tenant, person, proof, actor);
      return { kind: 'drill-passed', tenant, proven: provenBy(state) };
    }
    const session = await sessions.open(tenant, person, proof, actor);
    // A change of the password ends the sessions that there are: this one may have come just behind it.
    if (!(await this.ports.states.isUnchangedAnywhere(state))) {
      await this.ports.opened.signOutAnywhere(session.id);
      return { kind: 'expired' };
    }
    return {
      kind: 'signed-in',
      session,
      purpose: state.purpose,
      ...(state.interactionId !== undefined && { interactionId: state.interactionId }),
      device: devices.remember(device, person.user.email),
    };
  }

  private async isFactorMissing(state: LocalState, tenant: Tenant, person: Person, proof: LocalProof) {
    if (state.purpose === 'drill') return !isSecondFactorProven(proof);
    return (await this.ports.sessions.next(tenant, person, proof)).kind === 'second-factor';
  }

  private async enrol({ id }: LocalState, tenant: Tenant): Promise<LocalOutcome> {
    const chosen = await this.ports.states.chooseAnywhere(id, tenant.id, this.ports.clock.now());
    return { kind: chosen ? 'enrol-second-factor' : 'expired' };
  }

  private async noteRefused(
    { code }: SsoError,
    { via, purpose }: LocalState,
    { id: tenantId }: Tenant,
    { member }: Person,
    { actor, reference }: LocalVisitor,
  ): Promise<void> {
    const at = this.ports.clock.now();
    const about = { ...(purpose === 'drill' && { purpose }), ...(reference !== undefined && { reference }) };
    const data = { via, code, ...about };
    await this.ports.audit.record({ type: 'sign_in.refused', tenantId, at, actor, subject: member.id, data });
  }
}

function proofOf(
  { via, secondFactor, authenticatedAt }: LocalState,
  { userAgent }: LocalVisitor,
): LocalProof {
  return { via, ...(secondFactor && { secondFactor }), authenticatedAt, userAgent };
}

function provenBy({ userId, via, secondFactor, authenticatedAt }: LocalState): Proven {
  return { userId, via, ...(secondFactor && { secondFactor }), authenticatedAt };
}

function outcomeOf({ code }: SsoError, tenant: Tenant): LocalOutcome {
  return code === 'sso_required' ? { kind: 'sso-required', tenant, code } : { kind: 'no-access', code };
}
