import type { BreakGlassChoice, MemberSso, Role, SecondFactorRule, SsoMode } from '@gatehouse/core';

// What should happen, told once more and in another way than the code tells it: a table of facts, no order of rules.

export interface TenantFacts {
  sso: SsoMode;
  breakGlass: BreakGlassChoice;
  secondFactor: SecondFactorRule;
  entitled: boolean;
  suspended: boolean;
  /** Its identity provider answers nobody. */
  outage: boolean;
}

export interface MemberFacts {
  role: Role;
  own: MemberSso;
  /** In milliseconds since 1970; `Infinity`: without an end. */
  exemptUntil: number;
  suspended: boolean;
  /** The directory did it, and takes it back by itself. */
  byDirectory?: boolean;
  linked: boolean;
}

export type Way = 'sso' | 'password' | 'passkey';

/** `emergency`: only by a way in that is kept for emergencies, and so only with a second factor. */
export type Verdict = 'in' | 'emergency' | 'out';

export function verdict(
  tenant: TenantFacts,
  member: MemberFacts | undefined,
  way: Way,
  now: number,
): Verdict {
  if (!member || tenant.suspended || member.suspended) return 'out';
  const isBound = tenant.entitled && tenant.sso !== 'off';
  if (way === 'sso')
    return isBound && member.own !== 'password' && member.linked && !tenant.outage ? 'in' : 'out';
  const isFree =
    !isBound ||
    member.own === 'password' ||
    (member.own === 'inherit' && (tenant.sso === 'optional' || now < member.exemptUntil));
  if (isFree) return 'in';
  const isKept =
    member.role === 'owner' ||
    (member.role === 'admin' && member.own === 'inherit' && tenant.breakGlass === 'owner-and-admin');
  return isKept ? 'emergency' : 'out';
}
