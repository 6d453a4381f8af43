import type { ProvisionedPerson, WaitingHold } from '@gatehouse/core';
import { z } from 'zod';

export const holdShown = z.object({
  id: z.string(),
  reason: z
    .enum(['too-many', 'last-owner'])
    .describe('More removals within an hour than anybody expects, or the last owner.'),
  state: z.enum(['open', 'approved', 'refused']),
  people: z.int().describe('How many wait for what becomes of it.'),
  openedAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().optional(),
});

export const approvalInput = z.strictObject({
  people: z
    .int()
    .min(0)
    .optional()
    .describe('How many waited when you looked: where others have come since, nothing is approved.'),
});

export const holdList = z.object({ items: z.array(holdShown), next: z.string().optional() });

export const heldPeople = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      userName: z.string(),
      email: z.string().optional(),
      name: z.string().optional(),
      memberId: z.string().optional(),
      wanted: z.enum(['deactivated', 'removed']).describe('What the directory asked for.'),
    }),
  ),
  next: z.string().optional(),
});

export function presentHold({ id, reason, decision, people, openedAt, decidedAt }: WaitingHold) {
  return { id, reason, state: decision ?? 'open', people, openedAt, decidedAt };
}

export function presentHeld({ id, userName, email, name, memberId, deletedAt }: ProvisionedPerson) {
  return { id, userName, email, name, memberId, wanted: deletedAt ? 'removed' : 'deactivated' };
}
