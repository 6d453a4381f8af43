import { algorithms } from '../algorithms';
import { exclusiveForm } from '../canonical-form';
import {
  assertionId,
  change,
  honest,
  insert,
  responseId,
  signAssertion,
  signResponse,
  signatureIn,
} from '../honest';
import { vectors } from './row';
import type { Row } from './row';

const invalid = 'saml_reference_invalid';
const spoilt = 'saml_structure_invalid';
const smuggling = 'CVE-2024-45409 and CVE-2025-29775';
const a = algorithms;

const signed = () => signAssertion(honest());
const after = (before: string, text: string) => () => insert(signed(), before, text);
/** SignedInfo is bent before it is signed, so that only the check of its shape stands in the way. */
const info = (bend: (xml: string) => string) => () => signAssertion(honest(), { signedInfo: bend });
const part = (name: string, xml: string) =>
  new RegExp(`<ds:${name}[ >].*</ds:${name}>|<ds:${name}[^>]*/>`).exec(xml)?.[0] ?? '';
const doubled = (name: string) => info((xml) => insert(xml, `<ds:${name}`, part(name, xml)));
const dropped = (name: string) => info((xml) => change(xml, part(name, xml), ''));
const uri = (value: string | null) => () => signAssertion(honest(), { uri: value });
const transform = (algorithm: string, content = '') =>
  `<ds:Transform Algorithm="${algorithm}">${content}</ds:Transform>`;
const transforms =
  (...list: readonly string[]) =>
  () =>
    signAssertion(honest(), { transforms: list });

const smuggled: readonly Row[] = [
  [
    'comment-in-digest-value',
    'A comment splits DigestValue, so that two readers see two digests',
    spoilt,
    after('</ds:DigestValue>', '<!--AAAA-->'),
    { reference: smuggling },
  ],
  [
    'comment-in-signature-value',
    'A comment splits SignatureValue',
    spoilt,
    after('</ds:SignatureValue>', '<!--AAAA-->'),
  ],
  [
    'comment-in-signed-info',
    'A comment stands between the elements of SignedInfo',
    spoilt,
    after('<ds:Reference ', '<!-- -->'),
  ],
  [
    'comment-in-signature',
    'A comment stands between the elements of the signature',
    spoilt,
    after('<ds:SignatureValue>', '<!-- -->'),
  ],
  [
    'comment-in-transforms',
    'A comment stands between the transforms',
    spoilt,
    after('</ds:Transforms>', '<!-- -->'),
  ],
  [
    'instruction-in-digest-value',
    'A processing instruction splits DigestValue',
    'saml_xml_invalid',
    after('</ds:DigestValue>', '<?x AAAA?>'),
  ],
  [
    'element-in-digest-value',
    'DigestValue holds an element',
    invalid,
    info((xml) => insert(xml, '</ds:DigestValue>', '<ds:DigestValue>AAAA</ds:DigestValue>')),
    { reference: smuggling },
  ],
  [
    'element-in-signature-value',
    'SignatureValue holds an element',
    invalid,
    after('</ds:SignatureValue>', '<ds:x/>'),
  ],
  [
    'two-digest-values',
    'The reference has two digest values',
    invalid,
    doubled('DigestValue'),
    { reference: smuggling },
  ],
  ['two-digest-methods', 'The reference has two digest methods', invalid, doubled('DigestMethod')],
  ['two-references', 'SignedInfo refers to two elements', invalid, doubled('Reference')],
  [
    'reference-to-nothing-of-ours',
    'The second of two references is the one that fits',
    invalid,
    info((xml) => insert(xml, '<ds:Reference ', part('Reference', xml).replace(assertionId, responseId))),
  ],
  [
    'two-signed-infos',
    'The signature has two SignedInfo, one forged',
    invalid,
    () => insert(signed(), '<ds:SignatureValue>', part('SignedInfo', signed())),
    { reference: 'CVE-2025-29774' },
  ],
  [
    'forged-signed-info-first',
    'A forged SignedInfo stands before the signed one',
    invalid,
    () =>
      insert(
        signed(),
        '<ds:SignedInfo>',
        part('SignedInfo', signed()).replace(/<ds:DigestValue>..../, '<ds:DigestValue>AAAA'),
      ),
  ],
  [
    'two-signature-values',
    'The signature has two values',
    invalid,
    () => insert(signed(), '</ds:Signature>', '<ds:SignatureValue>AAAA</ds:SignatureValue>'),
  ],
  [
    'two-key-infos',
    'The signature has two KeyInfo',
    invalid,
    after('</ds:Signature>', '<ds:KeyInfo/><ds:KeyInfo/>'),
  ],
  ['object-in-signature', 'The signature has an Object', invalid, after('</ds:Signature>', '<ds:Object/>')],
  [
    'manifest',
    'The reference is of a Manifest, which in turn refers to the assertion',
    invalid,
    () =>
      signAssertion(honest(), { uri: '#_manifest' }).replace(
        '</ds:Signature>',
        `<ds:Object><ds:Manifest Id="_manifest"><ds:x URI="#${assertionId}"/></ds:Manifest></ds:Object></ds:Signature>`,
      ),
    { reference: 'XML Signature 5.1' },
  ],
  [
    'value-before-info',
    'SignatureValue stands before SignedInfo',
    invalid,
    () => {
      const value = part('SignatureValue', signed());
      return insert(change(signed(), value, ''), '<ds:SignedInfo>', value);
    },
  ],
  [
    'foreign-child-of-reference',
    'The reference has a child that XML Signature does not know',
    invalid,
    info((xml) => insert(xml, '</ds:Reference>', '<ds:Hint/>')),
  ],
  [
    'foreign-namespace-in-info',
    'The digest method stands in another namespace',
    invalid,
    info((xml) => change(xml, '<ds:DigestMethod ', '<ds:DigestMethod xmlns:ds="urn:x" ')),
  ],
  ['no-reference', 'SignedInfo refers to nothing', invalid, dropped('Reference')],
  ['no-digest-value', 'The reference has no digest value', invalid, dropped('DigestValue')],
  ['no-digest-method', 'The reference has no digest method', invalid, dropped('DigestMethod')],
  [
    'empty-digest-value',
    'The digest value is empty',
    'saml_signature_invalid',
    info((xml) => change(xml, /<ds:DigestValue>[^<]*/, '<ds:DigestValue>')),
  ],
  [
    'truncated-digest-value',
    'The digest value is cut to 8 octets, and properly signed',
    'saml_signature_invalid',
    info((xml) => change(xml, /(?<=<ds:DigestValue>.{11}).*?=(?=<)/, '=')),
    { heldBy: 'digests are compared whole' },
  ],
  [
    'hash-output-length',
    'The signature method asks for an output length',
    invalid,
    info((xml) =>
      change(
        xml,
        /(<ds:SignatureMethod [^>]*)\/>/,
        `<ds:SignatureMethod Algorithm="${a.rsaSha256}"><ds:HMACOutputLength>8</ds:HMACOutputLength></ds:SignatureMethod>`,
      ),
    ),
    { reference: 'CVE-2009-0217' },
  ],
];

const addresses: readonly Row[] = [
  ['no-uri', 'The reference has no URI', invalid, uri(null)],
  ['empty-uri-of-assertion', 'The reference of the assertion is to the whole document', invalid, uri('')],
  ['uri-of-another-element', 'The reference is to an ID that nothing has', invalid, uri('#_elsewhere')],
  ['uri-of-response', "The assertion's signature refers to the response", invalid, uri(`#${responseId}`)],
  [
    'uri-of-assertion',
    "The response's signature refers to the assertion",
    invalid,
    () => signResponse(honest(), { uri: `#${assertionId}` }),
  ],
  ['uri-without-hash', 'The reference is to a document of that name', invalid, uri(assertionId)],
  [
    'uri-on-the-web',
    'The reference is to an address on the web',
    invalid,
    uri(`https://attacker.example/x#${assertionId}`),
  ],
  ['uri-of-a-file', 'The reference is to a file', invalid, uri('file:///etc/passwd')],
  [
    'uri-xpointer-root',
    'The reference is an XPointer to the root',
    invalid,
    uri('#xpointer(/)'),
    { reference: 'XML Signature 4.4.3.3' },
  ],
  [
    'uri-xpointer-id',
    'The reference is an XPointer to the ID',
    invalid,
    uri(`#xpointer(id('${assertionId}'))`),
  ],
  [
    'uri-escaped',
    'The reference writes the ID with percent signs',
    invalid,
    uri(`#%5F${assertionId.slice(1)}`),
  ],
  ['uri-with-space', 'The reference ends in a space', invalid, uri(`#${assertionId} `)],
  [
    'uri-in-capitals',
    'The reference writes the ID in capitals',
    invalid,
    uri(`#${assertionId.toUpperCase()}`),
  ],
  ['uri-of-hash-only', 'The reference is a bare hash', invalid, uri('#')],
];

const withoutNameId = (xml: string) => change(xml, /<saml:NameID.*<\/saml:NameID>/, '');
const steps: readonly Row[] = [
  ['no-transforms', 'The reference names no transform', invalid, dropped('Transforms')],
  ['empty-transforms', 'The list of transforms is empty', invalid, transforms()],
  [
    'enveloped-only',
    'Canonical form is left to the default, which is the inclusive one',
    invalid,
    () =>
      signAssertion(honest(), {
        transforms: [transform(a.enveloped)],
        form: { ...exclusiveForm, exclusive: false },
      }),
  ],
  [
    'exclusive-only',
    'The transform that leaves out the signature is missing',
    invalid,
    transforms(transform(a.exclusive)),
  ],
  [
    'reversed-transforms',
    'Canonical form comes before the signature is left out',
    invalid,
    transforms(transform(a.exclusive), transform(a.enveloped)),
  ],
  [
    'two-enveloped',
    'The signature is left out twice',
    invalid,
    transforms(transform(a.enveloped), transform(a.enveloped), transform(a.exclusive)),
  ],
  [
    'two-canonical-forms',
    'Canonical form is asked for twice',
    invalid,
    transforms(transform(a.enveloped), transform(a.exclusive), transform(a.exclusive)),
  ],
  [
    'xpath-transform',
    'An XPath leaves the NameID out of what is signed',
    invalid,
    () =>
      signAssertion(honest(), {
        transforms: [
          transform(a.enveloped),
          transform(
            a.xpath,
            '<ds:XPath xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">not(ancestor-or-self::saml:NameID)</ds:XPath>',
          ),
          transform(a.exclusive),
        ],
        digested: () => withoutNameId(honest()),
      }),
    { reference: 'SAML Core 5.4.4' },
  ],
  [
    'xpath-filter-transform',
    'An XPath Filter subtracts the attributes from what is signed',
    invalid,
    transforms(
      transform(a.enveloped),
      transform(
        a.xpathFilter2,
        '<x:XPath xmlns:x="http://www.w3.org/2002/06/xmldsig-filter2" Filter="subtract">//*</x:XPath>',
      ),
      transform(a.exclusive),
    ),
  ],
  [
    'xslt-transform',
    'A stylesheet makes what is signed',
    invalid,
    transforms(
      transform(a.enveloped),
      transform(a.xslt, '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0"/>'),
      transform(a.exclusive),
    ),
    { reference: 'CVE-2022-34169 and kin' },
  ],
  [
    'base64-transform',
    'What is signed is the text in base64',
    invalid,
    transforms(transform(a.enveloped), transform(a.base64)),
  ],
  [
    'decryption-transform',
    'What is signed is decrypted first',
    invalid,
    transforms(transform(a.enveloped), transform(a.decrypt), transform(a.exclusive)),
  ],
  [
    'unknown-transform',
    'A transform has an unknown name',
    invalid,
    transforms(transform(a.enveloped), transform(a.exclusive), transform('urn:x')),
  ],
  [
    'transform-without-algorithm',
    'A transform has no name',
    invalid,
    transforms('<ds:Transform/>', transform(a.exclusive)),
  ],
  [
    'xpath-in-enveloped',
    'The enveloped transform has an XPath inside',
    invalid,
    transforms(transform(a.enveloped, '<ds:XPath>true()</ds:XPath>'), transform(a.exclusive)),
  ],
  [
    'foreign-child-in-exclusive',
    'The canonical form has a child that is no prefix list',
    invalid,
    transforms(transform(a.enveloped), transform(a.exclusive, '<ds:XPath>true()</ds:XPath>')),
  ],
  [
    'inclusive-transform',
    'The transform is inclusive canonical form',
    invalid,
    () =>
      signAssertion(honest(), {
        transforms: [transform(a.enveloped), transform(a.inclusive)],
        form: { ...exclusiveForm, exclusive: false },
      }),
    { heldBy: 'only exclusive canonical form is accepted' },
  ],
  [
    'inclusive-11-transform',
    'The transform is Canonical XML 1.1',
    invalid,
    () =>
      signAssertion(honest(), {
        transforms: [transform(a.enveloped), transform(a.inclusive11)],
        form: { ...exclusiveForm, exclusive: false },
      }),
  ],
  [
    'transform-with-comments',
    'The transform keeps comments',
    invalid,
    transforms(transform(a.enveloped), transform(a.exclusiveWithComments)),
    { heldBy: 'the form with comments is refused' },
  ],
];

const method = (algorithm: string, exclusive: boolean) => () =>
  signAssertion(honest(), { canonicalization: algorithm, infoForm: { ...exclusiveForm, exclusive } });
const forms: readonly Row[] = [
  ['inclusive-signed-info', 'SignedInfo is in inclusive canonical form', invalid, method(a.inclusive, false)],
  [
    'signed-info-with-comments',
    'SignedInfo is in a form that keeps comments',
    invalid,
    method(a.exclusiveWithComments, true),
  ],
  [
    'unknown-form-of-signed-info',
    'SignedInfo is in a form with an unknown name',
    invalid,
    method('urn:x', true),
  ],
  [
    'no-form-of-signed-info',
    'SignedInfo does not say its canonical form',
    invalid,
    dropped('CanonicalizationMethod'),
  ],
  [
    'two-forms-of-signed-info',
    'SignedInfo says its canonical form twice',
    invalid,
    doubled('CanonicalizationMethod'),
  ],
  ['no-signature-method', 'SignedInfo does not say how it is signed', invalid, dropped('SignatureMethod')],
  ['two-signature-methods', 'SignedInfo says twice how it is signed', invalid, doubled('SignatureMethod')],
  [
    'signed-info-renamed',
    'SignedInfo is hidden under a name of another namespace',
    spoilt,
    () =>
      change(
        signed(),
        signatureIn(signed()),
        signatureIn(signed()).replaceAll('ds:SignedInfo', 'SignedInfo'),
      ),
  ],
];

export const references = vectors(['SML-3', 'SML-4'], [...smuggled, ...addresses, ...steps, ...forms]);
