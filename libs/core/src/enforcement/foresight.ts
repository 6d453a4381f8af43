import type { Page } from '../audit/audit-log';
import { parseEmail } from '../members/member';
import type { Clock } from '../shared/clock';
import type { TenantId } from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import type { DryRun, SignInPolicy } from '../tenants/sign-in-policy';
import type { Tenant } from '../tenants/tenant';
import { breakGlassRoles } from './break-glass';
import type { Census, JudgedTenant } from './census';
import type { AccessMethod } from './decide-access';
import { isDryRunning } from './dry-run';
import type { DryRunCounts, DryRunPerson, EnforcementStore, MemberStanding, Whom } from './enforcement-store';
import { explainAccess, type Explanation } from './explain';
import {
  countOutcomes,
  foresee,
  outcomeOfClass,
  type Foreseen,
  type ForeseenOutcome,
  type OutcomeCounts,
} from './outcome';
import { withDraft, type DraftPolicy } from './plan-change';
import { comparePolicies, type PolicyDifference, type PolicyEffect } from './policy-difference';
import { previewFingerprint } from './preview-fingerprint';

/** What a policy would do to the members of a tenant (ENF-3). */
export interface Preview {
  readonly at: Date;
  readonly policy: SignInPolicy;
  /** To be given to `Enforcement.require`. */
  readonly fingerprint: string;
  readonly counts: OutcomeCounts;
  /** Of the people who keep a way in for emergencies: how many have shown that it works. */
  readonly breakGlassProven: number;
  /** API tokens, which go on working. */
  readonly apiTokens: number;
  readonly members: readonly Foreseen[];
}

export interface DifferenceList extends PolicyDifference {
  readonly people: readonly MemberStanding[];
}

export interface DryRunReport extends DryRunCounts {
  readonly run: DryRun;
  readonly running: boolean;
  readonly members: readonly DryRunPerson[];
}

export interface AccessAsked {
  readonly method: AccessMethod;
  readonly at?: Date | undefined;
  readonly draft?: DraftPolicy | undefined;
}

/** Says what a policy does, or would do, before anybody feels it. */
export class Foresight {
  constructor(
    private readonly store: EnforcementStore,
    private readonly clock: Clock,
  ) {}

  /** `outcome` lists those members only; the counts are of all. */
  async preview(
    tenantId: TenantId,
    draft: DraftPolicy,
    outcome: ForeseenOutcome | undefined,
    page: Page,
  ): Promise<Preview> {
    const { tenant, census, breakGlassProven, apiTokens } = await this.look(tenantId, draft);
    const { at, classes } = census;
    const judged = underDraft(tenant, draft);
    const listed = classes.filter((each) => !outcome || outcomeOfClass(judged, each, at) === outcome);
    const keys = listed.map(({ key }) => key);
    const members = await this.store.members(tenantId, keys, at, page);
    return {
      at,
      policy: judged.policy,
      fingerprint: previewFingerprint(tenant, judged.policy, census),
      counts: countOutcomes(judged, classes, at),
      breakGlassProven,
      apiTokens,
      members: members.map((each) => foresee(judged, each, at)),
    };
  }

  /** Throws `not_found` for who is no member. */
  async explain(tenantId: TenantId, whom: Whom, asked: AccessAsked): Promise<Explanation> {
    const tenant = await this.store.read(tenantId, async (facts) => facts.tenant);
    const standing = await this.store.find(tenantId, 'id' in whom ? whom : { email: parseEmail(whom.email) });
    if (!standing) throw new SsoError('not_found', 'This tenant has no such member.', { got: whom });
    const policy = withDraft(tenant.policy, asked.draft ?? {});
    return explainAccess({ ...tenant, policy }, standing, asked.method, asked.at ?? this.clock.now());
  }

  /** From one draft of the policy to another; a page of the people of each difference, or of the one that is asked for. */
  async compare(
    tenantId: TenantId,
    before: DraftPolicy,
    after: DraftPolicy,
    only: { readonly method?: AccessMethod | undefined; readonly effect?: PolicyEffect | undefined },
    page: Page,
  ): Promise<readonly DifferenceList[]> {
    const { tenant, census } = await this.look(tenantId, after);
    const all = comparePolicies(underDraft(tenant, before), underDraft(tenant, after), census);
    const wanted = all.filter(
      ({ method, effect }) => method === (only.method ?? method) && effect === (only.effect ?? effect),
    );
    const people = (each: PolicyDifference) => this.store.members(tenantId, each.classes, census.at, page);
    return Promise.all(wanted.map(async (each) => ({ ...each, people: await people(each) })));
  }

  /** Of the run that is under way, or of the last one; nothing where there never was one (ENF-10). */
  async dryRun(tenantId: TenantId, page: Page): Promise<DryRunReport | undefined> {
    const run = await this.store.read(tenantId, async ({ tenant }) => tenant.policy.dryRun);
    if (!run) return undefined;
    const counts = await this.store.countDryRun(tenantId, run);
    const members = await this.store.listDryRun(tenantId, run, page);
    return { run, running: isDryRunning(run, this.clock.now()), ...counts, members };
  }

  private look(tenantId: TenantId, draft: DraftPolicy): Promise<Looked> {
    return this.store.read(tenantId, async (facts) => {
      const roles = breakGlassRoles(withDraft(facts.tenant.policy, draft));
      const census = await facts.census(this.clock.now());
      const breakGlassProven = await facts.countProven(roles);
      const apiTokens = await facts.countApiTokens(census.at);
      return { tenant: facts.tenant, census, breakGlassProven, apiTokens };
    });
  }
}

interface Looked {
  readonly tenant: Tenant;
  readonly census: Census;
  readonly breakGlassProven: number;
  readonly apiTokens: number;
}

// A suspension ends some day: what is foreseen is what the policy does.
function underDraft({ policy, ssoEntitled }: Tenant, draft: DraftPolicy): JudgedTenant {
  return { policy: withDraft(policy, draft), ssoEntitled };
}
