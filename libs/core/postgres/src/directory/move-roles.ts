import { decideMappedRole, type DirectoryId, type DirectoryPersonId } from '@gatehouse/core';
import type { TenantTransaction } from '../transaction';
import { keepAnOwner } from './keep-an-owner';
import { lockMappedPeople, readMappedMembers, type MappedMember } from './mapped-members';
import { writeMappedRoles, type DecidedMember } from './write-mapped-roles';

/** Whose roles are looked at. */
export interface PeopleWithRoles {
  readonly directoryId: DirectoryId;
  readonly people: readonly DirectoryPersonId[];
  /** Of people who have just become members: what a mapping gave to an earlier membership of theirs counts for nothing. */
  readonly afresh?: boolean;
}

/** Whose role is another now, and the last owner whose role is not. */
export interface RolesMoved {
  readonly moved: readonly DecidedMember[];
  readonly held?: DecidedMember;
}

/** Writes the roles that the mappings say. */
export async function moveRoles(
  transaction: Pick<TenantTransaction, 'tenantId' | 'rows'>,
  { directoryId, people, afresh = false }: PeopleWithRoles,
): Promise<RolesMoved> {
  const locked = await lockMappedPeople(transaction, directoryId, people);
  if (locked.length === 0) return { moved: [] };
  const members = await readMappedMembers(transaction, locked);
  const { changes, held } = await keepAnOwner(
    transaction,
    members.map((each) => decide(each, afresh)),
  );
  await writeMappedRoles(transaction, changes);
  return { moved: changes.filter(isMoved), ...(held && { held }) };
}

function decide({ remembered, ...rest }: MappedMember, afresh: boolean): DecidedMember {
  const facts = afresh || !remembered ? rest : { ...rest, remembered };
  return { ...facts, decision: decideMappedRole(facts) };
}

function isMoved({ member, decision }: DecidedMember): boolean {
  return member.role !== decision.member.role;
}
