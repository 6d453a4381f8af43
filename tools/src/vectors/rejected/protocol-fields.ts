import { honest, signResponse } from '../honest';
import { serviceProvider } from '../vector';
import { confirmations, statuses } from './confirmations';
import { parties } from './parties';
import { vectors } from './row';
import type { Row } from './row';
import { said, wholeWritten, written } from './said';

const { acsUrl, entityId } = serviceProvider;
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

export const protocolFields = [
  ...vectors(['SML-5'], [...envelope, ...requests, ...parties]),
  ...vectors(['SML-5', 'SML-6'], confirmations),
  ...vectors(['SML-5', 'SML-14'], statuses),
];
