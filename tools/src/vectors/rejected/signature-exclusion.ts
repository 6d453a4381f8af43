import {
  assertionIn,
  change,
  honest,
  insert,
  signAssertion,
  signBoth,
  signatureIn,
  signResponse,
  without,
} from '../honest';
import { vectors } from './row';
import type { Row } from './row';

const missing = 'saml_signature_missing';
const invalid = 'saml_signature_invalid';
const misplaced = 'saml_structure_invalid';
const eve = (xml: string) => change(xml, 'ann@acme.example', 'eve@acme.example');
const settings = (signaturePolicy: string) => ({ settings: { signaturePolicy } });
const moved = (before: string) => {
  const xml = signAssertion(honest());
  return insert(without(xml, signatureIn(xml)), before, signatureIn(xml));
};

const absent: readonly Row[] = [
  [
    'nothing-signed',
    'Nothing is signed at all',
    missing,
    () => honest(),
    { reference: 'CVE-2017-11427 and kin' },
  ],
  [
    'signature-removed',
    "The assertion's signature is cut out and its words are changed",
    missing,
    () => eve(honest()),
  ],
  [
    'response-signed-assertion-wanted',
    'Only the response is signed where the connection wants the assertion signed',
    missing,
    () => signResponse(honest()),
    settings('assertion'),
  ],
  [
    'assertion-signed-response-wanted',
    'Only the assertion is signed where the connection wants the response signed',
    missing,
    () => signAssertion(honest()),
    settings('response'),
  ],
  [
    'one-signed-both-wanted',
    'Only the assertion is signed where the connection wants both signed',
    missing,
    () => signAssertion(honest()),
    settings('both'),
  ],
  [
    'response-alone-both-wanted',
    'Only the response is signed where the connection wants both signed',
    missing,
    () => signResponse(honest()),
    settings('both'),
  ],
  [
    'empty-signature',
    'The signature is an empty element',
    'saml_reference_invalid',
    () => insert(honest(), '<saml:Subject>', '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>'),
  ],
  [
    'signature-without-info',
    'The signature has a value but says nothing of what it covers',
    'saml_reference_invalid',
    () => change(signAssertion(honest()), /<ds:SignedInfo>.*<\/ds:SignedInfo>/, ''),
  ],
  [
    'signature-without-value',
    'The signature says what it covers but has no value',
    'saml_reference_invalid',
    () => change(signAssertion(honest()), /<ds:SignatureValue>[^<]*<\/ds:SignatureValue>/, ''),
  ],
  [
    'empty-signature-value',
    'The signature value is empty',
    invalid,
    () => change(signAssertion(honest()), /<ds:SignatureValue>[^<]*</, '<ds:SignatureValue><'),
  ],
  [
    'signature-in-lookalike-namespace',
    'The signature stands in a namespace that only looks like that of XML Signature',
    misplaced,
    () =>
      signAssertion(honest()).replaceAll(
        'http://www.w3.org/2000/09/xmldsig#"',
        'http://www.w3.org/2000/09/xmldsig"',
      ),
  ],
];

const elsewhere: readonly Row[] = [
  [
    'signature-in-extensions',
    "The assertion's signature is moved into Extensions of the response",
    misplaced,
    () => {
      const xml = signAssertion(honest());
      return insert(
        without(xml, signatureIn(xml)),
        '<samlp:Status>',
        `<samlp:Extensions>${signatureIn(xml)}</samlp:Extensions>`,
      );
    },
  ],
  [
    'signature-of-assertion-on-response',
    "The assertion's signature is moved to the response, where it is no child of what it covers",
    'saml_reference_invalid',
    () => moved('<samlp:Status>'),
    { reference: 'SAML Core 5.4.2' },
  ],
  ['signature-in-subject', 'The signature stands inside the subject', misplaced, () => moved('<saml:NameID')],
  [
    'signature-behind-subject',
    'The signature stands behind the subject',
    misplaced,
    () => moved('<saml:Conditions'),
  ],
  [
    'signature-at-the-end',
    'The signature is the last child of the assertion',
    misplaced,
    () => moved('</saml:Assertion>'),
  ],
  [
    'signature-before-issuer',
    'The signature stands before the issuer',
    misplaced,
    () => {
      const xml = signAssertion(honest());
      const bare = without(xml, signatureIn(xml));
      return change(bare, assertionIn(bare), insert(assertionIn(bare), '<saml:Issuer>', signatureIn(xml)));
    },
  ],
  [
    'two-signatures-on-assertion',
    'The assertion carries its signature twice',
    misplaced,
    () => {
      const xml = signAssertion(honest());
      return insert(xml, '<ds:Signature ', signatureIn(xml));
    },
  ],
  [
    'two-signatures-on-response',
    'The response carries its signature twice',
    misplaced,
    () => {
      const xml = signResponse(honest());
      return insert(xml, '<ds:Signature ', signatureIn(xml));
    },
  ],
];

const broken: readonly Row[] = [
  ['changed-name-id', 'The NameID was changed after signing', invalid, () => eve(signAssertion(honest()))],
  [
    'changed-attribute',
    'A group was changed after signing',
    invalid,
    () => change(signAssertion(honest()), '>staff<', '>owners<'),
  ],
  [
    'changed-window',
    'The end of validity was changed after signing',
    invalid,
    () => change(signAssertion(honest()), /NotOnOrAfter="2026-12-01T12:05/, 'NotOnOrAfter="2026-12-01T23:05'),
  ],
  [
    'changed-response',
    'The signed response was changed outside of its assertion',
    invalid,
    () => change(signResponse(honest()), '<samlp:Response ', '<samlp:Response Consent="urn:x" '),
  ],
  [
    'added-space',
    'White space was added inside of the signed assertion',
    invalid,
    () => insert(signAssertion(honest()), '<saml:Conditions', '\n'),
  ],
  [
    'removed-element',
    'The restriction to our audience was cut out of the signed assertion',
    invalid,
    () => change(signAssertion(honest()), /<saml:AudienceRestriction>.*<\/saml:AudienceRestriction>/, ''),
  ],
  [
    'added-attribute-statement',
    'An attribute statement was added to the signed assertion',
    invalid,
    () =>
      insert(
        signAssertion(honest()),
        '</saml:Assertion>',
        '<saml:AttributeStatement><saml:Attribute Name="groups"><saml:AttributeValue>owners</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>',
      ),
  ],
  [
    'response-signature-broken',
    "The response's signature is broken while the assertion's holds",
    invalid,
    () => change(signBoth(honest()), '<samlp:Response ', '<samlp:Response Consent="urn:x" '),
  ],
  [
    'assertion-signature-broken',
    "The assertion's signature is broken while the response's, made over it, holds",
    invalid,
    () => signResponse(eve(signAssertion(honest()))),
    { heldBy: 'every signature that is there is verified' },
  ],
  [
    'signature-of-another-answer',
    'The signature was taken from an earlier answer of the same provider',
    invalid,
    () => {
      const earlier = signAssertion(honest({ nameId: 'bob@acme.example' }));
      const xml = signAssertion(honest());
      return change(xml, signatureIn(xml), signatureIn(earlier));
    },
  ],
  [
    'wrong-value-right-digest',
    'The digest is that of the changed words, but the value is that of the honest ones',
    invalid,
    () => {
      const bent = signAssertion(eve(honest()));
      const value = /<ds:SignatureValue>[^<]*</;
      return change(bent, value, value.exec(signAssertion(honest()))?.[0] ?? '');
    },
  ],
];

export const signatureExclusion = vectors(['SML-3'], [...absent, ...elsewhere, ...broken]);
