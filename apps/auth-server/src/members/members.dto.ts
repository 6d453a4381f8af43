import { roles, type Person } from '@gatehouse/core';
import { z } from 'zod';

export const newMember = z.object({
  email: z.string().max(320),
  name: z.string().trim().min(1).max(200).optional(),
  role: z.enum(roles).default('member'),
});

export const memberChange = z.object({ role: z.enum(roles) });

/** A membership as the API shows it. */
export function presentMember({ user, member }: Person) {
  const { id, role, suspendedAt, createdAt } = member;
  return { id, userId: user.id, email: user.email, name: user.name, role, suspendedAt, createdAt };
}
