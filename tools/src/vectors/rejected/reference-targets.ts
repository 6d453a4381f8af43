import { algorithms } from '../algorithms';
import { exclusiveForm } from '../canonical-form';
import { assertionId, change, honest, responseId, signAssertion, signResponse } from '../honest';
import { dropped, invalid } from './bent-references';
import type { Row } from './row';

const uri = (value: string | null) => () => signAssertion(honest(), { uri: value });
const transform = (algorithm: string, content = '') =>
  `<ds:Transform Algorithm="${algorithm}">${content}</ds:Transform>`;
const transforms =
  (...list: readonly string[]) =>
  () =>
    signAssertion(honest(), { transforms: list });

export const addresses: readonly Row[] = [
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
export const steps: readonly Row[] = [
  ['no-transforms', 'The reference names no transform', invalid, dropped('Transforms')],
  ['empty-transforms', 'The list of transforms is empty', invalid, transforms()],
  [
    'enveloped-only',
    'Canonical form is left to the default, which is the inclusive one',
    invalid,
    () =>
      signAssertion(honest(), {
        transforms: [transform(algorithms.enveloped)],
        form: { ...exclusiveForm, exclusive: false },
      }),
  ],
  [
    'exclusive-only',
    'The transform that leaves out the signature is missing',
    invalid,
    transforms(transform(algorithms.exclusive)),
  ],
  [
    'reversed-transforms',
    'Canonical form comes before the signature is left out',
    invalid,
    transforms(transform(algorithms.exclusive), transform(algorithms.enveloped)),
  ],
  [
    'two-enveloped',
    'The signature is left out twice',
    invalid,
    transforms(
      transform(algorithms.enveloped),
      transform(algorithms.enveloped),
      transform(algorithms.exclusive),
    ),
  ],
  [
    'two-canonical-forms',
    'Canonical form is asked for twice',
    invalid,
    transforms(
      transform(algorithms.enveloped),
      transform(algorithms.exclusive),
      transform(algorithms.exclusive),
    ),
  ],
  [
    'xpath-transform',
    'An XPath leaves the NameID out of what is signed',
    invalid,
    () =>
      signAssertion(honest(), {
        transforms: [
          transform(algorithms.enveloped),
          transform(
            algorithms.xpath,
            '<ds:XPath xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">not(ancestor-or-self::saml:NameID)</ds:XPath>',
          ),
          transform(algorithms.exclusive),
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
      transform(algorithms.enveloped),
      transform(
        algorithms.xpathFilter2,
        '<x:XPath xmlns:x="http://www.w3.org/2002/06/xmldsig-filter2" Filter="subtract">//*</x:XPath>',
      ),
      transform(algorithms.exclusive),
    ),
  ],
  [
    'xslt-transform',
    'A stylesheet makes what is signed',
    invalid,
    transforms(
      transform(algorithms.enveloped),
      transform(
        algorithms.xslt,
        '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0"/>',
      ),
      transform(algorithms.exclusive),
    ),
    { reference: 'CVE-2022-34169 and kin' },
  ],
  [
    'base64-transform',
    'What is signed is the text in base64',
    invalid,
    transforms(transform(algorithms.enveloped), transform(algorithms.base64)),
  ],
  [
    'decryption-transform',
    'What is signed is decrypted first',
    invalid,
    transforms(
      transform(algorithms.enveloped),
      transform(algorithms.decrypt),
      transform(algorithms.exclusive),
    ),
  ],
  [
    'unknown-transform',
    'A transform has an unknown name',
    invalid,
    transforms(transform(algorithms.enveloped), transform(algorithms.exclusive), transform('urn:x')),
  ],
  [
    'transform-without-algorithm',
    'A transform has no name',
    invalid,
    transforms('<ds:Transform/>', transform(algorithms.exclusive)),
  ],
  [
    'xpath-in-enveloped',
    'The enveloped transform has an XPath inside',
    invalid,
    transforms(
      transform(algorithms.enveloped, '<ds:XPath>true()</ds:XPath>'),
      transform(algorithms.exclusive),
    ),
  ],
  [
    'foreign-child-in-exclusive',
    'The canonical form has a child that is no prefix list',
    invalid,
    transforms(
      transform(algorithms.enveloped),
      transform(algorithms.exclusive, '<ds:XPath>true()</ds:XPath>'),
    ),
  ],
  [
    'inclusive-transform',
    'The transform is inclusive canonical form',
    invalid,
    () =>
      signAssertion(honest(), {
        transforms: [transform(algorithms.enveloped), transform(algorithms.inclusive)],
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
        transforms: [transform(algorithms.enveloped), transform(algorithms.inclusive11)],
        form: { ...exclusiveForm, exclusive: false },
      }),
  ],
  [
    'transform-with-comments',
    'The transform keeps comments',
    invalid,
    transforms(transform(algorithms.enveloped), transform(algorithms.exclusiveWithComments)),
    { heldBy: 'the form with comments is refused' },
  ],
];
