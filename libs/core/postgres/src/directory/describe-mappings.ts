import {
  changedMappings,
  type Happening,
  type MappingRevision,
  type RoleMapping,
  type TenantId,
} from '@gatehouse/core';

/** What was done to the mappings themselves. A priority is told where the order is another, not where others moved up. */
export function describeMappings(
  tenantId: TenantId,
  { directoryId, at, actor }: Pick<MappingRevision, 'directoryId' | 'at' | 'actor'>,
  before: readonly RoleMapping[],
  after: readonly RoleMapping[],
): Happening[] {
  const fact = (type: Happening['type'], subject: string) =>
    ({ type, tenantId, at, actor, subject }) as const;
  const ids = [...new Set(changedMappings(before, after).map(({ id }) => id))];
  const changed = ids.map((id): Happening => {
    const [was, is] = [before, after].map((mappings) => mappings.find((each) => each.id === id));
    const type = was ? (is ? 'role_mapping.updated' : 'role_mapping.deleted') : 'role_mapping.created';
    return {
      ...fact(type, id),
      ...(was && { before: brief(was) }),
      ...(is && { after: brief(is) }),
      data: { directoryId },
    };
  });
  const [order, orderNow] = [orderOf(before, after), orderOf(after, before)];
  if (order.join() === orderNow.join()) return changed;
  return [
    ...changed,
    { ...fact('role_mappings.reordered', directoryId), before: { order }, after: { order: orderNow } },
  ];
}

function brief({ groupId, role, priority }: RoleMapping) {
  return { groupId, role, priority };
}

/** Of those that are in both, the one that wins first. */
function orderOf(mappings: readonly RoleMapping[], others: readonly RoleMapping[]): readonly string[] {
  const stay = mappings.filter(({ id }) => others.some((other) => other.id === id));
  return stay.toSorted((one, other) => other.priority - one.priority).map(({ id }) => id);
}
