import { at, honest } from '../honest';
import type { Row } from './row';
import { said, wholeWritten, written } from './said';

const urn = 'urn:oasis:names:tc:SAML:2.0';

const missing = 'saml_confirmation_missing';
const data = '<saml:SubjectConfirmationData';
const whole = /<saml:SubjectConfirmation .*<\/saml:SubjectConfirmation>/;
export const confirmations: readonly Row[] = [
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
export const statuses: readonly Row[] = [
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
