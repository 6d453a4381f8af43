import { algorithms } from '../algorithms';
import { exclusiveForm } from '../canonical-form';
import { change, honest, signAssertion } from '../honest';
import { dropped, invalid } from './bent-references';
import type { Row } from './row';

const transform = (algorithm: string, content = '') =>
  `<ds:Transform Algorithm="${algorithm}">${content}</ds:Transform>`;
const prefixList = (content: string) =>
  `<ec:InclusiveNamespaces xmlns:ec="${algorithms.exclusive}" PrefixList="absent">${content}</ec:InclusiveNamespaces>`;
const transforms = (...list: readonly string[]): Row[3] => {
  return () => signAssertion(honest(), { transforms: list });
};

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
    'xpath-behind-prefix-list',
    'The canonical form has an XPath behind its prefix list',
    invalid,
    transforms(
      transform(algorithms.enveloped),
      transform(algorithms.exclusive, `${prefixList('')}<ds:XPath>true()</ds:XPath>`),
    ),
  ],
  [
    'two-prefix-lists',
    'The canonical form has two prefix lists',
    invalid,
    transforms(transform(algorithms.enveloped), transform(algorithms.exclusive, prefixList('').repeat(2))),
  ],
  [
    'child-of-prefix-list',
    'The prefix list has a child',
    invalid,
    transforms(
      transform(algorithms.enveloped),
      transform(algorithms.exclusive, prefixList('<ds:XPath>true()</ds:XPath>')),
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
