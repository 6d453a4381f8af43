import { roles, type RemovedMember } from '@gatehouse/core';
import { z } from 'zod';

const actor = z.object({ kind: z.string(), id: z.string().optional(), address: z.string().optional() });

const shown = z.object({
  id: z.string().describe('Of the membership that ended.'),
  userId: z.string(),
  email: z.string(),
  role: z.enum(roles),
  identities: z.array(z.object({ connectionId: z.string(), issuer: z.string(), subject: z.string() })),
  removedAt: z.iso.datetime(),
  removedBy: actor,
});

export const removedMemberSlice = z.object({ items: z.array(shown), next: z.string().optional() });

export function presentRemoved({ tenantId: _, ...removed }: RemovedMember) {
  return removed;
}
