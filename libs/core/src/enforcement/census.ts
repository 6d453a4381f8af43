import type { Exemption, Member, MemberSso, Role } from '../members/member';
import { decideAccess, type AccessDecision, type AccessMethod } from './decide-access';
import type { Tenant } from '../tenants/tenant';

/** Whether single sign-on would let a member in: by a link, by one that is made of the e-mail on the way, or not yet. */
export const ssoReaches = ['linked', 'by-email', 'none'] as const;
export type SsoReach = (typeof ssoReaches)[number];

/** An exemption as it stands at one time: `running` has an end that is still to come. */
export const exemptionStates = ['none', 'lasting', 'running', 'over'] as const;
export type ExemptionState = (typeof exemptionStates)[number];

/** Members of whom every policy says the same. There are few such classes, however many members. */
export interface MemberClass {
  /** Names the class towards the store. */
  readonly key: string;
  readonly role: Role;
  readonly sso: MemberSso;
  readonly suspended: boolean;
  readonly exemption: ExemptionState;
  readonly reach: SsoReach;
  readonly members: number;
}

/** All members of a tenant as one moment has them. */
export interface Census {
  readonly at: Date;
  /** Differs as soon as anything differs, of any member, that a policy looks at. */
  readonly fingerprint: string;
  readonly classes: readonly MemberClass[];
}

export type JudgedTenant = Pick<Tenant, 'policy' | 'ssoEntitled' | 'suspendedAt'>;
export type JudgedMember = Pick<Member, 'role' | 'sso' | 'exemption' | 'suspendedAt'>;

/** A member like any other of the class, at the time of the census. */
export function typicalOf(
  { role, sso, suspended, exemption }: Omit<MemberClass, 'key' | 'members'>,
  at: Date,
): JudgedMember {
  const exempt = exemptionOf(exemption, at);
  return { role, sso, ...(suspended && { suspendedAt: at }), ...(exempt && { exemption: exempt }) };
}

/** What the policy says of everybody in a class. */
export function decideClass(
  tenant: JudgedTenant,
  each: MemberClass,
  method: AccessMethod,
  at: Date,
): AccessDecision {
  return decideAccess({ tenant, member: typicalOf(each, at), method, now: at });
}

function exemptionOf(state: ExemptionState, at: Date): Exemption | undefined {
  if (state === 'none') return undefined;
  if (state === 'lasting') return { reason: state };
  // An exemption holds until its last moment, exclusively.
  return { reason: state, until: state === 'over' ? at : new Date(at.getTime() + 1) };
}
