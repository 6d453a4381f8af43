import type { Actor, DirectoryId, Happening, TenantId } from '@gatehouse/core';
import type { TenantTransaction } from '../transaction';
import { moveRoles, type PeopleWithRoles, type RolesMoved } from './move-roles';
import type { DecidedMember } from './write-mapped-roles';

/** By what, when and on whose word roles are others. */
export interface RolesCause {
  readonly directoryId: DirectoryId;
  readonly at: Date;
  readonly actor: Actor;
}

/** Whose groups, membership or mappings changed. */
export type MappedRolesChange = PeopleWithRoles & RolesCause;

/**
 * Gives members the roles that the mappings of their groups say, behind the change that this follows from and in its
 * transaction; the caller notes what it answers with. Locks the rows of these people in order of their IDs, then the tenant's
 * where an owner may go, then the members.
 */
export async function applyMappedRoles(
  transaction: Pick<TenantTransaction, 'tenantId' | 'rows'>,
  change: MappedRolesChange,
): Promise<Happening[]> {
  return describeMoves(transaction.tenantId, change, await moveRoles(transaction, change));
}

/** What happened, for the audit log and whoever subscribed. */
export function describeMoves(
  tenantId: TenantId,
  cause: RolesCause,
  { moved, held }: RolesMoved,
): Happening[] {
  const changed = moved.map((each) => becauseChanged(tenantId, cause, each));
  return held ? [...changed, becauseHeld(tenantId, cause, held)] : changed;
}

function becauseChanged(
  tenantId: TenantId,
  { directoryId, at, actor }: RolesCause,
  { memberId: subject, personId, member, decision }: DecidedMember,
): Happening {
  const data = { directoryId, personId, mappedBy: decision.member.roleMappedBy };
  const [before, after] = [{ role: member.role }, { role: decision.member.role }];
  return { type: 'member.role_changed', tenantId, at, actor, subject, before, after, data };
}

function becauseHeld(
  tenantId: TenantId,
  { directoryId, at, actor }: RolesCause,
  { memberId, personId: subject, decision }: DecidedMember,
): Happening {
  const data = { directoryId, memberId, role: decision.member.role, reason: 'last-owner' };
  return { type: 'provisioned_person.role_held', tenantId, at, actor, subject, data };
}
