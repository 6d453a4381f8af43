import {
  connectionId,
  directoryTokenId,
  longestOverlapDays,
  longestTokenDays,
  provisionedRoles,
  quarantineReasons,
  standings,
  usualOverlapDays,
  usualTokenDays,
  type ConnectionId,
  type DirectoryTokenId,
} from '@gatehouse/core';
import { z } from 'zod';
import { pageQuery } from '../http/pages';

const name = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .describe('As people of the organisation know it: "Okta", "Entra ID".');

const pairing = z
  .discriminatedUnion('by', [
    z.strictObject({ by: z.literal('email') }),
    z.strictObject({
      by: z.literal('external-id'),
      attribute: z
        .string()
        .min(1)
        .max(300)
        .optional()
        .describe('The attribute of a sign-in that carries the externalId; its subject if absent.'),
    }),
  ])
  .describe('How somebody who signs in is known to be a person of this directory.');

const connection = z
  .string()
  .refine((text): text is ConnectionId => connectionId.is(text), { error: 'must be the ID of a connection' });

export const newDirectory = z.strictObject({
  name,
  defaultRole: z
    .enum(provisionedRoles)
    .optional()
    .describe('What somebody becomes whom no mapped group gives a role.'),
  pairing: pairing.optional(),
  connectionId: connection
    .optional()
    .describe('The one connection whose people it provisions; any if absent.'),
});

export const directoryChange = z.strictObject({
  name: name.optional(),
  defaultRole: z.enum(provisionedRoles).optional(),
  pairing: pairing.optional(),
  connectionId: connection.nullable().optional().describe('`null`: any connection of the organisation.'),
});

const tokenWanted = z.strictObject({
  name: z.string().trim().min(1).max(100).describe('Where it is kept, so that it can be revoked some day.'),
  expiresInDays: z.int().min(1).max(longestTokenDays).optional().describe(`${usualTokenDays} if absent.`),
  replaces: z
    .string()
    .refine((text): text is DirectoryTokenId => directoryTokenId.is(text), {
      error: 'must be the ID of a token of this directory',
    })
    .optional()
    .describe('The token that the client has now. It goes on for `overlapDays` more, and then ends.'),
  overlapDays: z.int().min(0).max(longestOverlapDays).optional().describe(`${usualOverlapDays} if absent.`),
});

/** Alone, `overlapDays` would leave the former token working although it reads as if that ended. */
export const newDirectoryToken = tokenWanted.refine(
  ({ overlapDays, replaces }) => overlapDays === undefined || replaces !== undefined,
  { path: ['overlapDays'], error: 'goes with `replaces`: say which token it is that ends' },
);

export const requestQuery = pageQuery.extend({
  outcome: z.enum(['answered', 'refused']).optional(),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
  status: z.coerce.number().int().min(100).max(599).optional(),
  text: z.string().min(1).max(200).optional().describe('Stands in the address or in the body.'),
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
});

export const peopleQuery = pageQuery.extend({
  standing: z.enum(standings).optional(),
  reason: z.enum(quarantineReasons).optional().describe('Why somebody is quarantined.'),
});

export const directoryShown = z.object({
  id: z.string(),
  name: z.string(),
  baseUrl: z
    .string()
    .describe('The address to enter at the client ("Tenant URL", "SCIM connector base URL").'),
  defaultRole: z.string(),
  pairing,
  connectionId: z.string().optional(),
  state: z.enum(['active', 'paused']),
  pausedAt: z.string().optional(),
  createdAt: z.string(),
  people: z.int(),
  activePeople: z.int(),
  groups: z.int(),
  quarantined: z
    .int()
    .describe('People who are kept and not let in; `people?standing=quarantined` says why.'),
  lastUsedAt: z.string().optional().describe('When its client last called, to the minute.'),
});

export const directoryList = z.object({ items: z.array(directoryShown) });

export const directoryTokenShown = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(['active', 'expired', 'revoked']),
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().optional().describe('To the minute.'),
  revokedAt: z.string().optional(),
});

export const createdDirectoryToken = directoryTokenShown.extend({
  secret: z.string().describe('Shown this once: only its hash is kept.'),
});

export const directoryTokenList = z.object({ items: z.array(directoryTokenShown) });

const requestListed = z.object({
  id: z.string(),
  at: z.string(),
  tokenId: z.string().optional(),
  method: z.string(),
  path: z.string().describe("Below the directory's base address."),
  status: z.int(),
  scimType: z.string().optional(),
  detail: z.string().optional().describe('Why it was refused, as its client was told.'),
  milliseconds: z.int(),
  userAgent: z.string().optional(),
});

export const requestList = z.object({
  items: z.array(requestListed),
  next: z
    .string()
    .optional()
    .describe('A search looks at some thousand requests at a time: where `next` is there, more may follow.'),
});

export const requestShown = requestListed.extend({
  ifMatch: z.string().optional(),
  body: z.string().optional().describe('Without passwords and tokens.'),
  bodyCut: z.boolean().describe('It was longer than is kept, and cannot be tried again.'),
});

const anything = z.record(z.string(), z.unknown());

export const requestPreview = z.object({
  before: z
    .object({ status: z.int(), at: z.string() })
    .describe('What the client was answered when it asked.'),
  now: z.object({ status: z.int(), body: anything.optional() }),
  happenings: z
    .array(
      z.object({
        type: z.string(),
        subject: z.string(),
        before: anything.optional(),
        after: anything.optional(),
        data: anything.optional(),
      }),
    )
    .describe('What the audit log would say, oldest first; empty where nothing would change.'),
});

export const personShown = z.object({
  id: z.string(),
  userName: z.string(),
  externalId: z.string().optional(),
  email: z.string().optional(),
  name: z.string().optional(),
  active: z.boolean(),
  standing: z.enum(standings),
  quarantinedFor: z.enum(quarantineReasons).optional(),
  whatToDo: z.string().optional(),
  userId: z.string().optional(),
  memberId: z.string().optional(),
  createdAt: z.string(),
  deletedAt: z.string().optional(),
});

export const peopleList = z.object({ items: z.array(personShown), next: z.string().optional() });
