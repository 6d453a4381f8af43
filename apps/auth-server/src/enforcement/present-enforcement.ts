import {
  isSsoInEffect,
  type BreakGlassPerson,
  type DifferenceList,
  type DryRunReport,
  type Explanation,
  type Foreseen,
  type MemberStanding,
  type PolicyStanding,
  type Preview,
  type SignInPolicy,
} from '@gatehouse/core';

/** A policy as the API shows it; what a dry run found has an address of its own. */
export function presentPolicy({ dryRun: _, ...policy }: SignInPolicy) {
  return policy;
}

export function presentStanding({ tenant, membersOnSso, guard }: PolicyStanding) {
  return {
    policy: presentPolicy(tenant.policy),
    ssoEntitled: tenant.ssoEntitled,
    inEffect: isSsoInEffect(tenant),
    membersOnSso,
    dryRun: tenant.policy.dryRun,
    guard,
    mayBeRequired: guard.every(({ met }) => met),
  };
}

export function presentPreview(preview: Preview, limit: number) {
  const { at, policy, fingerprint, counts, breakGlassProven, apiTokens, members } = preview;
  const totals = { losesAccess: counts['not-linked'], breakGlassProven, apiTokens };
  const shown = { at, policy: presentPolicy(policy), fingerprint, counts, ...totals };
  return { ...shown, members: sliceOf(members.map(presentForeseen), limit) };
}

function presentForeseen({ outcome, losesAccessAt, ...standing }: Foreseen) {
  return { ...presentMember(standing), outcome, losesAccessAt };
}

function presentMember({ person, reach }: MemberStanding) {
  const { user, member } = person;
  const { id: memberId, role, sso, exemption, suspendedAt } = member;
  return {
    ...{ memberId, email: user.email, name: user.name, role, sso, exemption, suspendedAt },
    linked: reach === 'linked',
    reach,
  };
}

export function presentExplanation({ method, at, decision, sentence, ...standing }: Explanation) {
  return { ...presentMember(standing), method, at, ...decision, sentence };
}

export function presentDifferences(differences: readonly DifferenceList[], limit: number) {
  const items = differences.map(({ method, effect, members, people }) => {
    return { method, effect, members, people: sliceOf(people.map(presentMember), limit) };
  });
  return { items };
}

export function presentDryRun(report: DryRunReport | undefined, limit: number) {
  if (!report) return { running: false, signIns: 0, people: 0, members: { items: [] } };
  const { run, running, signIns, people, members } = report;
  return { ...run, running, signIns, people, members: sliceOf(members, limit) };
}

export function presentWayIn({ person, provenAt, proven }: BreakGlassPerson) {
  const { user, member } = person;
  return { memberId: member.id, email: user.email, name: user.name, role: member.role, proven, provenAt };
}

/** A slice of a list that is ordered by member. */
export function sliceOf<T extends { readonly memberId: string }>(items: readonly T[], limit: number) {
  const last = items.length === limit ? items.at(-1) : undefined;
  return { items, ...(last && { next: last.memberId }) };
}
