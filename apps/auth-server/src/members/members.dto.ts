import {
  memberSorts,
  memberSsoChoices,
  readCursor,
  roles,
  signInMethods,
  type ListedMember,
  type MemberQuery,
  type Person,
} from '@gatehouse/core';
import { z } from 'zod';

export const newMember = z.object({
  email: z.string().max(320),
  name: z.string().trim().min(1).max(200).optional(),
  role: z.enum(roles).default('member'),
  sso: z
    .enum(memberSsoChoices)
    .optional()
    .describe("The member's own setting; as the tenant's policy has it for newcomers where absent."),
});

export const memberChange = z.object({ role: z.enum(roles) });

// What a query carries is text: z.coerce.boolean() would take "false" for true.
const yesOrNo = z.enum(['true', 'false']);

export const memberQuery = z.object({
  role: z.enum(roles).optional(),
  linked: yesOrNo.optional().describe('Linked to an identity of a connection that is not deleted, or not.'),
  sso: z.enum(memberSsoChoices).optional(),
  exempt: yesOrNo.optional().describe('With an exemption in force, or without.'),
  suspended: yesOrNo.optional(),
  q: z.string().max(320).optional().describe('How the e-mail address or the name begins, whatever the case.'),
  sort: z.enum(memberSorts).default('created'),
  after: z.string().max(1000).optional().describe('`next` of the slice before.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Throws `validation_failed` for what is no cursor. */
export function toMemberQuery(query: z.output<typeof memberQuery>, now: Date): MemberQuery {
  const { role, linked, sso, exempt, suspended, q, sort, after, limit } = query;
  const beginning = q?.trim() === '' ? undefined : q?.trim();
  return {
    filter: { role, linked: said(linked), sso, exempt: said(exempt), suspended: said(suspended), beginning },
    sort,
    after: after === undefined ? undefined : readCursor(after, sort),
    limit,
    now,
  };
}

function said(answer: 'true' | 'false' | undefined): boolean | undefined {
  return answer && answer === 'true';
}

const when = z.iso.datetime();

const shownMember = z.object({
  id: z.string(),
  userId: z.string(),
  email: z.string(),
  name: z.string().optional(),
  role: z.enum(roles),
  sso: z.enum(memberSsoChoices),
  exemption: z.object({ reason: z.string(), until: when.optional() }).optional(),
  suspendedAt: when.optional(),
  suspendedBy: z
    .string()
    .optional()
    .describe('The directory that suspended the member, and may bring it back.'),
  roleMappedBy: z
    .string()
    .optional()
    .describe("The directory's group by which the member has its role; absent where a person gave it."),
  createdAt: when,
});

export const listedMember = shownMember.extend({
  linked: z.boolean(),
  links: z.array(z.object({ connectionId: z.string(), createdAt: when })),
  lastSignIn: z
    .object({ at: when, via: z.enum(signInMethods) })
    .optional()
    .describe('Absent for somebody who has not signed in to this tenant yet.'),
  roleFrom: z
    .object({ directoryId: z.string(), groupId: z.string(), name: z.string() })
    .optional()
    .describe('The group that `roleMappedBy` names.'),
});

export const memberSlice = z.object({
  items: z.array(listedMember),
  next: z.string().optional(),
  total: z.int().describe('Of all slices together; no more than 10,000 are counted.'),
  totalIsExact: z.boolean(),
});

export const removal = z.object({ removed: z.string(), sessionsEnded: z.int() });

/** A membership as the API shows it. */
export function presentMember({ user, member }: Person) {
  const { id, role, sso, exemption, suspendedAt, suspendedBy, roleMappedBy, createdAt } = member;
  const { id: userId, email, name } = user;
  return {
    ...{ id, userId, email, name, role, sso, exemption },
    ...{ suspendedAt, suspendedBy, roleMappedBy, createdAt },
  };
}

export function presentListed({ links, lastSignIn, roleFrom, ...person }: ListedMember) {
  return { ...presentMember(person), linked: links.length > 0, links, lastSignIn, roleFrom };
}
