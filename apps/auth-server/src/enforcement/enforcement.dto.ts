import {
  accessMethods,
  breakGlassChoices,
  foreseenOutcomes,
  longestDryRunDays,
  memberSsoChoices,
  policyEffects,
  secondFactorRules,
  ssoModes,
  type Whom,
} from '@gatehouse/core';
import { z } from 'zod';
import { pageQuery } from '../http/pages';

const digits = z.string().regex(/^[0-9a-hjkmnp-tv-z]{26}$/);
const member = z.templateLiteral(['mem_', digits]);
const time = z.iso
  .datetime({ offset: true, error: 'must be a time such as 2026-01-31T23:59:59Z' })
  .transform((text) => new Date(text));

const settings = {
  breakGlass: z
    .enum(breakGlassChoices)
    .optional()
    .describe(
      'Who may use a password and a second factor while single sign-on is required, so that an outage of the identity ' +
        'provider locks nobody out. Each person more is one more account that the identity provider does not guard.',
    ),
  newMembersOnSso: z
    .boolean()
    .optional()
    .describe('Whether members who are added while single sign-on is on are set to it themselves.'),
  secondFactor: z
    .enum(secondFactorRules)
    .optional()
    .describe('Whether a password alone will do for whoever has set no second factor up.'),
};

const onSwitchingOn = z
  .enum(['optional', 'required'])
  .optional()
  .describe('Operator only: what switching the first connection on makes of single sign-on.');

const named = { error: 'name at least one thing to change' };

export const policyChange = z
  .object({
    sso: z
      .enum(['off', 'optional'], {
        error:
          'must be off or optional; to require single sign-on, ask for a preview and POST …/enforcement/require',
      })
      .optional(),
    ssoWhenEnabled: onSwitchingOn,
    ...settings,
  })
  .refine((change) => Object.keys(change).length > 0, named);

/** A policy as it would be: what is left out is as it is now. */
const draft = z.object({ sso: z.enum(ssoModes).optional(), ...settings });

export const previewedPolicy = draft.extend({ sso: z.enum(ssoModes).default('required') });

export const previewQuery = pageQuery.extend({
  outcome: z.enum(foreseenOutcomes).optional().describe('Only members of whom this would become.'),
});

export const requiredPolicy = z.object({
  fingerprint: z
    .string()
    .max(100)
    .describe('Of the preview with the same settings, as it was last looked at.'),
  ...settings,
});

export const dryRunStart = z.object({ days: z.int().min(1).max(longestDryRunDays) });

export const explained = z
  .object({
    member: member.optional(),
    email: z.string().max(320).optional(),
    method: z.enum(accessMethods),
    at: time.optional().describe('As the member is now, at this time; absent: now.'),
    policy: draft.optional().describe('A draft to decide by instead of the policy that holds.'),
  })
  .refine((asked) => (asked.member === undefined) !== (asked.email === undefined), {
    error: 'name the person by member or by email, not by both',
  });

/** Who is asked about; the schema has seen to it that one of both is there. */
export function whomOf({ member: id, email = '' }: z.output<typeof explained>): Whom {
  return id === undefined ? { email } : { id };
}

export const comparedPolicies = z.object({
  before: draft.default({}).describe('Absent: the policy that holds.'),
  after: draft,
  method: z.enum(accessMethods).optional(),
  effect: z.enum(policyEffects).optional(),
});

export const ownSetting = z.object({
  sso: z
    .enum(memberSsoChoices)
    .describe(
      '`inherit`: as the policy has it; `sso`: nothing else, not even an exemption; `password`: no single sign-on.',
    ),
});

export const ownSettings = ownSetting.extend({
  members: z.union([z.literal('all'), z.array(member).min(1).max(1000)]),
});

export const exemption = z.object({
  reason: z.string().max(1000),
  until: time.optional().describe('Exclusively; for good where absent.'),
});
