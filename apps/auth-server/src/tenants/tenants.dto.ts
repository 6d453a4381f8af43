import { z } from 'zod';

export const newTenant = z.object({
  slug: z.string().max(63).describe('Short name in addresses, such as "acme".'),
  name: z.string().trim().min(1).max(200),
  externalId: z.string().min(1).max(200).optional().describe('Your own ID of this organisation.'),
  associateByEmail: z.boolean().optional(),
  ssoEntitled: z
    .boolean()
    .optional()
    .describe('Whether it may use single sign-on; true unless said otherwise.'),
  ssoWhenEnabled: z
    .enum(['optional', 'required'])
    .optional()
    .describe(
      'What switching its first connection on makes of single sign-on; absent: what SSO_WHEN_ENABLED says, else optional.',
    ),
});

export const tenantChange = z
  .strictObject({
    associateByEmail: z
      .boolean()
      .optional()
      .describe(
        'Link an identity to the member with the same e-mail without asking. Easier, and as safe as the IdP is.',
      ),
    ssoEntitled: z
      .boolean()
      .optional()
      .describe('Operator only: whether it may use single sign-on. What it configured stays either way.'),
    host: z
      .string()
      .max(260)
      .nullable()
      .optional()
      .describe(
        'Operator only: a public host of its own, such as login.acme.com, for connections that are made from now on; null for none.',
      ),
  })
  .refine((change) => Object.keys(change).length > 0, { error: 'name at least one thing to change' });
