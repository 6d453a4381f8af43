import type { ConnectionSettings, GrantedRole } from '../connections/connection';
import type { Invitation } from '../invitations/invitation';
import { administers, emailKey, type Person, type User } from '../members/member';
import type { RemovedMember } from '../members/removed-member';
import type { Follower } from './follow-move';
import type { ProvisionedFacts } from './meet-provisioned';

/** All that the decision depends on; what directories know of the person is part of it. */
export interface MembershipFacts extends Partial<ProvisionedFacts> {
  /** The member that this very identity is linked to. */
  readonly linked?: Person | undefined;
  /** The member as whom an approved move lets this identity in. */
  readonly following?: Follower | undefined;
  /** The tenant's member with the e-mail that the identity carries. */
  readonly sameEmail?: Person | undefined;
  /** The tenant's open invitation for that e-mail. */
  readonly invitation?: Invitation | undefined;
  /** Whom somebody removed from the tenant, among those that this may be by address or identity. */
  readonly removed: readonly Pick<RemovedMember, 'email'>[];
  /** Whether an administrator unlinked the member that this would be: the next link is that person's own doing (LNK-10). */
  readonly unlinked?: boolean | undefined;
  /** Whether that member is linked to another identity of the same identity provider already (LNK-11). */
  readonly linkedOtherwise?: boolean | undefined;
  /** Whether any user of the deployment has that e-mail. */
  readonly emailIsKnown: boolean;
  /** That user, asked for only where who is no member may join (LNK-7). */
  readonly joining?: User | undefined;
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
  /** A directory brought the account into being, for the person whose identity comes now (SCM-10). */
  | { readonly kind: 'pair'; readonly person: Person }
  | { readonly kind: 'admit' }
  /** The account is there, and its holder shows by a code from the mailbox whose it is (LNK-5). */
  | { readonly kind: 'confirm'; readonly person: Person }
  | { readonly kind: 'confirm-joining'; readonly user: User }
  | { readonly kind: 'invited'; readonly invitation: Invitation }
  | {
      readonly kind: 'refuse';
      readonly code:
        | 'email_domain_not_verified'
        | 'member_removed'
        | 'deprovisioned'
        | 'invitation_unopened'
        | 'link_required'
        | 'jit_disabled';
    };

/**
 * Whom an identity signs in. A link decides alone; without one nothing happens outside the domains that
 * this tenant has verified, and an existing user is never taken over by e-mail unless the tenant chose so, or approved a move:
 * the holder of the account is asked instead.
 */
export function decideMembership(facts: MembershipFacts): MembershipDecision {
  if (facts.linked) return { kind: 'sign-in', person: facts.linked };
  if (!facts.domainIsVerified) return { kind: 'refuse', code: 'email_domain_not_verified' };
  // By address or identity: whoever takes a colleague's address at the provider is still who was removed.
  if (isKeptOut(facts.removed, facts)) return { kind: 'refuse', code: 'member_removed' };
  if (isKeptOut(facts.deprovisioned ?? [], facts)) return { kind: 'refuse', code: 'deprovisioned' };
  const byItself = facts.unlinked !== true;
  if (facts.following && byItself) return { kind: 'follow', ...facts.following };
  const met = facts.met && decideMet(facts.met, facts);
  if (met) return met;
  // Who is linked has an identity: another one with that address may be a colleague who took it.
  if (facts.sameEmail && facts.associateByEmail && byItself && facts.linkedOtherwise !== true)
    return { kind: 'associate', person: facts.sameEmail };
  if (facts.sameEmail) return decideUnlinked(facts.sameEmail);
  if (facts.invitation) return decideInvited(facts.invitation, facts.emailIsKnown);
  if (facts.joining) return { kind: 'confirm-joining', user: facts.joining };
  if (facts.emailIsKnown) return { kind: 'refuse', code: 'link_required' };
  return facts.jit ? { kind: 'admit' } : { kind: 'refuse', code: 'jit_disabled' };
}

/**
 * An owner keeps a second factor of its own, which a code by mail would go past: owners link where they are signed in by
 * what they hold themselves, on their account page.
 */
function decideUnlinked(person: Person): MembershipDecision {
  if (person.member.role === 'owner') return { kind: 'refuse', code: 'link_required' };
  return { kind: 'confirm', person };
}

/** An invitation to the address under which somebody was removed lets that person in again, and nobody else. */
function isKeptOut(
  out: readonly { readonly email?: string }[],
  { invitation }: Pick<MembershipFacts, 'invitation'>,
): boolean {
  const invited = invitation && emailKey(invitation.email);
  return out.some(({ email }) => invited === undefined || email === undefined || emailKey(email) !== invited);
}

/**
 * SCM-10: nobody but the directory has ever had the account, so that there is nobody to ask. An address that is somebody
 * else's is a contradiction, which only the holder of the mailbox can resolve; so does whoever set the account up.
 */
function decideMet(
  { person, isFresh }: NonNullable<MembershipFacts['met']>,
  { sameEmail, emailIsKnown, unlinked }: MembershipFacts,
): MembershipDecision | undefined {
  const isSameMember = sameEmail?.member.id === person.member.id;
  const isNobodyElses = isSameMember || (!sameEmail && !emailIsKnown);
  if (isFresh && isNobodyElses && unlinked !== true) return { kind: 'pair', person };
  return isSameMember ? undefined : decideUnlinked(person);
}

/**
 * Whoever opened the invitation showed that the mailbox is theirs, and is linked, known or not. Until then the identity
 * provider's word is worth what it is worth for any newcomer: no existing user's account, and no say over others.
 */
function decideInvited(invitation: Invitation, emailIsKnown: boolean): MembershipDecision {
  if (invitation.openedAt) return { kind: 'invited', invitation };
  if (emailIsKnown) return { kind: 'refuse', code: 'link_required' };
  if (administers(invitation.role)) return { kind: 'refuse', code: 'invitation_unopened' };
  return { kind: 'invited', invitation };
}
