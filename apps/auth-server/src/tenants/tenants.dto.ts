import { z } from 'zod';

export const newTenant = z.object({
  slug: z.string().max(63).describe('Short name in addresses, such as "acme".'),
  name: z.string().trim().min(1).max(200),
  externalId: z.string().min(1).max(200).optional().describe('Your own ID of this organisation.'),
  associateByEmail: z.boolean().optional(),
});

export const tenantChange = z.object({
  associateByEmail: z
    .boolean()
    .describe(
      'Link an identity to the member with the same e-mail without asking. Easier, and as safe as the IdP is.',
    ),
});
