import type { ResponseChanges } from '../../saml-idp';
import { at, change, honest, insert, signAssertion, signResponse } from '../honest';
import { idpEntityId, serviceProvider } from '../vector';
import { vectors } from './row';
import type { Row } from './row';

const { acsUrl, entityId } = serviceProvider;
const urn = 'urn:oasis:names:tc:SAML:2.0';
/** Bent before the provider signs: everything but the one field is as it must be. */
const said = (changes: ResponseChanges) => () => signAssertion(honest(changes));
const written = (old: string | RegExp, text: string) => () => signAssertion(change(honest(), old, text));
const wholeWritten = (old: string | RegExp, text: string) => () => signResponse(change(honest(), old, text));
const onResponse = (name: string) => new RegExp(`(?<=<samlp:Response [^>]*) ${name}="[^"]*"`);
const onAssertion = (name: string) => new RegExp(`(?<=<saml:Assertion [^>]*) ${name}="[^"]*"`);

const version = 'saml_version_unsupported';
const destination = 'saml_destination_mismatch';
const recipient = 'saml_recipient_mismatch';
const envelope: readonly Row[] = [
  [
    'version-of-response',
    'The response says that it is SAML 1.1',
    version,
    wholeWritten(onResponse('Version'), ' Version="1.1"'),
  ],
  [
    'version-of-assertion',
    'The assertion says that it is SAML 1.1',
    version,
    written(onAssertion('Version'), ' Version="1.1"'),
  ],
  [
    'version-of-the-future',
    'The response says that it is SAML 2.1',
    version,
    wholeWritten(onResponse('Version'), ' Version="2.1"'),
  ],
  ['no-version-of-response', 'The response has no version', version, wholeWritten(onResponse('Version'), '')],
  ['no-version-of-assertion', 'The assertion has no version', version, written(onAssertion('Version'), '')],
  [
    'destination-of-another',
    'The destination is another site',
    destination,
    said({ destination: 'https://other.example/acs' }),
    { reference: 'SAML Core 3.2.2' },
  ],
  [
    'destination-absent-when-signed',
    'A signed response has no destination',
    destination,
    () => signResponse(honest({ destination: null })),
    { reference: 'SAML Bindings 3.5.5.2' },
  ],
  ['destination-empty', 'The destination is empty', destination, said({ destination: '' })],
  [
    'destination-longer',
    'The destination only begins with our ACS URL',
    destination,
    said({ destination: `${acsUrl}/more` }),
  ],
  [
    'destination-shorter',
    'The destination is only the beginning of our ACS URL',
    destination,
    said({ destination: 'https://sso.example/saml/acs' }),
  ],
  [
    'destination-in-capitals',
    'The destination is our ACS URL in another case',
    destination,
    said({ destination: acsUrl.replace('/saml/', '/SAML/') }),
  ],
  [
    'destination-without-tls',
    'The destination is our ACS URL by http',
    destination,
    said({ destination: acsUrl.replace('https', 'http') }),
  ],
  [
    'destination-with-query',
    'The destination is our ACS URL with a query',
    destination,
    said({ destination: `${acsUrl}?x=1` }),
  ],
  [
    'destination-with-port',
    'The destination is our ACS URL with a port',
    destination,
    said({ destination: acsUrl.replace('sso.example', 'sso.example:443') }),
  ],
  [
    'recipient-of-another',
    'The recipient is another site',
    recipient,
    said({ recipient: 'https://other.example/acs' }),
    { reference: 'SAML Profiles 4.1.4.3' },
  ],
  ['recipient-absent', 'The confirmation has no recipient', recipient, said({ recipient: null })],
  ['recipient-empty', 'The recipient is empty', recipient, said({ recipient: '' })],
  [
    'recipient-longer',
    'The recipient only begins with our ACS URL',
    recipient,
    said({ recipient: `${acsUrl}.evil` }),
  ],
  [
    'recipient-is-entity-id',
    'The recipient is our entity ID, not our ACS URL',
    recipient,
    said({ recipient: entityId }),
  ],
];

const answered = 'saml_in_response_to_unknown';
const unsolicited = 'saml_unsolicited_disabled';
const onData = /(?<=<saml:SubjectConfirmationData[^>]*) InResponseTo="[^"]*"/;
const requests: readonly Row[] = [
  [
    'answers-two-requests',
    'Response and confirmation answer different requests',
    answered,
    written(onResponse('InResponseTo'), ' InResponseTo="_another"'),
    { reference: 'SAML Core 3.2.2' },
  ],
  [
    'confirmation-answers-another',
    'The confirmation answers another request than the signed response',
    answered,
    wholeWritten(onData, ' InResponseTo="_another"'),
  ],
  [
    'answers-nothing',
    'The provider began the sign-in, which this connection does not allow',
    unsolicited,
    said({ inResponseTo: null }),
  ],
  [
    'response-answers-nothing',
    'Only the confirmation names a request',
    answered,
    written(onResponse('InResponseTo'), ''),
  ],
  [
    'confirmation-answers-nothing',
    'Only the response names a request, which anybody could write',
    answered,
    written(onData, ''),
    { reference: 'CVE-2023-45683 in kind' },
  ],
  [
    'answers-empty',
    'The request that is answered is empty, not absent',
    answered,
    said({ inResponseTo: '' }),
  ],
];

const issuer = 'saml_issuer_mismatch';
const audience = 'saml_audience_mismatch';
const restriction = (...names: readonly string[]) =>
  `<saml:AudienceRestriction>${names.map((name) => `<saml:Audience>${name}</saml:Audience>`).join('')}</saml:AudienceRestriction>`;
const parties: readonly Row[] = [
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

const missing = 'saml_confirmation_missing';
const data = '<saml:SubjectConfirmationData';
const whole = /<saml:SubjectConfirmation .*<\/saml:SubjectConfirmation>/;
const confirmations: readonly Row[] = [
  [
    'holder-of-key',
    'The confirmation is holder-of-key',
    missing,
    said({ confirmationMethod: `${urn}:cm:holder-of-key` }),
    { reference: 'SAML Profiles 4.1.4.3' },
  ],
  [
    'sender-vouches',
    'The confirmation is sender-vouches',
    missing,
    said({ confirmationMethod: `${urn}:cm:sender-vouches` }),
  ],
  [
    'bearer-of-saml-1',
    'The confirmation method is that of SAML 1',
    missing,
    said({ confirmationMethod: 'urn:oasis:names:tc:SAML:1.0:cm:bearer' }),
  ],
  [
    'no-confirmation-method',
    'The confirmation has no method',
    missing,
    written(/(?<=<saml:SubjectConfirmation) Method="[^"]*"/, ''),
  ],
  ['no-confirmation', 'The subject has no confirmation', missing, written(whole, '')],
  [
    'no-confirmation-data',
    'The confirmation has no data',
    missing,
    written(/<saml:SubjectConfirmationData[^>]*>/, ''),
  ],
  [
    'confirmation-not-before',
    'The confirmation has a NotBefore, though it is past',
    missing,
    written(data, `${data} NotBefore="2026-12-01T11:00:00Z"`),
    { reference: 'SAML Profiles 4.1.4.2' },
  ],
  [
    'confirmation-expired',
    'The confirmation is expired while the conditions hold',
    'saml_expired',
    said({ confirmationNotOnOrAfter: at(-4) }),
  ],
  [
    'confirmation-without-end',
    'The confirmation has no end',
    'saml_date_invalid',
    said({ confirmationNotOnOrAfter: null }),
  ],
];

const failed = 'saml_status_failed';
const status = (code: string, below = '') =>
  wholeWritten(
    /<samlp:StatusCode [^>]*>/,
    `<samlp:StatusCode Value="${urn}:status:${code}">${below}</samlp:StatusCode>`,
  );
const below = (code: string) => `<samlp:StatusCode Value="${urn}:status:${code}"/>`;
const statuses: readonly Row[] = [
  [
    'status-requester',
    'The provider blames the request, though an assertion is there',
    failed,
    status('Requester'),
    { reference: 'SAML Core 3.2.2.2' },
  ],
  [
    'status-responder',
    'The provider blames itself, though an assertion is there',
    failed,
    status('Responder'),
  ],
  ['status-authn-failed', 'The person failed to sign in', failed, status('Responder', below('AuthnFailed'))],
  [
    'status-no-passive',
    'The person would have had to be asked',
    failed,
    status('Responder', below('NoPassive')),
  ],
  [
    'status-request-denied',
    'The provider denies the request',
    failed,
    status('Requester', below('RequestDenied')),
  ],
  [
    'status-name-id-policy',
    'The provider cannot give the NameID that was asked for',
    failed,
    status('Requester', below('InvalidNameIDPolicy')),
  ],
  [
    'status-success-below',
    'Success stands only below a failure',
    failed,
    status('Responder', below('Success')),
  ],
  ['status-in-capitals', 'Success is in another case', failed, status('SUCCESS')],
  [
    'status-absent',
    'The response has no status',
    failed,
    wholeWritten(/<samlp:Status>.*<\/samlp:Status>/, ''),
  ],
  ['status-without-code', 'The status has no code', failed, wholeWritten(/<samlp:StatusCode [^>]*>/, '')],
  [
    'status-without-value',
    'The code of the status has no value',
    failed,
    wholeWritten(/<samlp:StatusCode [^>]*>/, '<samlp:StatusCode/>'),
  ],
  [
    'status-without-assertion',
    'The provider failed and, as it should, sends no assertion',
    failed,
    () =>
      honest({ statusCode: `${urn}:status:Responder`, statusMessage: 'No such user' }).replace(
        /<saml:Assertion.*<\/saml:Assertion>/,
        '',
      ),
  ],
];

export const protocolFields = [
  ...vectors(['SML-5'], [...envelope, ...requests, ...parties]),
  ...vectors(['SML-5', 'SML-6'], confirmations),
  ...vectors(['SML-5', 'SML-14'], statuses),
];
