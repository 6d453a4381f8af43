import type { Actor } from '../audit/happening';
import { SsoError } from '../shared/sso-error';
import type { SignInPolicy, SsoMode } from '../tenants/sign-in-policy';
import { refuseWhileNeeded } from '../tenants/step-down';
import { breakGlassRoles } from './break-glass';
import type { PolicyFacts } from './enforcement-store';
import { refuseTenantStep } from './step-up';

/** What may be set besides whether single sign-on is on; what is absent stays as it is. */
export interface PolicySettings {
  readonly ssoWhenEnabled?: SignInPolicy['ssoWhenEnabled'] | undefined;
  readonly breakGlass?: SignInPolicy['breakGlass'] | undefined;
  readonly newMembersOnSso?: boolean | undefined;
  readonly secondFactor?: SignInPolicy['secondFactor'] | undefined;
}

/** A change that needs no guard: `required` is asked for by `Enforcement.require`. */
export interface PolicyChange extends PolicySettings {
  readonly sso?: Exclude<SsoMode, 'required'> | undefined;
}

/** A policy as it would be. */
export interface DraftPolicy extends PolicySettings {
  readonly sso?: SsoMode | undefined;
}

/** The policy with what was given. */
export function withDraft(policy: SignInPolicy, draft: DraftPolicy): SignInPolicy {
  return {
    ...policy,
    sso: draft.sso ?? policy.sso,
    ssoWhenEnabled: draft.ssoWhenEnabled ?? policy.ssoWhenEnabled,
    breakGlass: draft.breakGlass ?? policy.breakGlass,
    newMembersOnSso: draft.newMembersOnSso ?? policy.newMembersOnSso,
    secondFactor: draft.secondFactor ?? policy.secondFactor,
  };
}

/** Takes one step at a time, each of which can be taken back in the opposite order (TEN-10). */
export async function planChange(
  facts: PolicyFacts,
  change: PolicyChange,
  actor: Actor,
): Promise<SignInPolicy> {
  const { tenant } = facts;
  const before = tenant.policy;
  const after = withDraft(before, change);
  refuseForeignDefault(before, after, actor);
  if (before.sso !== 'off' && after.sso === 'off') refuseWhileNeeded(before, await facts.countOnSso());
  if (before.sso === 'off' && after.sso !== 'off')
    refuseTenantStep(tenant, (await facts.enabledConnections()).length);
  if (after.sso === 'required' && after.breakGlass !== before.breakGlass) await refuseUnproven(facts, after);
  return after;
}

/** A narrower choice of who keeps a way in must leave somebody who has shown that it works (ENF-12). */
async function refuseUnproven(facts: PolicyFacts, after: SignInPolicy): Promise<void> {
  if ((await facts.countProven(breakGlassRoles(after))) > 0) return;
  throw new SsoError(
    'required_not_ready',
    'Nobody of these roles has shown that the emergency access works. Let an owner pass the drill first.',
    { want: 'break-glass-proven', got: after.breakGlass },
  );
}

/** Throws `operator_required`: or switching a connection on would require single sign-on past the guard (ENF-1, ENF-2). */
export function refuseForeignDefault(before: SignInPolicy, after: SignInPolicy, { kind }: Actor): void {
  if (kind === 'operator' || before.ssoWhenEnabled === after.ssoWhenEnabled) return;
  throw new SsoError(
    'operator_required',
    'Only the operator chooses what switching the first connection on does. Leave "ssoWhenEnabled" out.',
    { want: before.ssoWhenEnabled, got: after.ssoWhenEnabled },
  );
}
