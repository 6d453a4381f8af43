import { describeDevice, memberId, type ListedSession, type MemberId } from '@gatehouse/core';
import { z } from 'zod';
import { pageQuery } from '../http/pages';

export const sessionQuery = pageQuery.extend({
  member: z
    .string()
    .refine((text): text is MemberId => memberId.is(text), { error: 'must be the ID of a member' })
    .optional()
    .describe('Of this member only.'),
});

export const everybody = z.object({
  confirm: z
    .string({ error: 'repeat the slug of the tenant' })
    .describe('The slug of the tenant, once more.'),
});

export const sessionShown = z.object({
  id: z.string().describe('Also `sid` in ID tokens and logout tokens.'),
  memberId: z.string(),
  userId: z.string(),
  email: z.string(),
  name: z.string().optional(),
  via: z.enum(['saml', 'password', 'passkey']),
  connectionId: z.string().optional(),
  connectionLabel: z.string().optional(),
  secondFactor: z.string().optional().describe('What was proven besides a password.'),
  breakGlass: z.boolean().describe('True where a way in was used that is kept for emergencies.'),
  device: z.string().optional().describe('Such as "Firefox, Linux", as the browser said.'),
  address: z.string().optional().describe('The network address that it was opened from.'),
  authenticatedAt: z.string().describe('When the person proved who they are, perhaps before.'),
  createdAt: z.string(),
  expiresAt: z.string(),
  current: z.boolean().describe('True of the session that you call with.'),
});

export const sessionList = z.object({ items: z.array(sessionShown), next: z.string().optional() });

export const endedSessions = z.object({ ended: z.number() });

/** A session as the API shows it to who may look at it. */
export function presentSession({ session, user, connectionLabel }: ListedSession, current?: string) {
  const { id, via, connectionId, secondFactor, breakGlass, address } = session;
  const { authenticatedAt, createdAt, expiresAt } = session;
  const who = { memberId: session.memberId, userId: user.id, email: user.email, name: user.name };
  const how = { via, connectionId, connectionLabel, secondFactor, breakGlass };
  const where = { device: describeDevice(session.userAgent), address };
  return { id, ...who, ...how, ...where, authenticatedAt, createdAt, expiresAt, current: id === current };
}
