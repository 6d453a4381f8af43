import {
  directoryGroupId,
  mostMappings,
  mostShownMoves,
  roleMappingId,
  roles,
  type DirectoryGroupId,
  type ListedMapping,
  type MappingOutcome,
  type RoleMappingId,
} from '@gatehouse/core';
import { z } from 'zod';
import { pageQuery } from '../http/pages';

const groupId = z
  .string()
  .refine((text): text is DirectoryGroupId => directoryGroupId.is(text), {
    error: 'must be the ID of a group',
  })
  .describe('Of a group of this directory; see `groups`.');

const mappingId = z.string().refine((text): text is RoleMappingId => roleMappingId.is(text), {
  error: 'must be the ID of a mapping of this directory',
});

const role = z.enum(roles).describe('`owner` only by an owner.');

const priority = z.int().min(1).max(mostMappings).describe('1 is the lowest place, and the highest wins.');

const created = { groupId, role, priority: priority.optional().describe('1, the lowest, if absent.') };
const changed = { role: role.optional(), priority: priority.optional() };
const order = { ids: z.array(mappingId).max(mostMappings).describe('All of them, the one that wins first.') };

export const newMapping = z.strictObject(created);
export const mappingChange = z.strictObject(changed);
export const mappingOrder = z.strictObject(order);

export const wantedChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('create'), ...created }),
  z.strictObject({ kind: z.literal('update'), id: mappingId, ...changed }),
  z.strictObject({ kind: z.literal('delete'), id: mappingId }),
  z.strictObject({ kind: z.literal('reorder'), ...order }),
  z.strictObject({ kind: z.literal('replay') }),
]);

const mappingShown = z.object({
  id: z.string(),
  groupId: z.string(),
  groupName: z.string(),
  role: z.enum(roles),
  priority: z.int(),
  createdAt: z.string(),
});

export const mappingList = z.object({ items: z.array(mappingShown) });

const move = z.object({
  memberId: z.string(),
  email: z.string(),
  name: z.string().optional(),
  before: z.enum(roles),
  after: z.enum(roles),
  mappedBy: z.string().optional().describe('The group; absent for who left the last of the mapped groups.'),
});

export const mappingOutcome = z.object({
  mappings: z.array(mappingShown).describe('As they are then, the one that wins first.'),
  changes: z.int().describe('How many members have another role then.'),
  members: z.array(move).describe(`The first ${mostShownMoves} of them.`),
  keptOwner: z
    .string()
    .optional()
    .describe(
      'The last owner, who stays one although the mappings say otherwise. Make somebody else an owner, then replay.',
    ),
});

export const groupQuery = pageQuery.extend({
  q: z.string().max(300).optional().describe('How the name begins, whatever the case.'),
});

export const groupList = z.object({
  items: z.array(z.object({ id: z.string(), name: z.string(), members: z.int() })),
  next: z.string().optional(),
});

export function presentMapping({
  id,
  groupId: group,
  groupName,
  role: given,
  priority: place,
  createdAt,
}: ListedMapping) {
  return { id, groupId: group, groupName, role: given, priority: place, createdAt };
}

export function presentOutcome({ mappings, moves, shown, keptOwner }: MappingOutcome) {
  const members = shown.map(({ personId: _, ...rest }) => rest);
  return { mappings: mappings.map(presentMapping), changes: moves, members, keptOwner };
}
