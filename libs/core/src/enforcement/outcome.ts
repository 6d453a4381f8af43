import type { MemberStanding } from './enforcement-store';
import type { AccessDecision } from './decide-access';
import { decideClass, type JudgedTenant, type MemberClass, type SsoReach } from './census';
import { decideAccess } from './decide-access';

/** How a member would come in under a policy, or not (ENF-3). */
export const foreseenOutcomes = [
  /** By single sign-on or by what is ours, as the person likes. */
  'free',
  'linked',
  'links-by-email',
  /** Has lost access until a link is made. */
  'not-linked',
  'exempt',
  'on-password',
  'break-glass',
  'suspended',
] as const;
export type ForeseenOutcome = (typeof foreseenOutcomes)[number];

export type OutcomeCounts = Readonly<Record<ForeseenOutcome, number>>;

/** What would become of one member. */
export interface Foreseen extends MemberStanding {
  readonly outcome: ForeseenOutcome;
  /** From when on nothing lets the member in, as things stand. */
  readonly losesAccessAt?: Date;
}

const admitted: Readonly<Record<Extract<AccessDecision, { allowed: true }>['rule'], ForeseenOutcome>> = {
  'signed-in-by-sso': 'free',
  'sso-not-in-effect': 'free',
  'sso-optional': 'free',
  'member-on-password': 'on-password',
  exempt: 'exempt',
  'break-glass': 'break-glass',
};

const byReach: Readonly<Record<SsoReach, ForeseenOutcome>> = {
  linked: 'linked',
  'by-email': 'links-by-email',
  none: 'not-linked',
};

export function outcomeOfClass(tenant: JudgedTenant, each: MemberClass, at: Date): ForeseenOutcome {
  return outcomeOf(decideClass(tenant, each, 'password', at), each.suspended, each.reach);
}

export function countOutcomes(
  tenant: JudgedTenant,
  classes: readonly MemberClass[],
  at: Date,
): OutcomeCounts {
  const counts: Record<ForeseenOutcome, number> = {
    ...{ free: 0, linked: 0, 'links-by-email': 0, 'not-linked': 0 },
    ...{ exempt: 0, 'on-password': 0, 'break-glass': 0, suspended: 0 },
  };
  for (const each of classes) counts[outcomeOfClass(tenant, each, at)] += each.members;
  return counts;
}

export function foresee(tenant: JudgedTenant, standing: MemberStanding, at: Date): Foreseen {
  const { member } = standing.person;
  const decision = decideAccess({ tenant, member, method: 'password', now: at });
  const outcome = outcomeOf(decision, member.suspendedAt !== undefined, standing.reach);
  const losesAccessAt = endOfAccess(outcome, standing, at);
  return { ...standing, outcome, ...(losesAccessAt && { losesAccessAt }) };
}

function outcomeOf(password: AccessDecision, suspended: boolean, reach: SsoReach): ForeseenOutcome {
  if (suspended) return 'suspended';
  return password.allowed ? admitted[password.rule] : byReach[reach];
}

function endOfAccess(
  outcome: ForeseenOutcome,
  { person, reach }: MemberStanding,
  at: Date,
): Date | undefined {
  if (outcome === 'not-linked') return at;
  // Who is exempt keeps the password until the end, and has single sign-on after it only where it reaches the person.
  return outcome === 'exempt' && reach === 'none' ? person.member.exemption?.until : undefined;
}
