import {
  decideMappedRole,
  type Actor,
  type DirectoryId,
  type DirectoryPersonId,
  type Happening,
  type TenantId,
} from '@gatehouse/core';
import type { TenantTransaction } from '../transaction';
import { keepAnOwner } from './keep-an-owner';
import { lockMappedPeople, readMappedMembers, type MappedMember } from './mapped-members';
import { writeMappedRoles, type DecidedMember } from './write-mapped-roles';

/** Whose groups, membership or mappings changed, and on whose word. */
export interface MappedRolesChange {
  readonly directoryId: DirectoryId;
  readonly people: readonly DirectoryPersonId[];
  readonly at: Date;
  readonly actor: Actor;
  /** Of people who have just become members: what a mapping gave to an earlier membership of theirs counts for nothing. */
  readonly afresh?: boolean;
}

type Writing = Pick<TenantTransaction, 'tenantId' | 'rows'>;

/**
 * Gives members the roles that the mappings of their groups say, behind the change that this follows from and in its
 * transaction; the caller notes what it answers with. Locks the rows of these people in order of their IDs, then the tenant's
 * where an owner may go, then the members.
 */
export async function applyMappedRoles(
  transaction: Writing,
  change: MappedRolesChange,
): Promise<Happening[]> {
  const { directoryId, people, afresh = false } = change;
  const locked = await lockMappedPeople(transaction, directoryId, people);
  if (locked.length === 0) return [];
  const members = await readMappedMembers(transaction, locked);
  const decided = members.map((each) => decide(each, afresh));
  const { changes, held } = await keepAnOwner(transaction, decided);
  await writeMappedRoles(transaction, changes);
  const changed = changes
    .filter(changesRole)
    .map((each) => becauseChanged(transaction.tenantId, change, each));
  return held ? [...changed, becauseHeld(transaction.tenantId, change, held)] : changed;
}

function decide({ remembered, ...rest }: MappedMember, afresh: boolean): DecidedMember {
  const facts = afresh || !remembered ? rest : { ...rest, remembered };
  return { ...facts, decision: decideMappedRole(facts) };
}

function changesRole({ member, decision }: DecidedMember): boolean {
  return member.role !== decision.member.role;
}

function becauseChanged(
  tenantId: TenantId,
  { directoryId, at, actor }: MappedRolesChange,
  { memberId: subject, personId, member, decision }: DecidedMember,
): Happening {
  const data = { directoryId, personId, mappedBy: decision.member.roleMappedBy };
  const [before, after] = [{ role: member.role }, { role: decision.member.role }];
  return { type: 'member.role_changed', tenantId, at, actor, subject, before, after, data };
}

function becauseHeld(
  tenantId: TenantId,
  { directoryId, at, actor }: MappedRolesChange,
  { memberId, personId: subject, decision }: DecidedMember,
): Happening {
  const data = { directoryId, memberId, role: decision.member.role, reason: 'last-owner' };
  return { type: 'provisioned_person.role_held', tenantId, at, actor, subject, data };
}
