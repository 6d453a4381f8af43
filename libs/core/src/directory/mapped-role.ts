import type { Member, Role } from '../members/member';
import type { DirectoryGroupId } from '../shared/ids';
import type { ProvisionedRole } from './directory';

/** A role, and the group by which a mapping gives it. */
export interface MappedRole {
  readonly role: Role;
  readonly groupId: DirectoryGroupId;
}

type RoleOfMember = Pick<Member, 'role' | 'roleMappedBy'>;

/** What the mappings say of one member, and what they said last. */
export interface MappedRoleFacts {
  readonly member: RoleOfMember;
  /** By the mapping of highest priority among those of the person's groups; absent where it is in no mapped group. */
  readonly wins?: MappedRole;
  readonly remembered?: MappedRole;
  readonly defaultRole: ProvisionedRole;
}

/** What the member and the memory are to be afterwards. */
export interface MappedRoleDecision {
  readonly member: RoleOfMember;
  readonly remember?: MappedRole;
}

/**
 * SCM-4: a role is written when the mappings say something new; one that a person gave since then stands until they do. Who
 * leaves its mapped groups loses what a mapping gave, and nothing else.
 */
export function decideMappedRole(facts: MappedRoleFacts): MappedRoleDecision {
  const { member, wins, remembered } = facts;
  if (!wins) return { member: withoutMapping(facts) };
  if (isOwnerByHand(member)) return { member, remember: wins };
  const isNew = remembered?.role !== wins.role;
  if (isNew) return { member: { role: wins.role, roleMappedBy: wins.groupId }, remember: wins };
  const isGivenByHand = member.roleMappedBy === undefined;
  return {
    member: isGivenByHand ? member : { role: member.role, roleMappedBy: wins.groupId },
    remember: wins,
  };
}

function withoutMapping({ member, defaultRole }: MappedRoleFacts): RoleOfMember {
  return member.roleMappedBy === undefined ? member : { role: defaultRole };
}

/** An owner whom a person made one: no directory takes that back. */
function isOwnerByHand({ role, roleMappedBy }: RoleOfMember): boolean {
  return role === 'owner' && roleMappedBy === undefined;
}
