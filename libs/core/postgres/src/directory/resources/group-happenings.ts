import type { DirectoryGroupId, Happening, HappeningType } from '@gatehouse/core';
import type { ResourceWrite } from './resource-scope';
import type { MembersMoved } from './group-members';

/** More would make the audit log longer than anybody reads. */
const mostNamed = 100;

export function ofGroup(
  { directory: { id: directoryId, tenantId }, at, actor }: ResourceWrite,
  type: HappeningType,
  id: DirectoryGroupId,
  fact: Pick<Happening, 'before' | 'after' | 'data'> = {},
): Happening {
  return { type, tenantId, at, actor, subject: id, ...fact, data: { directoryId, ...fact.data } };
}

/** Nothing where nobody moved. */
export function ofMembers(
  write: ResourceWrite,
  id: DirectoryGroupId,
  { added, removed }: MembersMoved,
): Happening[] {
  if (added.length + removed.length === 0) return [];
  const data = {
    ...{ added: added.slice(0, mostNamed), addedCount: added.length },
    ...{ removed: removed.slice(0, mostNamed), removedCount: removed.length },
  };
  return [ofGroup(write, 'provisioned_group.members_changed', id, { data })];
}
