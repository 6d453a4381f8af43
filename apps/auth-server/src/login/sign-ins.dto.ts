import {
  connectionId,
  errorCatalogue,
  isErrorCode,
  loginPurposes,
  signInOutcomes,
  type ErrorCode,
  type SignInTrace,
  type TraceFilter,
  type TraceSummary,
} from '@gatehouse/core';
import { z } from 'zod';
import { pageQuery } from '../http/pages';

const time = z.iso.datetime({ offset: true, error: 'must be a time such as 2026-01-31T23:59:59Z' });

function knownCode(code: string, { issues }: { issues: z.core.$ZodRawIssue[] }): ErrorCode {
  if (isErrorCode(code)) return code;
  issues.push({ code: 'custom', input: code, message: 'is no code of a refusal' });
  return z.NEVER;
}

/** What a list of sign-ins may be narrowed by. */
export const signInQuery = pageQuery.extend({
  connection: z.string().max(64).optional().describe('The ID of a connection.'),
  purpose: z.enum(loginPurposes).optional(),
  outcome: z.enum(signInOutcomes).optional(),
  code: z.string().max(64).transform(knownCode).optional().describe('Why it was refused.'),
  email: z.string().max(320).optional().describe('The address that the answer named, in any case.'),
  reference: z.string().max(64).optional().describe("The reference on the person's page, in any case."),
  from: time.optional(),
  to: time.optional().describe('Exclusive.'),
});

/** Throws `id_malformed`. */
export function readFilter(query: z.output<typeof signInQuery>): TraceFilter {
  const { connection, purpose, outcome, code, email, reference, from, to } = query;
  return {
    ...(connection !== undefined && { connectionId: connectionId.parse(connection) }),
    ...(purpose !== undefined && { purpose }),
    ...(outcome !== undefined && { outcome }),
    ...(code !== undefined && { code }),
    ...(email !== undefined && { email: email.trim() }),
    ...(reference !== undefined && { reference: reference.trim().toUpperCase() }),
    ...(from !== undefined && { from: new Date(from) }),
    ...(to !== undefined && { to: new Date(to) }),
  };
}

const mending = z.object({
  mender: z.enum(['person', 'it-admin', 'developer', 'operator']),
  field: z.string().optional().describe('The setting to change at the identity provider.'),
});

const summary = z.object({
  id: z.string(),
  connectionId: z.string(),
  purpose: z.enum(loginPurposes).optional().describe('Absent where the answer names no request of ours.'),
  reference: z.string().describe("The one on the person's page."),
  at: z.iso.datetime(),
  outcome: z.enum(signInOutcomes),
  code: z.string().optional().describe('Why it was refused.'),
  mend: mending.optional(),
  totalMs: z.number(),
  certificateFingerprint: z.string().optional().describe('Of the certificate that fitted.'),
  subject: z
    .string()
    .optional()
    .describe('What the answer said; the checks tell whether it could be believed.'),
  email: z.string().optional(),
  inResponseTo: z.string().optional(),
  address: z.string().optional(),
  userAgent: z.string().optional(),
});

export const signInList = z.object({ items: z.array(summary), next: z.string().optional() });

export const signInDetails = summary.extend({
  checks: z.array(
    z.object({
      name: z.string(),
      result: z.enum(['passed', 'failed', 'not-reached']),
      ms: z.number().optional(),
      want: z.unknown().optional(),
      got: z.unknown().optional(),
    }),
  ),
  attributes: z.array(
    z.object({
      name: z.string(),
      values: z
        .array(z.string())
        .describe('Whole where the mapping reads them or they are e-mail addresses.'),
      count: z.int(),
      mapsTo: z.string().optional(),
    }),
  ),
  response: z
    .string()
    .optional()
    .describe('The decoded answer without signatures, digests, certificates and ciphers; at most 32 KiB.'),
});

/** With who can mend a refusal, and the setting to look at. */
export function presentSignIn<T extends SignInTrace | TraceSummary>({ tenantId: _, ...trace }: T) {
  if (trace.code === undefined) return trace;
  const { mender, field } = errorCatalogue[trace.code];
  return { ...trace, mend: { mender, ...(field !== undefined && { field }) } };
}
