import {
  invitationStates,
  longestInvitationDays,
  mailLanguages,
  memberSsoChoices,
  roles,
  standingOf,
  usualInvitationDays,
  type Invitation,
  type WantedInvitation,
} from '@gatehouse/core';
import { z } from 'zod';
import { pageQuery } from '../http/pages';

const exemption = z
  .object({
    reason: z.string().trim().min(1).max(500),
    until: z.iso.datetime({ offset: true }).optional().describe('Exclusively; for good where absent.'),
  })
  .describe('Lets the person use a password although the tenant requires single sign-on.');

export const newInvitation = z.object({
  email: z.string().max(320).describe('Of any domain.'),
  name: z.string().trim().min(1).max(200).optional(),
  role: z.enum(roles).default('member').describe('Only owners invite owners.'),
  sso: z
    .enum(memberSsoChoices)
    .optional()
    .describe("The member's own setting; as the tenant's policy has it for newcomers where absent."),
  exemption: exemption.optional(),
  language: z.enum(mailLanguages).default('en').describe('Of the mail.'),
  expiresInDays: z.int().min(1).max(longestInvitationDays).default(usualInvitationDays),
});

export const invitationQuery = pageQuery.extend({ state: z.enum(invitationStates).optional() });

const when = z.iso.datetime();

export const shownInvitation = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string().optional(),
  role: z.enum(roles),
  sso: z.enum(memberSsoChoices).optional(),
  exemption: z.object({ reason: z.string(), until: when.optional() }).optional(),
  language: z.enum(mailLanguages),
  inviter: z.string().optional(),
  standing: z.enum(['open', 'expired', 'used', 'revoked']),
  createdAt: when,
  sentAt: when.describe('Of the newest mail, whose link alone is good for anything.'),
  expiresAt: when,
  openedAt: when.optional().describe('When somebody showed that the mailbox is theirs.'),
  endedAt: when.optional(),
});

export const invitationSlice = z.object({ items: z.array(shownInvitation), next: z.string().optional() });

export function toWanted({
  expiresInDays: days,
  exemption: exempt,
  ...rest
}: z.output<typeof newInvitation>) {
  const until = exempt?.until === undefined ? {} : { until: new Date(exempt.until) };
  const wanted: WantedInvitation = { ...rest, days };
  return exempt ? { ...wanted, exemption: { reason: exempt.reason, ...until } } : wanted;
}

/** An invitation as the API shows it: its link is in the mail and nowhere else. */
export function presentInvitation(invitation: Invitation, now: Date) {
  const { tenantId: _tenant, state: _state, invitedBy: _by, browserKeyHash: _hash, ...shown } = invitation;
  return { ...shown, standing: standingOf(invitation, now) };
}
