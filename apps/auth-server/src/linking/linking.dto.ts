import {
  boardStandings,
  connectionId,
  memberId,
  requestStanding,
  unaskedReasons,
  type BoardMember,
  type BoardPage,
  type ConnectionId,
  type LinkRequest,
} from '@gatehouse/core';
import { z } from 'zod';

const when = z.iso.datetime();
const count = z.int().min(0);

export const boardCounts = z.object({
  total: count.describe('All members.'),
  standings: z.record(z.enum(boardStandings), count),
  reasons: z.record(z.enum(unaskedReasons), count).describe('Of those who got no letter, why.'),
});

export const boardQuery = z.object({
  filter: z.enum(boardStandings).optional().describe('Whose standing is this.'),
  after: z.string().max(64).optional().describe('`next` of the slice before.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

// A misspelt name would write to everybody for another connection.
export const wantedConnection = z.strictObject({
  connectionId: z.string().max(64).optional().describe('The one that serves the login page where absent.'),
});

export const connectionQuery = z.object({
  connection: z.string().max(64).optional().describe('All connections where absent.'),
});

const shownRequest = z.object({
  id: z.string(),
  connectionId: z.string(),
  email: z.string().describe('The address that the letter went to.'),
  standing: z.string(),
  createdAt: when,
  expiresAt: when,
  sentAt: when.optional().describe('When a mail server took the letter.'),
  bouncedAt: when.optional(),
  bounceReason: z.string().optional().describe('What the mail server said.'),
  openedAt: when.optional(),
  usedAt: when.optional(),
});

export const sentRequest = shownRequest.extend({ memberId: z.string() });

export const boardSlice = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      email: z.string(),
      name: z.string().optional(),
      role: z.string(),
      standing: z.enum(boardStandings),
      reason: z.enum(unaskedReasons).optional().describe('Why this member got no letter.'),
      linkedAt: when.optional(),
      unlinkedAt: when.optional(),
      request: shownRequest.optional().describe('The newest letter.'),
    }),
  ),
  next: z.string().optional(),
});

export const unlinked = z.object({ links: count, sessionsEnded: count });

export function toBoardPage({ filter, after, limit }: z.output<typeof boardQuery>): BoardPage {
  return { filter, limit, after: after === undefined ? undefined : memberId.parse(after) };
}

export function toConnectionId(id: string | undefined): ConnectionId | undefined {
  return id === undefined ? undefined : connectionId.parse(id);
}

export function presentBoardMember(
  { user, member, standing, reason, linkedAt, request }: BoardMember,
  now: Date,
) {
  const { id, role, unlinkedAt } = member;
  const shown = request && presentRequest(request, now);
  return {
    id,
    email: user.email,
    name: user.name,
    role,
    standing,
    reason,
    linkedAt,
    unlinkedAt,
    request: shown,
  };
}

/** A request as the API shows it: its link is in the letter and nowhere else. */
export function presentRequest(request: LinkRequest, now: Date) {
  const { id, connectionId: connection, email, createdAt, expiresAt } = request;
  const { sentAt, bouncedAt, bounceReason, openedAt, usedAt } = request;
  const standing = requestStanding(request, now);
  const times = { createdAt, expiresAt, sentAt, bouncedAt, bounceReason, openedAt, usedAt };
  return { id, connectionId: connection, email, standing, ...times };
}
