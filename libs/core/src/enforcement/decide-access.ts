import type { Member } from '../members/member';
import type { ErrorCode } from '../shared/error-codes';
import type { SignInPolicy } from '../tenants/sign-in-policy';
import { isSsoInEffect, type Tenant } from '../tenants/tenant';

/** The ways in: `sso` is any connection of the tenant; a password and a passkey are ours. */
export const accessMethods = ['sso', 'password', 'passkey'] as const;
export type AccessMethod = (typeof accessMethods)[number];

/** What is decided about: somebody, in one tenant, at one time, coming in one way. */
export interface AccessQuestion {
  readonly tenant: Pick<Tenant, 'policy' | 'ssoEntitled' | 'suspendedAt'>;
  readonly member: Pick<Member, 'role' | 'sso' | 'exemption' | 'suspendedAt'>;
  readonly method: AccessMethod;
  readonly now: Date;
}

/** The rule that made a decision, by a name that never changes its meaning. */
export type AccessRule = Admitting | Refusing;
type Admitting =
  'signed-in-by-sso' | 'sso-not-in-effect' | 'member-on-password' | 'sso-optional' | 'exempt' | 'break-glass';
type Refusing = keyof typeof refusalCodes;

const refusalCodes = {
  'tenant-suspended': 'tenant_suspended',
  'member-suspended': 'member_suspended',
  'sso-off': 'sso_off',
  'sso-not-entitled': 'sso_not_entitled',
  'member-not-on-sso': 'sso_not_for_member',
  'member-on-sso': 'sso_required',
  'sso-required': 'sso_required',
} as const satisfies Readonly<Record<string, ErrorCode>>;

/** May this person come in this way, by which rule, and what is asked for besides. */
export type AccessDecision =
  | {
      readonly allowed: true;
      readonly rule: Admitting;
      /** `required`: nobody comes in so without one, and who has none sets one up first (ENF-4, LOG-6). */
      readonly secondFactor: 'none' | 'if-enrolled' | 'required';
    }
  | { readonly allowed: false; readonly rule: Refusing; readonly code: (typeof refusalCodes)[Refusing] };

/**
 * The whole policy, as one pure function: every way of signing in asks it before a session is opened, every use of a
 * session asks it again, and `explain` shows its answer.
 */
export function decideAccess(question: AccessQuestion): AccessDecision {
  const { tenant, member, method } = question;
  if (tenant.suspendedAt) return refuse('tenant-suspended');
  if (member.suspendedAt) return refuse('member-suspended');
  return method === 'sso' ? decideSso(question) : decideLocal(question);
}

function decideSso({ tenant, member }: AccessQuestion): AccessDecision {
  if (!tenant.ssoEntitled) return refuse('sso-not-entitled');
  if (tenant.policy.sso === 'off') return refuse('sso-off');
  // LOG-7: a person uses either SSO or what is ours.
  if (member.sso === 'password') return refuse('member-not-on-sso');
  return { allowed: true, rule: 'signed-in-by-sso', secondFactor: 'none' };
}

function decideLocal({ tenant, member, now }: AccessQuestion): AccessDecision {
  const { policy } = tenant;
  if (!isSsoInEffect(tenant)) return allow('sso-not-in-effect', policy);
  if (member.sso === 'password') return allow('member-on-password', policy);
  const inherits = member.sso === 'inherit';
  if (inherits && policy.sso === 'optional') return allow('sso-optional', policy);
  if (inherits && isExempt(member, now)) return allow('exempt', policy);
  // Before the member's own setting: an outage of the identity provider must lock no owner out.
  if (member.role === 'owner') return breakGlass;
  if (!inherits) return refuse('member-on-sso');
  return isBreakGlass(policy, member) ? breakGlass : refuse('sso-required');
}

/** An exemption holds until its last moment, exclusively. */
export function isExempt({ exemption }: Pick<Member, 'exemption'>, now: Date): boolean {
  return exemption !== undefined && (exemption.until === undefined || now < exemption.until);
}

/** Whether this role keeps a way in under `required` (ENF-4). */
export function isBreakGlass(
  { breakGlass: choice }: Pick<SignInPolicy, 'breakGlass'>,
  { role }: Pick<Member, 'role'>,
): boolean {
  return role === 'owner' || (role === 'admin' && choice === 'owner-and-admin');
}

/** Only where nothing else lets somebody in: its use is told to all owners (ENF-11). */
const breakGlass: AccessDecision = { allowed: true, rule: 'break-glass', secondFactor: 'required' };

function allow(rule: Admitting, { secondFactor }: SignInPolicy): AccessDecision {
  return { allowed: true, rule, secondFactor };
}

function refuse(rule: Refusing): AccessDecision {
  return { allowed: false, rule, code: refusalCodes[rule] };
}
