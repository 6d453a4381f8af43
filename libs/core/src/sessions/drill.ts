import type { Actor, Happening } from '../audit/happening';
import type { AuditLog } from '../audit/audit-log';
import type { BreakGlassStore } from '../enforcement/break-glass';
import { isBreakGlass } from '../enforcement/decide-access';
import { refuseSuspended } from '../enforcement/require-access';
import type { Person } from '../members/member';
import type { Clock } from '../shared/clock';
import { SsoError } from '../shared/sso-error';
import type { Tenant } from '../tenants/tenant';
import { provesWayIn, type LocalProof } from './proof';

/**
 * The drill of the way in for emergencies: somebody who keeps one shows that it works, at any time and under any policy,
 * and no session comes of it (ENF-12).
 */
export class Drill {
  constructor(
    private readonly store: BreakGlassStore,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Notes that one was begun. Throws what `pass` throws, but for the proof. */
  async begin(tenant: Tenant, person: Person, actor: Actor): Promise<void> {
    refuseOthers(tenant, person);
    await this.audit.record(this.because('break_glass.drill_started', tenant, person, actor));
  }

  /** Throws `not_break_glass`, `second_factor_required`, `tenant_suspended` or `member_suspended`. */
  async pass(tenant: Tenant, person: Person, proof: LocalProof, actor: Actor): Promise<void> {
    refuseOthers(tenant, person);
    refuseHalf(proof);
    const { via, secondFactor, authenticatedAt } = proof;
    const because = this.because('break_glass.drill_passed', tenant, person, actor);
    const data = { via, secondFactor };
    await this.store.prove(tenant.id, person.member.id, authenticatedAt, { ...because, data });
  }

  private because(
    type: 'break_glass.drill_started' | 'break_glass.drill_passed',
    { id: tenantId }: Tenant,
    { member }: Person,
    actor: Actor,
  ): Happening {
    return { type, tenantId, at: this.clock.now(), actor, subject: member.id };
  }
}

function refuseOthers(tenant: Tenant, { member }: Person): void {
  refuseSuspended(tenant, member);
  if (isBreakGlass(tenant.policy, member)) return;
  throw new SsoError(
    'not_break_glass',
    'Only those who keep a way in for emergencies can test it: owners, and admins where the organisation chose so.',
    { want: tenant.policy.breakGlass, got: member.role },
  );
}

function refuseHalf(proof: LocalProof): void {
  if (provesWayIn(proof)) return;
  throw new SsoError(
    'second_factor_required',
    'The test of the emergency access needs the password and a second factor or recovery code.',
    { want: 'a password and a second factor', got: proof.secondFactor ?? `a ${proof.via} alone` },
  );
}
