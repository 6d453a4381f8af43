import {
  longestMoveDays,
  readMappingCsv,
  usualMoveDays,
  type MappingEntry,
  type WantedMove,
} from '@gatehouse/core';
import { z } from 'zod';
import { parse } from '../http/parse';

const digits = z.string().regex(/^[0-9a-hjkmnp-tv-z]{26}$/);
const connection = z.templateLiteral(['conn_', digits]);
const member = z.templateLiteral(['mem_', digits]);

// SAML Core 8.3: a NameID of at most 256 characters.
const subject = z.string().min(1).max(256);

const entry = z
  .object({
    email: z.string().min(1).max(320).optional().describe("The member's e-mail here."),
    oldSubject: subject.optional().describe('The NameID at the old identity provider, exactly.'),
    subject: subject.describe('The NameID at the new identity provider, exactly.'),
  })
  .refine((value) => (value.email === undefined) !== (value.oldSubject === undefined), {
    error: 'name the member by email or by oldSubject, not by both',
  });

const mapping = z
  .union([
    z.array(entry).max(20_000),
    z
      .string()
      .max(1_000_000)
      .describe('CSV with a first line that names the columns: subject, and email or oldSubject.'),
  ])
  .default([])
  .describe('Whose subject at the new identity provider is known. These members follow by it alone.');

const wanted = {
  from: connection.describe('The connection that is left.'),
  mapping,
  administrators: z
    .array(member)
    .max(200)
    .default([])
    .describe('Owners and admins follow only if their member IDs stand here.'),
};

export const previewedMove = z.object(wanted);

export const approvedMove = z.object({
  ...wanted,
  confirm: z
    .int()
    .min(0)
    .describe('`follows` of the preview; refused with the fresh number if it is another.'),
  expiresInDays: z.int().min(1).max(longestMoveDays).default(usualMoveDays),
});

export const finishedMove = z.object({
  confirm: z
    .int()
    .min(0)
    .describe('How many members have not followed yet; they keep their old link, and may no longer follow.'),
});

export const cancelledMove = z.object({
  undo: z
    .boolean()
    .default(false)
    .describe('Take the new links away again, of members whose old link still stands.'),
});

/** The same from either form of the list. */
export function toWantedMove({
  from,
  mapping: list,
  administrators,
}: z.output<typeof previewedMove>): WantedMove {
  return { from, administrators, mapping: typeof list === 'string' ? readCsv(list) : list };
}

/** A list in CSV is held to the same bounds as one in JSON. */
function readCsv(text: string): readonly MappingEntry[] {
  return parse(z.array(entry).max(20_000), readMappingCsv(text));
}
