import type { Member } from '../members/member';
import type { DirectoryId } from '../shared/ids';
import type { ProvisionedPerson, QuarantineReason, Standing } from './provisioned-person';
import type { RemovalHold } from './removal-hold';

/** What decides what a directory's word on a person means for the tenant. */
export interface StandingFacts {
  readonly directoryId: DirectoryId;
  /** How the directory wants it from now on. */
  readonly wanted: 'active' | 'inactive' | 'deleted';
  /** The person as it was before; absent where it is new. */
  readonly before?: Pick<ProvisionedPerson, 'active' | 'standing' | 'deletedAt' | 'memberId'> | undefined;
  /** What an owner decided of the hold that the person waits in. */
  readonly verdict?: RemovalHold['decision'] | undefined;
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

/** What a directory says counts when it says something new: what a person decided since it said the same before, stands. */
export function decideStanding(facts: StandingFacts): StandingDecision {
  if (facts.wanted === 'active') return decideActive(facts);
  const stays = standingThatStays(facts);
  if (stays) return { standing: stays, effect: 'none' };
  if (facts.wanted === 'deleted')
    return { standing: 'removed', effect: hasSayOverMember(facts) ? 'remove' : 'none' };
  const suspends = hasSayOverMember(facts) && facts.member?.suspendedAt === undefined;
  return { standing: 'deactivated', effect: suspends ? 'suspend' : 'none' };
}

/** Of who is held until an owner approves, and of whom the directory says nothing new. */
function standingThatStays({ wanted, before, verdict }: StandingFacts): Standing | undefined {
  if (!before || (before.standing === 'held' && verdict === 'approved')) return undefined;
  if (before.standing === 'held') return verdict === 'refused' ? 'admitted' : 'held';
  const said = before.deletedAt ? 'deleted' : before.active ? 'active' : 'inactive';
  return said === wanted ? before.standing : undefined;
}

function decideActive(facts: StandingFacts): StandingDecision {
  const { member, directoryId } = facts;
  const reason = isOwnMember(facts) ? undefined : reasonToQuarantine(facts);
  if (reason) return { standing: 'quarantined', effect: 'quarantine', reason };
  if (!member) return { standing: 'admitted', effect: 'admit' };
  return { standing: 'admitted', effect: member.suspendedBy === directoryId ? 'lift' : 'none' };
}

function reasonToQuarantine(facts: StandingFacts): QuarantineReason | undefined {
  if (!facts.hasAddress) return 'no_email';
  if (!facts.domainIsVerified) return 'email_domain_not_verified';
  if (facts.member) return facts.memberIsTaken ? 'provisioned_otherwise' : undefined;
  return facts.removedByOthers ? 'member_removed' : undefined;
}

function isOwnMember({ member, before }: StandingFacts): boolean {
  return member !== undefined && member.id === before?.memberId;
}

/** Whether the directory may end the membership: of who is this person, or would become it by the address (LNK-8). */
export function hasSayOverMember(facts: StandingFacts): boolean {
  if (!facts.member) return false;
  return isOwnMember(facts) || (facts.domainIsVerified && !facts.memberIsTaken);
}
