import type { ConnectionSettings, GrantedRole } from '../connections/connection';
import type { Person } from '../members/member';
import type { Follower } from './follow-move';

/** All that the decision depends on. */
export interface MembershipFacts {
  /** The member that this very identity is linked to. */
  readonly linked?: Person | undefined;
  /** The member as whom an approved move lets this identity in. */
  readonly following?: Follower | undefined;
  /** The tenant's member with the e-mail that the identity carries. */
  readonly sameEmail?: Person | undefined;
  /** Whether any user of the deployment has that e-mail. */
  readonly emailIsKnown: boolean;
  /** Whether this tenant has verified the domain of that e-mail; false where no e-mail came. */
  readonly domainIsVerified: boolean;
  readonly jit: boolean;
  readonly associateByEmail: boolean;
}

/**
 * The role of a member who comes in by JIT: the first rule whose group came (the value of a role attribute counts as
 * one), else a role without rights over others that the attribute names, else the default. Only a rule makes an admin,
 * nothing makes an owner: who may edit a profile at the identity provider must not be able to hand out this tenant.
 */
export function grantedRole(
  { groupRoles, defaultRole }: Pick<ConnectionSettings, 'groupRoles' | 'defaultRole'>,
  groups: readonly string[],
  named?: string,
): GrantedRole {
  const rule = groupRoles.find(({ group }) => group === named || groups.includes(group));
  return rule?.role ?? (named === 'member' || named === 'viewer' ? named : defaultRole);
}

export type MembershipDecision =
  | { readonly kind: 'sign-in'; readonly person: Person }
  | ({ readonly kind: 'follow' } & Follower)
  | { readonly kind: 'associate'; readonly person: Person }
  | { readonly kind: 'admit' }
  | {
      readonly kind: 'refuse';
      readonly code: 'email_domain_not_verified' | 'link_required' | 'jit_disabled';
    };

/**
 * Whom an identity signs in. A link decides alone; without one nothing happens outside the domains that
 * this tenant has verified, and an existing user is never taken over by e-mail unless the tenant chose so, or approved a move.
 */
export function decideMembership(facts: MembershipFacts): MembershipDecision {
  if (facts.linked) return { kind: 'sign-in', person: facts.linked };
  if (!facts.domainIsVerified) return { kind: 'refuse', code: 'email_domain_not_verified' };
  if (facts.following) return { kind: 'follow', ...facts.following };
  if (facts.sameEmail && facts.associateByEmail) return { kind: 'associate', person: facts.sameEmail };
  if (facts.sameEmail || facts.emailIsKnown) return { kind: 'refuse', code: 'link_required' };
  return facts.jit ? { kind: 'admit' } : { kind: 'refuse', code: 'jit_disabled' };
}
