import {
  assertionId,
  assertionIn,
  change,
  honest,
  insert,
  responseId,
  signAssertion,
  signResponse,
  signatureIn,
} from '../honest';
import { signElement } from '../sign-element';
import {
  bareAssertion,
  extended,
  forgedBare,
  forgedWithSignature,
  misplaced,
  signed,
  swap,
} from './forgeries';
import type { Row } from './row';

export const roots: readonly Row[] = [
  [
    'root-is-assertion',
    'A bare signed assertion is posted, without a response',
    misplaced,
    () => assertionIn(signed()),
  ],
  [
    'root-is-envelope',
    'The response stands in a SOAP envelope',
    misplaced,
    () =>
      `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${signed()}</soap:Body></soap:Envelope>`,
  ],
  [
    'root-is-artifact-response',
    'The response stands in an ArtifactResponse',
    misplaced,
    () =>
      `<samlp:ArtifactResponse xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_x" Version="2.0">${signed()}</samlp:ArtifactResponse>`,
  ],
  [
    'root-is-logout-response',
    'The message calls itself a LogoutResponse',
    misplaced,
    () => signed().replaceAll('samlp:Response', 'samlp:LogoutResponse'),
  ],
  [
    'root-is-of-saml-1',
    'The response stands in the namespace of SAML 1.1',
    misplaced,
    () =>
      signed().replaceAll('urn:oasis:names:tc:SAML:2.0:protocol"', 'urn:oasis:names:tc:SAML:1.0:protocol"'),
  ],
  [
    'root-in-lookalike-namespace',
    'The namespace of the response differs by one letter',
    misplaced,
    () =>
      signed().replaceAll('urn:oasis:names:tc:SAML:2.0:protocol"', 'urn:oasis:names:tc:SAML:2.0:Protocol"'),
  ],
  [
    'root-in-no-namespace',
    'The response stands in no namespace',
    misplaced,
    () => signed().replaceAll('samlp:', ''),
  ],
];

const twinned = (attribute: string) => () =>
  extended(signed(), `<x xmlns:wsu="urn:wsu" ${attribute}="${assertionId}"/>`);

export const identifiers: readonly Row[] = [
  [
    'same-id-on-response',
    'Response and assertion have the same ID, so that the reference may mean either',
    misplaced,
    () => signed().replaceAll(responseId, assertionId),
  ],
  ['same-id-in-extensions', 'An element in Extensions has the ID of the assertion', misplaced, twinned('ID')],
  [
    'same-id-spelled-id',
    'An element in Extensions has the ID of the assertion as "Id"',
    misplaced,
    twinned('Id'),
  ],
  [
    'same-id-in-small-letters',
    'An element in Extensions has the ID of the assertion as "id"',
    misplaced,
    twinned('id'),
  ],
  [
    'same-id-as-xml-id',
    'An element in Extensions has the ID of the assertion as xml:id',
    misplaced,
    twinned('xml:id'),
    { reference: 'xml:id 1.0' },
  ],
  [
    'same-id-as-wsu-id',
    'An element in Extensions has the ID of the assertion as wsu:Id',
    misplaced,
    twinned('wsu:Id'),
  ],
  [
    'forged-with-same-id',
    'A forged assertion without a signature has the ID of the signed one',
    misplaced,
    () => insert(signed(), '<saml:Assertion ', bareAssertion(signed()).replaceAll('ann@', 'eve@')),
  ],
  [
    'hidden-under-another-name',
    'The signed assertion is renamed in Extensions, a forged one with its ID stands at its place',
    misplaced,
    () =>
      extended(
        swap(signed(), forgedWithSignature().replaceAll('-forged"', '"')),
        assertionIn(signed()).replaceAll('saml:Assertion', 'samlp:Assertion'),
      ),
  ],
  [
    'no-id',
    'The assertion has no ID, and its signature refers to the whole document',
    'saml_reference_invalid',
    () => change(signAssertion(honest(), { uri: '' }), ` ID="${assertionId}"`, ''),
  ],
  [
    'empty-id',
    'The ID of the assertion is empty',
    misplaced,
    () => change(signed(), ` ID="${assertionId}"`, ' ID=""'),
  ],
  [
    'id-with-a-space',
    'The ID of the assertion holds a space',
    misplaced,
    () => signElement(honest({ assertionId: '_a b' }), '_a b'),
  ],
  [
    'id-of-digits',
    'The ID of the assertion begins with a digit, which is no xs:ID',
    misplaced,
    () => signElement(honest({ assertionId: '1234' }), '1234'),
  ],
];

export const names: readonly Row[] = [
  [
    'assertion-in-lookalike-namespace',
    'The forged assertion stands in a namespace that only looks right',
    'saml_assertion_missing',
    () =>
      extended(
        swap(signed(), forgedBare().replaceAll('SAML:2.0:assertion"', 'SAML:2.0:assertion/"')),
        '<x/>',
      ),
  ],
  [
    'assertion-of-saml-1',
    'The assertion stands in the namespace of SAML 1.1',
    'saml_assertion_missing',
    () => {
      const old = assertionIn(signed()).replaceAll('SAML:2.0:assertion"', 'SAML:1.0:assertion"');
      return swap(signed(), old);
    },
  ],
  [
    'assertion-in-small-letters',
    'The element is called "assertion"',
    'saml_assertion_missing',
    () => signed().replaceAll('saml:Assertion', 'saml:assertion'),
  ],
  [
    'no-assertion',
    'The response reports success and carries no assertion',
    'saml_assertion_missing',
    () => signResponse(swap(honest(), '')),
  ],
  [
    'assertion-before-status',
    'The assertion stands before the status',
    misplaced,
    () => insert(swap(signed(), ''), '<samlp:Status>', assertionIn(signed())),
  ],
  [
    'unknown-child-of-response',
    'The response has a child that the schema does not know',
    misplaced,
    () => insert(signed(), '<samlp:Status>', '<samlp:Hint/>'),
  ],
  [
    'two-statuses',
    'The response has two statuses',
    misplaced,
    () =>
      insert(
        signed(),
        '<saml:Assertion ',
        '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>',
      ),
  ],
  [
    'two-issuers-of-response',
    'The response has two issuers',
    misplaced,
    () => insert(signed(), '<samlp:Status>', '<saml:Issuer>https://idp.example/entity</saml:Issuer>'),
  ],
  [
    'stray-signed-info',
    'A second SignedInfo stands in Extensions',
    misplaced,
    () =>
      extended(
        signed(),
        /<ds:SignedInfo>.*<\/ds:SignedInfo>/
          .exec(signed())?.[0]
          .replaceAll('<ds:SignedInfo>', '<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">') ??
          '',
      ),
  ],
  [
    'stray-signature-in-value',
    'A second signature stands in an attribute value',
    misplaced,
    () =>
      signAssertion(
        change(honest(), '>staff<', `>${signatureIn(signed()).replaceAll(assertionId, '_other')}<`),
      ),
  ],
];
