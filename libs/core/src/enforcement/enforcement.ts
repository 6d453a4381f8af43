import type { Actor } from '../audit/happening';
import type { Clock } from '../shared/clock';
import type { SessionId, TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import type { SignInPolicy } from '../tenants/sign-in-policy';
import type { Tenant } from '../tenants/tenant';
import { runDryRun, stopDryRun } from './dry-run';
import type { EnforcementStore, PolicyFacts, PolicyWrite } from './enforcement-store';
import { checkGuard, refuseUnready, type GuardCheck } from './guard';
import {
  planChange,
  refuseForeignDefault,
  withDraft,
  type PolicyChange,
  type PolicySettings,
} from './plan-change';
import { previewFingerprint } from './preview-fingerprint';
import type { RefusedSessions } from './refused-sessions';

/** A policy that was changed, and how many running sessions it ended. */
export interface PolicyChanged {
  readonly policy: SignInPolicy;
  readonly sessionsEnded: number;
}

/** The policy of a tenant with what `required` would need. */
export interface PolicyStanding {
  readonly tenant: Tenant;
  readonly membersOnSso: number;
  readonly guard: readonly GuardCheck[];
}

/** Whether and how the people of a tenant must use single sign-on: every change of it. */
export class Enforcement {
  constructor(
    private readonly store: EnforcementStore,
    private readonly sessions: RefusedSessions,
    private readonly clock: Clock,
  ) {}

  /** `session`: of who looks, so that the guard can say whether it would let that person through. */
  standing(tenantId: TenantId, session: SessionId | undefined): Promise<PolicyStanding> {
    return this.store.read(tenantId, async (facts) => {
      const { tenant } = facts;
      const guard = await checkGuard(facts, tenant.policy, session, this.clock.now());
      return { tenant, membersOnSso: await facts.countOnSso(), guard };
    });
  }

  /** Throws `sso_still_required`, `members_on_sso`, `sso_needs_connection`, `sso_not_entitled` or `operator_required`. */
  change(tenantId: TenantId, change: PolicyChange, actor: Actor): Promise<PolicyChanged> {
    return this.write(tenantId, actor, (facts) => planChange(facts, change, actor));
  }

  /**
   * Requires single sign-on of everybody whom the policy does not let off (ENF-2, ENF-3). Throws `required_not_ready`,
   * and `preview_stale` where the list is no longer the one of the preview with this fingerprint.
   */
  require(
    tenantId: TenantId,
    settings: PolicySettings,
    fingerprint: string,
    session: SessionId | undefined,
    actor: Actor,
  ): Promise<PolicyChanged> {
    return this.write(tenantId, actor, async (facts) => {
      const at = this.clock.now();
      const { policy } = facts.tenant;
      const draft = withDraft(policy, { ...settings, sso: 'required' });
      refuseForeignDefault(policy, draft, actor);
      refuseUnready(await checkGuard(facts, draft, session, at));
      refuseStale(previewFingerprint(facts.tenant, draft, await facts.census(at)), fingerprint);
      return draft;
    });
  }

  /** For some days, what `required` would refuse is counted and let in (ENF-10). A run that is under way begins anew. */
  startDryRun(tenantId: TenantId, days: number, actor: Actor): Promise<SignInPolicy> {
    return this.store.change(tenantId, async ({ tenant }) =>
      runDryRun(tenant, days, actor, this.clock.now()),
    );
  }

  /** What it counted stays. */
  stopDryRun(tenantId: TenantId, actor: Actor): Promise<SignInPolicy> {
    return this.store.change(tenantId, async ({ tenant }) => stopDryRun(tenant, actor, this.clock.now()));
  }

  private async write(
    tenantId: TenantId,
    actor: Actor,
    plan: (facts: PolicyFacts) => Promise<SignInPolicy>,
  ): Promise<PolicyChanged> {
    const policy = await this.store.change(tenantId, async (facts) =>
      describeWrite(facts.tenant, await plan(facts), actor, this.clock.now()),
    );
    return { policy, sessionsEnded: await this.sessions.endIn(tenantId, actor) };
  }
}

function describeWrite(
  { id, policy: before }: Tenant,
  after: SignInPolicy,
  actor: Actor,
  at: Date,
): PolicyWrite {
  if (JSON.stringify(before) === JSON.stringify(after)) return 'unchanged';
  const what = { type: 'policy.changed', tenantId: id, subject: id } as const;
  return { policy: after, because: { ...what, at, actor, before, after } };
}

function refuseStale(want: string, got: string): void {
  if (want === got) return;
  throw new SsoError(
    'preview_stale',
    'Members, links or exemptions changed since this preview. Look at a new one and repeat with its fingerprint.',
    { want: 'the fingerprint of the preview as it is now', got: got.slice(0, 64) },
  );
}
