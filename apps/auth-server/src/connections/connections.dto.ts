import { roles } from '@gatehouse/core';
import { z } from 'zod';

const names = z.array(z.string().min(1).max(300)).max(20);

const customName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9_]{0,39}$/, 'must be letters and digits, like costCentre');

function hasNoTwins(custom: readonly { readonly name: string }[]): boolean {
  return new Set(custom.map(({ name }) => name)).size === custom.length;
}

const grantedRole = z.enum(roles).exclude(['owner']);

// A misspelt or misplaced setting is refused: whoever sets it believes it was set.
const settings = z
  .strictObject({
    jit: z.boolean().describe('Let people in whom the IdP vouches for and who have no account yet.'),
    autoJoin: z
      .boolean()
      .describe(
        'Let people join who have an account of this service, but no membership here: once they have typed a code that is ' +
          'mailed to the address of that account. Off, the default: an invitation is needed.',
      ),
    defaultRole: grantedRole,
    groupRoles: z
      .array(z.object({ group: z.string().min(1).max(300), role: grantedRole }))
      .max(200)
      .describe('The first rule whose group came decides the role of a new member.'),
    signaturePolicy: z.enum(['either', 'assertion', 'response', 'both']),
    requireEncryptedAssertions: z.boolean(),
    signRequests: z.boolean(),
    requestBinding: z.enum(['auto', 'redirect', 'post']),
    nameIdFormat: z.enum(['emailAddress', 'persistent', 'unspecified']),
    requestedAuthnContext: z
      .array(z.string().min(1).max(300))
      .max(10)
      .describe('AuthnContextClassRef URIs to ask for; empty, the default, asks for none.'),
    forceAuthn: z.boolean(),
    idpInitiated: z
      .enum(['off', 'bounce', 'accept'])
      .describe(
        'What a sign-in that begins at the identity provider does: `off` refuses it, `bounce` only starts a sign-in of ours ' +
          'there, `accept` signs the person in. `accept` is less safe: nothing shows that this browser asked, so a page ' +
          'of an attacker can sign people in to an account of the attacker (login CSRF).',
      ),
    idpInitiatedApplication: z
      .union([z.literal('any'), z.templateLiteral(['app_', z.string().regex(/^[0-9a-hjkmnp-tv-z]{26}$/)])])
      .describe(
        'The application that goes on with it; `any`: the only one with an initiateLoginUri, or the choice of RelayState or the person.',
      ),
    expiredCertificates: z.enum(['warn', 'refuse']),
    metadataCertificates: z
      .enum(['add', 'warn'])
      .describe(
        'What a new certificate in the metadata does: `add` trusts it too, `warn` only tells the owners.',
      ),
    clockSkewSeconds: z.int().min(0).max(300),
    attributes: z.object({
      email: names.min(1).describe('Required; a NameID that is an address serves where none of these came.'),
      firstName: names,
      lastName: names,
      displayName: names,
      groups: names,
      role: names
        .default([])
        .describe(
          'Names the role of a new member: `member`, `viewer` or what a rule of `groupRoles` knows; never owner.',
        ),
      custom: z
        .array(z.object({ name: customName, from: names.min(1) }))
        .max(20)
        .refine(hasNoTwins, { error: 'must hold each name once' })
        .default([])
        .describe('Passed on to applications as the claim `attributes`.'),
    }),
  })
  .partial();

/** By metadata URL, by metadata XML, or by hand: exactly one of them, or none for a draft. */
const idp = {
  metadataUrl: z.string().max(2000).optional(),
  metadataXml: z.string().max(1_000_000).optional(),
  manual: z
    .object({
      entityId: z.string().min(1).max(1024),
      ssoUrl: z.string().min(1).max(2000),
      ssoBinding: z.enum(['redirect', 'post']).default('redirect'),
      sloUrl: z.string().min(1).max(2000).optional(),
      sloBinding: z.enum(['redirect', 'post']).default('redirect'),
      certificates: z.string().min(1).max(100_000).describe('PEM, base64 DER, several one after the other.'),
    })
    .optional(),
};

const label = z.string().trim().min(1).max(100).describe('What people see on the sign-in button.');
// SAML Metadata 2.2.1: a URI of at most 1,024 characters.
const spName = z.string().min(1).max(1024).regex(/^\S+$/, 'must hold no white space');
const changeable = {
  spEntityIdAliases: z
    .array(spName)
    .max(20)
    .optional()
    .describe('Audiences that count beside our entity ID.'),
  settings: settings.optional(),
  ...idp,
};
const oneSource = { error: 'give one of metadataUrl, metadataXml and manual, not several' };

type Sources = { [Name in keyof typeof idp]?: unknown };

function hasOneSource(value: Sources): boolean {
  return (
    [value.metadataUrl, value.metadataXml, value.manual].filter((source) => source !== undefined).length <= 1
  );
}

export const newConnection = z
  .strictObject({
    label,
    spEntityId: spName.optional().describe('An entity ID to keep, such as that of an earlier product.'),
    ...changeable,
  })
  .refine(hasOneSource, oneSource);

export const connectionChange = z
  .strictObject({
    label: label.optional(),
    spEntityId: z
      .never({
        error:
          'is fixed when a connection is made, because the identity provider knows us by it: add the other name to spEntityIdAliases, or make a new connection',
      })
      .optional(),
    revision: z
      .int()
      .optional()
      .describe('The revision you saw; refused with `conflict` if there is a later one.'),
    ...changeable,
  })
  .refine(hasOneSource, oneSource);

export const connectionList = z.object({ deleted: z.enum(['true', 'false']).optional() });

export type IdpSource = Pick<z.output<typeof connectionChange>, 'metadataUrl' | 'metadataXml' | 'manual'>;
