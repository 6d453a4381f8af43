import { algorithms } from '../algorithms';
import { assertionId, change, honest, insert, responseId, signAssertion } from '../honest';
import { doubled, dropped, info, invalid, part, signed, spoilt } from './bent-references';
import { addresses } from './reference-addresses';
import { steps } from './reference-transforms';
import { vectors } from './row';
import type { Row } from './row';
import { forms } from './signed-info-forms';

const smuggling = 'CVE-2024-45409 and CVE-2025-29775';
const after = (before: string, text: string) => () => insert(signed(), before, text);
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
        `<ds:SignatureMethod Algorithm="${algorithms.rsaSha256}"><ds:HMACOutputLength>8</ds:HMACOutputLength></ds:SignatureMethod>`,
      ),
    ),
    { reference: 'CVE-2009-0217' },
  ],
];

export const references = vectors(['SML-3', 'SML-4'], [...smuggled, ...addresses, ...steps, ...forms]);
