import { honest, insert, signAssertion } from '../honest';
import { idpEntityId, serviceProvider } from '../vector';
import type { Row } from './row';
import { said, written } from './said';

const { acsUrl, entityId } = serviceProvider;
const issuer = 'saml_issuer_mismatch';
const audience = 'saml_audience_mismatch';
const restriction = (...names: readonly string[]) =>
  `<saml:AudienceRestriction>${names.map((name) => `<saml:Audience>${name}</saml:Audience>`).join('')}</saml:AudienceRestriction>`;
export const parties: readonly Row[] = [
  [
    'issuer-of-another',
    'The issuer of both is another provider',
    issuer,
    said({ issuer: 'https://other.example' }),
  ],
  [
    'issuer-of-response',
    'Only the issuer of the response is another',
    issuer,
    said({ responseIssuer: 'https://other.example' }),
  ],
  [
    'issuer-of-assertion',
    'Only the issuer of the assertion is another',
    issuer,
    said({ issuer: 'https://other.example', responseIssuer: idpEntityId }),
  ],
  ['issuer-with-slash', 'The issuer has a slash more', issuer, said({ issuer: `${idpEntityId}/` })],
  [
    'issuer-in-capitals',
    'The issuer is in another case',
    issuer,
    said({ issuer: idpEntityId.toUpperCase() }),
  ],
  [
    'issuer-empty',
    'The issuer is empty',
    issuer,
    written(/(?<=<saml:Assertion .*)<saml:Issuer>[^<]*/, '<saml:Issuer>'),
  ],
  [
    'audience-of-another',
    'The audience is another site',
    audience,
    said({ audience: 'https://other.example' }),
    { reference: 'SAML Core 2.5.1.4' },
  ],
  ['audience-absent', 'There is no restriction to an audience', audience, said({ audience: null })],
  ['audience-empty', 'The audience is empty', audience, said({ audience: '' })],
  [
    'audience-restriction-empty',
    'The restriction names no audience',
    audience,
    written(restriction(entityId), '<saml:AudienceRestriction/>'),
  ],
  ['audience-with-slash', 'The audience has a slash more', audience, said({ audience: `${entityId}/` })],
  [
    'audience-in-capitals',
    'The audience is in another case',
    audience,
    said({ audience: entityId.replace('/saml/', '/SAML/') }),
  ],
  [
    'audience-is-acs-url',
    'The audience is our ACS URL, not our entity ID',
    audience,
    said({ audience: acsUrl }),
  ],
  [
    'audience-in-second-restriction-only',
    'The second of two restrictions names others',
    audience,
    () => signAssertion(insert(honest(), '</saml:Conditions>', restriction('https://other.example'))),
  ],
  [
    'audience-outside-restriction',
    'The audience that names us stands outside of a restriction',
    audience,
    written(
      restriction(entityId),
      `<saml:AudienceRestriction/><saml:ProxyRestriction><saml:Audience>${entityId}</saml:Audience></saml:ProxyRestriction>`,
    ),
  ],
  [
    'no-conditions',
    'The assertion has no conditions',
    audience,
    written(/<saml:Conditions.*<\/saml:Conditions>/, ''),
  ],
  [
    'unknown-condition',
    'A condition is unknown',
    'saml_condition_unknown',
    () => signAssertion(insert(honest(), '</saml:Conditions>', '<x:Only xmlns:x="urn:x"/>')),
    { reference: 'SAML Core 2.5.1' },
  ],
  [
    'condition-in-another-namespace',
    'A condition has a known name in another namespace',
    'saml_condition_unknown',
    () => signAssertion(insert(honest(), '</saml:Conditions>', '<x:OneTimeUse xmlns:x="urn:x"/>')),
  ],
  [
    'condition-by-type',
    'A condition is known only by its xsi:type',
    'saml_condition_unknown',
    () =>
      signAssertion(
        insert(
          honest(),
          '</saml:Conditions>',
          '<saml:Condition xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:d="urn:d" xsi:type="d:Delegation"/>',
        ),
      ),
  ],
];
