import type { Actor } from '../audit/happening';
import type { Role } from '../members/member';
import type { Chance } from '../shared/chance';
import {
  roleMappingId,
  type DirectoryGroupId,
  type DirectoryId,
  type RoleMappingId,
  type TenantId,
} from '../shared/ids';
import { SsoError } from '../shared/sso-error';
import type { RoleMapping } from './role-mapping';

/** One thing done to the mappings of a directory. `priority` 1 is the lowest place, which is where a new one goes by itself. */
export type MappingChange =
  | {
      readonly kind: 'create';
      readonly groupId: DirectoryGroupId;
      readonly role: Role;
      readonly priority?: number | undefined;
    }
  | {
      readonly kind: 'update';
      readonly id: RoleMappingId;
      readonly role?: Role | undefined;
      readonly priority?: number | undefined;
    }
  | { readonly kind: 'delete'; readonly id: RoleMappingId }
  /** All of them, the one that wins first. */
  | { readonly kind: 'reorder'; readonly ids: readonly RoleMappingId[] }
  /** Nothing but what they say, for whoever does not have that role yet. */
  | { readonly kind: 'replay' };

/** On whose word, and when. */
export interface MappingAuthor {
  readonly tenantId: TenantId;
  readonly directoryId: DirectoryId;
  readonly actor: Actor;
  readonly at: Date;
  readonly chance: Chance;
}

export const mostMappings = 200;

/** The mappings of a directory after a change; their priorities are 1 to n. Throws `not_found`, `conflict` or `validation_failed`. */
export function reviseMappings(
  mappings: readonly RoleMapping[],
  change: MappingChange,
  author: MappingAuthor,
): readonly RoleMapping[] {
  const ascending = mappings.toSorted((a, b) => a.priority - b.priority);
  return revise(ascending, change, author).map((mapping, index) => ({ ...mapping, priority: index + 1 }));
}

function revise(
  ascending: readonly RoleMapping[],
  change: MappingChange,
  author: MappingAuthor,
): readonly RoleMapping[] {
  if (change.kind === 'create') return create(ascending, change, author);
  if (change.kind === 'update') return update(ascending, change);
  if (change.kind === 'delete') return without(ascending, requireMapping(ascending, change.id));
  return change.kind === 'reorder' ? reorder(ascending, change.ids) : ascending;
}

function create(
  ascending: readonly RoleMapping[],
  { groupId, role, priority = 1 }: Extract<MappingChange, { kind: 'create' }>,
  { tenantId, directoryId, actor: createdBy, at: createdAt, chance }: MappingAuthor,
): readonly RoleMapping[] {
  const other = ascending.find((mapping) => mapping.groupId === groupId);
  if (other) throw mappedAlready(other);
  if (ascending.length >= mostMappings) throw tooMany();
  const id = roleMappingId.create(createdAt, chance);
  const mapping = { id, tenantId, directoryId, groupId, role, priority, createdAt, createdBy };
  return placed(ascending, mapping, priority);
}

function update(
  ascending: readonly RoleMapping[],
  { id, role, priority }: Extract<MappingChange, { kind: 'update' }>,
): readonly RoleMapping[] {
  const before = requireMapping(ascending, id);
  const place = priority ?? ascending.indexOf(before) + 1;
  return placed(without(ascending, before), { ...before, role: role ?? before.role }, place);
}

/** A place above the highest is the highest. */
function placed(
  others: readonly RoleMapping[],
  mapping: RoleMapping,
  priority: number,
): readonly RoleMapping[] {
  return others.toSpliced(priority - 1, 0, mapping);
}

function reorder(ascending: readonly RoleMapping[], ids: readonly RoleMappingId[]): readonly RoleMapping[] {
  const named = ids.toReversed().map((id) => requireMapping(ascending, id));
  if (named.length === ascending.length && new Set(named).size === named.length) return named;
  throw new SsoError(
    'validation_failed',
    'Name each mapping of this directory once, the one that wins first.',
    {
      want: `${ascending.length} mappings`,
      got: `${ids.length}, of which ${new Set(ids).size} differ`,
    },
  );
}

function without(ascending: readonly RoleMapping[], mapping: RoleMapping): readonly RoleMapping[] {
  return ascending.filter((each) => each !== mapping);
}

function requireMapping(mappings: readonly RoleMapping[], id: RoleMappingId): RoleMapping {
  const mapping = mappings.find((each) => each.id === id);
  if (mapping) return mapping;
  throw new SsoError('not_found', 'This directory has no such mapping.', { got: id });
}

function mappedAlready({ id, role }: RoleMapping): SsoError {
  const message = 'This group has a mapping already: change that one.';
  return new SsoError('conflict', message, { want: 'a group without a mapping', got: `${id} (${role})` });
}

function tooMany(): SsoError {
  const message = `A directory has at most ${mostMappings} mappings. Delete one first.`;
  return new SsoError('conflict', message);
}

/** Those that came or went, and those that say another role, as they were and as they are. */
export function changedMappings(
  before: readonly RoleMapping[],
  after: readonly RoleMapping[],
): readonly RoleMapping[] {
  const saysSo = (mappings: readonly RoleMapping[], { id, role }: RoleMapping) =>
    mappings.some((each) => each.id === id && each.role === role);
  const went = before.filter((mapping) => !saysSo(after, mapping));
  return [...went, ...after.filter((mapping) => !saysSo(before, mapping))];
}

/** The groups of whose members the roles may be others now. */
export function affectedGroups(
  before: readonly RoleMapping[],
  after: readonly RoleMapping[],
): readonly DirectoryGroupId[] {
  const order = (mappings: readonly RoleMapping[], others: readonly RoleMapping[]) =>
    mappings
      .filter(({ id }) => others.some((other) => other.id === id))
      .toSorted((one, other) => one.priority - other.priority)
      .map(({ id }) => id)
      .join();
  const isReordered = order(before, after) !== order(after, before);
  const affected = isReordered ? [...before, ...after] : changedMappings(before, after);
  return [...new Set(affected.map(({ groupId }) => groupId))];
}
