import type { Member } from '../members/member';
import type { DirectoryId } from '../shared/ids';
import type { ProvisionedPerson, QuarantineReason, Standing } from './provisioned-person';

/** What decides what a directory's word on a person means for the tenant. */
export interface StandingFacts {
  readonly directoryId: DirectoryId;
  /** How the directory wants it from now on. */
  readonly wanted: 'active' | 'inactive' | 'deleted';
  /** The person as it was before; absent where it is new. */
  readonly before?: Pick<ProvisionedPerson, 'active' | 'standing' | 'deletedAt' | 'memberId'> | undefined;
  readonly hasAddress: boolean;
  /** Whether the tenant has verified the domain of the address. */
  readonly domainIsVerified: boolean;
  /** The member of the tenant that this person was, or whose address it has. */
  readonly member?: Pick<Member, 'id' | 'suspendedAt' | 'suspendedBy'> | undefined;
  /** Whether another person of a directory of the tenant is that member. */
  readonly memberIsTaken: boolean;
  /** Whether somebody else than this directory removed the person from the tenant, and nobody let it in again (TEN-11). */
  readonly removedByOthers: boolean;
}

/** What is to be done. `lift` takes back the suspension that this very directory ordered. */
export type StandingDecision =
  | { readonly standing: Standing; readonly effect: 'none' }
  | { readonly standing: 'quarantined'; readonly effect: 'quarantine'; readonly reason: QuarantineReason }
  | { readonly standing: 'admitted'; readonly effect: 'admit' | 'lift' }
  | { readonly standing: 'deactivated'; readonly effect: 'suspend' }
  | { readonly standing: 'removed'; readonly effect: 'remove' };

/** What a directory says counts when it says something new: what an owner decided since it said the same before, stands. */
export function decideStanding(facts: StandingFacts): StandingDecision {
  if (facts.wanted === 'active') return decideActive(facts);
  const { before } = facts;
  if (before?.standing === 'held') return { standing: 'held', effect: 'none' };
  if (facts.wanted === 'deleted')
    return ownMember(facts)
      ? { standing: 'removed', effect: 'remove' }
      : { standing: 'removed', effect: 'none' };
  if (before && !before.active && !before.deletedAt) return { standing: before.standing, effect: 'none' };
  const suspends = ownMember(facts) && facts.member?.suspendedAt === undefined;
  return { standing: 'deactivated', effect: suspends ? 'suspend' : 'none' };
}

function decideActive(facts: StandingFacts): StandingDecision {
  const { before, member, directoryId } = facts;
  const isOwn = member !== undefined && member.id === before?.memberId;
  const reason = isOwn ? undefined : reasonToQuarantine(facts);
  if (reason) return { standing: 'quarantined', effect: 'quarantine', reason };
  if (!member) return { standing: 'admitted', effect: 'admit' };
  return { standing: 'admitted', effect: member.suspendedBy === directoryId ? 'lift' : 'none' };
}

function reasonToQuarantine(facts: StandingFacts): QuarantineReason | undefined {
  if (!facts.hasAddress) return 'no_email';
  if (!facts.domainIsVerified) return 'email_domain_not_verified';
  if (facts.member && facts.memberIsTaken) return 'provisioned_otherwise';
  return facts.removedByOthers ? 'member_removed' : undefined;
}

/** Whether the member is one over whom the directory has a say: it is this person, or might become so by the address. */
function ownMember({ member, before, memberIsTaken, domainIsVerified }: StandingFacts): boolean {
  if (!member) return false;
  return member.id === before?.memberId || (domainIsVerified && !memberIsTaken);
}
