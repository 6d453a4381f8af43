import { canonicalForm } from '../canonical-form';
import {
  assertionId,
  assertionIn,
  change,
  honest,
  insert,
  responseId,
  signAssertion,
  signResponse,
} from '../honest';
import { signElement } from '../sign-element';
import type { ElementNode } from '../xml-tree';
import { bareAssertion, extended, forgedWithSignature, misplaced, signed, swap } from './forgeries';
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

/** Signed as it is without its ID. */
const unnamed = (sign: typeof signAssertion, id: string, uri: string) => () => {
  const digested = (element: ElementNode) =>
    canonicalForm({ ...element, attributes: element.attributes.filter(({ name }) => name !== 'ID') });
  return change(sign(honest(), { uri, digested }), ` ID="${id}"`, '');
};

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
    unnamed(signAssertion, assertionId, ''),
  ],
  [
    'no-id-but-undefined',
    'The assertion has no ID, and its signature refers to one that is called undefined',
    'saml_reference_invalid',
    unnamed(signAssertion, assertionId, '#undefined'),
  ],
  [
    'no-id-on-response',
    'The response has no ID, and its signature refers to the whole document',
    'saml_reference_invalid',
    unnamed(signResponse, responseId, ''),
    { heldBy: 'what is signed has an ID' },
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
