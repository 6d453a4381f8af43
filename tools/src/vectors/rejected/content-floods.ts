import { assertionIn, change, honest, insert, signAssertion, signatureIn } from '../honest';
import { extended, large, many, place } from './flood';
import type { Row } from './row';

const inInfo = (before: string) => () => insert(signAssertion(honest()), before, place);

export const reference = () => /<ds:Reference .*<\/ds:Reference>/.exec(signAssertion(honest()))?.[0] ?? '';
export const signatures: readonly Row[] = [
  [
    'references',
    'A flood of references in one signature',
    large,
    inInfo('</ds:SignedInfo>'),
    { make: many(2000, reference()), reference: 'XML Signature Best Practices, 2.1' },
  ],
  [
    'references-40',
    'Forty references in one signature',
    'saml_reference_invalid',
    inInfo('</ds:SignedInfo>'),
    { make: many(40, reference()) },
  ],
  [
    'transforms',
    'A flood of transforms in one reference',
    large,
    inInfo('</ds:Transforms>'),
    {
      make: many(5000, '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>'),
      reference: 'XML Signature Best Practices, 2.1',
    },
  ],
  [
    'transforms-100',
    'A hundred transforms in one reference',
    'saml_reference_invalid',
    inInfo('</ds:Transforms>'),
    { make: many(100, '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>') },
  ],
  [
    'certificates',
    'A flood of certificates in KeyInfo',
    large,
    () =>
      insert(
        signAssertion(honest()),
        '</ds:Signature>',
        `<ds:KeyInfo><ds:X509Data>${place}</ds:X509Data></ds:KeyInfo>`,
      ),
    { make: many(5000, '<ds:X509Certificate>MIIB</ds:X509Certificate>') },
  ],
  [
    'signatures',
    'A flood of signatures in one assertion',
    large,
    () => insert(signAssertion(honest()), '<saml:Subject>', place),
    { make: many(200, signatureIn(signAssertion(honest()))) },
  ],
  [
    'signatures-20',
    'Twenty signatures in one assertion',
    'saml_structure_invalid',
    () => insert(signAssertion(honest()), '<saml:Subject>', place),
    { make: many(20, signatureIn(signAssertion(honest()))) },
  ],
  [
    'prefix-list',
    'A prefix list of 10,000 names',
    large,
    () => change(signAssertion(honest(), { prefixList: ['xs'] }), 'PrefixList="xs"', `PrefixList="${place}"`),
    { make: many(10_000, ' p{n}'), reference: 'Exclusive C14N 1.0, 2.1' },
  ],
  [
    'prefix-list-65',
    'A prefix list of 65 names',
    large,
    () => change(signAssertion(honest(), { prefixList: ['xs'] }), 'PrefixList="xs"', `PrefixList="${place}"`),
    { make: many(65, ' p{n}') },
  ],
  [
    'long-signature-value',
    'A signature value of 300,000 characters',
    'saml_signature_invalid',
    () => change(signAssertion(honest()), /<ds:SignatureValue>[^<]*/, `<ds:SignatureValue>${place}`),
    { make: many(75_000, 'AAAA') },
  ],
  [
    'long-digest-value',
    'A digest value of 300,000 characters',
    'saml_signature_invalid',
    () =>
      signAssertion(honest(), {
        signedInfo: (xml) => change(xml, /<ds:DigestValue>[^<]*/, `<ds:DigestValue>${place}`),
      }),
    { make: many(75_000, 'AAAA') },
  ],
];

export const contents: readonly Row[] = [
  [
    'assertions',
    'A flood of assertions',
    large,
    () => insert(signAssertion(honest()), '<saml:Assertion ', place),
    { make: many(200, '<saml:Assertion/>'.repeat(10)) },
  ],
  [
    'assertions-50',
    'Fifty signed assertions',
    large,
    () => insert(signAssertion(honest()), '<saml:Assertion ', place),
    { make: many(50, assertionIn(signAssertion(honest()))) },
  ],
  ['identifiers', 'A flood of IDs', large, extended(place), { make: many(5000, '<a ID="_{n}"/>') }],
  [
    'groups',
    'A flood of groups',
    large,
    () =>
      insert(honest(), '</saml:AttributeStatement>', `<saml:Attribute Name="g">${place}</saml:Attribute>`),
    { make: many(5000, '<saml:AttributeValue>g{n}</saml:AttributeValue>') },
  ],
  [
    'audiences',
    'A flood of audiences',
    large,
    () => insert(honest(), '</saml:AudienceRestriction>', place),
    { make: many(5000, '<saml:Audience>u:{n}</saml:Audience>') },
  ],
  [
    'status-codes',
    'Status codes in each other, a hundred deep',
    large,
    () => change(honest(), /<samlp:StatusCode [^>]*>/, `${place}@/@`),
    {
      make: [
        { place, times: 100, text: '<samlp:StatusCode Value="x">' },
        { place: '@/@', times: 100, text: '</samlp:StatusCode>' },
      ],
    },
  ],
  [
    'long-name-id',
    'A signed NameID of 20,000 characters',
    'saml_nameid_invalid',
    () => signAssertion(honest({ nameId: 'a'.repeat(20_000) })),
  ],
  [
    'long-issuer',
    'A signed issuer of 20,000 characters',
    'saml_issuer_mismatch',
    () => signAssertion(honest({ issuer: `https://${'a'.repeat(20_000)}.example`, responseIssuer: null })),
  ],
  [
    'long-id',
    'An ID of 20,000 characters',
    'saml_structure_invalid',
    extended(`<a ID="_${place}"/>`),
    { make: many(20_000, 'a') },
  ],
  [
    'long-destination',
    'A destination of 20,000 characters',
    'saml_destination_mismatch',
    () => signAssertion(honest({ destination: `https://sso.example/${'a'.repeat(20_000)}` })),
  ],
  [
    'long-status-message',
    'A failed status with a message of 100,000 characters',
    'saml_status_failed',
    () => honest({ statusCode: 'urn:oasis:names:tc:SAML:2.0:status:Responder', statusMessage: place }),
    { make: many(100_000, 'x') },
  ],
];
