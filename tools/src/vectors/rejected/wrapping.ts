import {
  assertionId,
  assertionIn,
  change,
  forged,
  honest,
  insert,
  responseId,
  signAssertion,
  signResponse,
  signatureIn,
  without,
} from '../honest';
import { signElement } from '../sign-element';
import { vectors } from './row';
import type { Row } from './row';

const several = 'saml_multiple_assertions';
const misplaced = 'saml_structure_invalid';
const paper = 'Somorovsky et al., On Breaking SAML, USENIX Security 2012';

const signed = () => signAssertion(honest());
const signedWhole = () => signResponse(honest());
const bareOf = (xml: string) => without(xml, signatureIn(xml));
const bareAssertion = (xml: string) => without(assertionIn(xml), signatureIn(xml));
const swap = (xml: string, text: string) => change(xml, assertionIn(xml), text);
/** A forged assertion where the honest one stood; it carries no signature. */
const forgedBare = () => forged(bareAssertion(signed()));
/** The same with the honest signature in it, which still points at the honest assertion. */
const forgedWithSignature = (bend: (signature: string) => string = (signature) => signature) =>
  forged(assertionIn(signed())).replace(signatureIn(signed()), bend);
const inObject = (xml: string) => (signature: string) =>
  insert(signature, '</ds:Signature>', `<ds:Object>${xml}</ds:Object>`);
const extended = (xml: string, content: string) =>
  insert(xml, '<samlp:Status>', `<samlp:Extensions>${content}</samlp:Extensions>`);

const classic: readonly Row[] = [
  [
    'xsw1-response-in-signature',
    'XSW1: a forged response carries the honest signature, and the honest response inside of that',
    several,
    () => {
      const signature = inObject(bareOf(signedWhole()))(signatureIn(signedWhole()));
      return insert(forged(bareOf(signedWhole())), '<samlp:Status>', signature);
    },
  ],
  [
    'xsw2-response-beside-signature',
    'XSW2: a forged response holds the honest one beside the detached signature',
    several,
    () =>
      insert(
        forged(bareOf(signedWhole())),
        '<samlp:Status>',
        `${bareOf(signedWhole())}${signatureIn(signedWhole())}`,
      ),
  ],
  [
    'xsw3-forged-sibling-first',
    'XSW3: a forged assertion stands before the signed one',
    several,
    () => insert(signed(), '<saml:Assertion ', forgedBare()),
  ],
  [
    'xsw4-signed-inside-forged',
    'XSW4: the signed assertion is a child of a forged one',
    several,
    () => swap(signed(), insert(forgedBare(), '</saml:Assertion>', assertionIn(signed()))),
  ],
  [
    'xsw5-honest-copy-last',
    'XSW5: a forged assertion has the signature, and the honest one, bare, comes last',
    several,
    () => swap(signed(), `${forgedWithSignature()}${bareAssertion(signed())}`),
  ],
  [
    'xsw6-honest-copy-in-signature',
    'XSW6: the honest assertion stands inside the signature of a forged one',
    several,
    () =>
      swap(
        signed(),
        forgedWithSignature((signature) => insert(signature, '</ds:Signature>', bareAssertion(signed()))),
      ),
  ],
  [
    'xsw7-forged-in-extensions',
    'XSW7: a forged assertion stands in Extensions',
    several,
    () => extended(signed(), forgedBare()),
  ],
  [
    'xsw8-honest-copy-in-object',
    'XSW8: the honest assertion stands in an Object of the signature of a forged one',
    several,
    () => swap(signed(), forgedWithSignature(inObject(bareAssertion(signed())))),
  ],
];

const insides: readonly Row[] = [
  [
    'signed-in-extensions',
    'The signed assertion stands in Extensions, a forged one at its place',
    several,
    () => extended(swap(signed(), forgedBare()), assertionIn(signed())),
  ],
  [
    'signed-in-extensions-alone',
    'The signed assertion stands in Extensions, and nothing at its place',
    misplaced,
    () => extended(swap(signed(), ''), assertionIn(signed())),
    { heldBy: 'the place of the assertion' },
  ],
  [
    'signed-in-response-signature',
    "The signed assertion stands in an Object of the response's own signature",
    several,
    () =>
      insert(forged(honest()), '<samlp:Status>', inObject(assertionIn(signed()))(signatureIn(signedWhole()))),
  ],
  [
    'signed-last',
    'The signed assertion stands behind a forged one',
    several,
    () => swap(signed(), `${forgedBare()}${assertionIn(signed())}`),
  ],
  [
    'forged-last',
    'A forged assertion stands behind the signed one',
    several,
    () => swap(signed(), `${assertionIn(signed())}${forgedBare()}`),
  ],
  [
    'signed-in-advice',
    'The signed assertion stands in the Advice of a forged one, whose signature points at it',
    several,
    () =>
      swap(
        signed(),
        insert(
          forgedWithSignature(),
          '<saml:AuthnStatement',
          `<saml:Advice>${bareAssertion(signed())}</saml:Advice>`,
        ),
      ),
    { reference: 'SAML Core 2.6.1' },
  ],
  [
    'signed-in-attribute-value',
    'The signed assertion is a value of an attribute of a forged one',
    several,
    () => swap(signed(), change(forgedBare(), '>staff<', `>${assertionIn(signed())}<`)),
  ],
  [
    'signed-in-confirmation-data',
    'The signed assertion stands in the confirmation data of a forged one',
    several,
    () =>
      swap(
        signed(),
        change(
          forgedBare(),
          /(?<=<saml:SubjectConfirmationData [^>]*)\/>/,
          `>${assertionIn(signed())}</saml:SubjectConfirmationData>`,
        ),
      ),
  ],
  [
    'signed-in-authn-context',
    'The signed assertion stands in the authentication context of a forged one',
    several,
    () =>
      swap(
        signed(),
        insert(
          forgedBare(),
          '</saml:AuthnContext>',
          `<saml:AuthnContextDecl>${assertionIn(signed())}</saml:AuthnContextDecl>`,
        ),
      ),
  ],
  [
    'signed-in-conditions',
    'The signed assertion stands in the conditions of a forged one',
    several,
    () => swap(signed(), insert(forgedBare(), '</saml:Conditions>', assertionIn(signed()))),
  ],
  [
    'signed-in-status-detail',
    'The signed assertion stands in StatusDetail, a forged one at its place',
    several,
    () =>
      insert(
        swap(signed(), forgedBare()),
        '</samlp:Status>',
        `<samlp:StatusDetail>${assertionIn(signed())}</samlp:StatusDetail>`,
      ),
  ],
  [
    'signed-in-name-id',
    'The signed assertion stands inside the NameID of a forged one',
    several,
    () => swap(signed(), insert(forgedBare(), '</saml:NameID>', assertionIn(signed()))),
  ],
  [
    'signed-in-issuer',
    'The signed assertion stands inside the issuer of the response',
    several,
    () => insert(swap(signed(), forgedBare()), '</saml:Issuer>', assertionIn(signed())),
  ],
  [
    'signed-response-in-assertion',
    'A whole signed response stands in the Advice of a forged assertion',
    several,
    () =>
      swap(
        forged(honest()),
        insert(forgedBare(), '<saml:AuthnStatement', `<saml:Advice>${signedWhole()}</saml:Advice>`),
      ),
  ],
  [
    'signed-response-in-extensions',
    'A whole signed response stands in Extensions of a forged one',
    several,
    () => extended(forged(honest()), signedWhole()),
  ],
  [
    'two-honest-assertions',
    'The response holds two assertions that are both honest and signed',
    several,
    () =>
      insert(
        signed(),
        '<saml:Assertion ',
        assertionIn(signElement(honest({ assertionId: '_second' }), '_second')),
      ),
  ],
  [
    'assertion-in-every-place',
    'Forged assertions stand in front of, behind, and inside of the signed one',
    several,
    () =>
      insert(
        insert(signed(), '</saml:Assertion>', forgedBare()),
        '<saml:Assertion ',
        forgedBare().replaceAll('-forged', '-other'),
      ),
  ],
];

const roots: readonly Row[] = [
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

const identifiers: readonly Row[] = [
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

const names: readonly Row[] = [
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

export const wrapping = [
  ...vectors(
    ['SML-3'],
    classic.map(([name, what, code, make]): Row => [name, what, code, make, { reference: paper }]),
  ),
  ...vectors(['SML-3'], [...insides, ...roots, ...identifiers, ...names]),
];
