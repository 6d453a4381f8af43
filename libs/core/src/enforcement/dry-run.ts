import type { Actor } from '../audit/happening';
import { SsoError } from '../shared/sso-error';
import type { DryRun } from '../tenants/sign-in-policy';
import type { Tenant } from '../tenants/tenant';
import { decideAccess, type AccessQuestion, type AccessRule } from './decide-access';
import type { PolicyWrite } from './enforcement-store';
import { refuseTenantStep } from './step-up';

export const longestDryRunDays = 90;
const dayMs = 24 * 60 * 60 * 1000;

export function isDryRunning(run: DryRun | undefined, now: Date): run is DryRun {
  return run !== undefined && run.since <= now && now < run.until;
}

/** The rule by which `required` would refuse this sign-in; nothing where no dry run asks, or nothing would (ENF-10). */
export function wouldBeRefused(question: AccessQuestion): AccessRule | undefined {
  const { tenant, method, now } = question;
  if (method === 'sso' || !isDryRunning(tenant.policy.dryRun, now)) return undefined;
  const strict = { ...tenant, policy: { ...tenant.policy, sso: 'required' } } as const;
  const decision = decideAccess({ ...question, tenant: strict });
  return decision.allowed ? undefined : decision.rule;
}

export function runDryRun(tenant: Tenant, days: number, actor: Actor, now: Date): PolicyWrite {
  refuseTenantStep(tenant, 1);
  if (!Number.isInteger(days) || days < 1 || days > longestDryRunDays)
    throw new SsoError('validation_failed', `A dry run lasts 1 to ${longestDryRunDays} days.`, { got: days });
  const dryRun = { since: now, until: new Date(now.getTime() + days * dayMs) };
  return write(tenant, dryRun, 'policy.dry_run_started', actor, now);
}

/** Keeps the days that it ran, for its report. */
export function stopDryRun(tenant: Tenant, actor: Actor, now: Date): PolicyWrite {
  const { dryRun } = tenant.policy;
  if (!isDryRunning(dryRun, now)) return 'unchanged';
  return write(tenant, { ...dryRun, until: now }, 'policy.dry_run_stopped', actor, now);
}

function write(
  { id, policy }: Tenant,
  dryRun: DryRun,
  type: 'policy.dry_run_started' | 'policy.dry_run_stopped',
  actor: Actor,
  at: Date,
): PolicyWrite {
  const because = { type, tenantId: id, subject: id, at, actor, data: { ...dryRun } };
  return { policy: { ...policy, dryRun }, because };
}
