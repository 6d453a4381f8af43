import {
  isScope,
  memberId,
  scopes,
  stateOf,
  type ListedToken,
  type MemberId,
  type Scope,
} from '@gatehouse/core';
import { z } from 'zod';

const scope = z
  .string()
  .refine((text): text is Scope => isScope(text), { error: `must be one of ${scopes.join(', ')}` })
  .meta({ enum: [...scopes] });

export const newToken = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .describe('What the token is for, so that it can be revoked some day.'),
  scopes: z
    .array(scope)
    .max(scopes.length)
    .describe('The most that it may do. With none it may only ask who it is.'),
  expiresInDays: z.int().min(1).max(3650).optional().describe('90 if absent.'),
  memberId: z
    .string()
    .refine((text): text is MemberId => memberId.is(text), { error: 'must be the ID of a member' })
    .optional()
    .describe(
      'For the operator, who makes it on behalf of this member; everybody else makes tokens for themselves.',
    ),
});

export const tokenShown = z.object({
  id: z.string(),
  name: z.string(),
  memberId: z.string(),
  email: z.string().optional().describe("The member's; absent where the member is gone."),
  scopes: z.array(z.string()),
  state: z.enum(['active', 'expired', 'revoked']),
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().optional().describe('To the minute.'),
  revokedAt: z.string().optional(),
});

export const createdToken = tokenShown.extend({
  secret: z.string().describe('Shown this once: only its hash is kept.'),
});

export const tokenList = z.object({ items: z.array(tokenShown), next: z.string().optional() });

export function presentToken({ token, email }: ListedToken, now: Date) {
  const { id, name, memberId: member, scopes: granted } = token;
  const { createdAt, expiresAt, lastUsedAt, revokedAt } = token;
  const state = stateOf(token, now);
  return {
    id,
    name,
    memberId: member,
    email,
    scopes: granted,
    state,
    createdAt,
    expiresAt,
    lastUsedAt,
    revokedAt,
  };
}
