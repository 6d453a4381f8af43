import { change, honest, insert, signAssertion, signBoth } from '../honest';
import type { Row } from './row';

const broken = 'saml_xml_invalid';
const signed = () => signBoth(honest());
const extended = (content: string) => () =>
  insert(signAssertion(honest()), '<samlp:Status>', `<samlp:Extensions>${content}</samlp:Extensions>`);
const rooted = (attribute: string) => () =>
  change(signAssertion(honest()), '<samlp:Response ', `<samlp:Response ${attribute} `);

export const wellFormed: readonly Row[] = [
  [
    'stylesheet',
    'A processing instruction asks for a stylesheet',
    broken,
    () => `<?xml-stylesheet href="https://attacker.example/x.xsl"?>${signed()}`,
  ],
  ['instruction-behind', 'A processing instruction follows the root', broken, () => `${signed()}<?x?>`],
  ['instruction-inside', 'A processing instruction stands between elements', broken, extended('<?php 1?>')],
  [
    'two-declarations',
    'The document has two XML declarations',
    broken,
    () => `<?xml version="1.0"?><?xml version="1.0"?>${signed()}`,
  ],
  ['declaration-inside', 'An XML declaration stands inside', broken, extended('<?xml version="1.0"?>')],
  ['two-roots', 'A second element follows the root', broken, () => `${signed()}<a/>`],
  [
    'honest-root-second',
    'A forged response stands before the honest one',
    broken,
    () => `${honest({ nameId: 'eve@acme.example' })}${signed()}`,
  ],
  ['text-behind', 'Text follows the root', broken, () => `${signed()}x`],
  ['text-before', 'Text stands before the root', broken, () => `x${signed()}`],
  ['unclosed', 'The root is never closed', broken, () => signed().replace('</samlp:Response>', '')],
  ['crossed', 'Two elements cross', broken, extended('<a><b></a></b>')],
  ['closed-in-another-case', 'An element is closed in another case', broken, extended('<a></A>')],
  ['closed-too-often', 'An element is closed that was never opened', broken, extended('</a>')],
  ['attribute-twice', 'An element has the same attribute twice', broken, extended('<a b="1" b="2"/>')],
  ['id-twice-on-response', 'The response has two attributes ID', broken, rooted('ID="_x"')],
  [
    'attribute-twice-by-namespace',
    'An element has the same attribute under two prefixes of one namespace',
    broken,
    extended('<a xmlns:x="u" xmlns:y="u" x:b="1" y:b="2"/>'),
    { reference: 'Namespaces in XML, 6.3' },
  ],
  ['attribute-without-quotes', 'An attribute has no quotes', broken, extended('<a b=1/>')],
  ['attribute-without-value', 'An attribute has no value', broken, extended('<a b/>')],
  ['attributes-without-space', 'No space stands between two attributes', broken, extended('<a b="1"c="2"/>')],
  ['angle-bracket-in-attribute', 'A value holds an angle bracket', broken, extended('<a b="<"/>')],
  ['bare-ampersand', 'A value holds a bare ampersand', broken, extended('<a>R & D</a>')],
  ['end-of-cdata-in-text', 'Text holds the end of a CDATA section', broken, extended('<a>]]></a>')],
  ['unclosed-cdata', 'A CDATA section is never closed', broken, extended('<![CDATA[')],
  ['unclosed-comment', 'A comment is never closed', broken, extended('<!-- ')],
  ['hyphens-in-comment', 'A comment holds two hyphens', broken, extended('<!-- a -- b -->')],
  ['name-of-digits', 'A name begins with a digit', broken, extended('<1a/>')],
  ['unbound-prefix', 'An element has a prefix that is bound to nothing', broken, extended('<y:a/>')],
  [
    'unbound-prefix-of-attribute',
    'An attribute has a prefix that is bound to nothing',
    broken,
    extended('<a y:b=""/>'),
  ],
  [
    'prefix-unbound-again',
    'A prefix is bound to nothing, which XML 1.0 does not know',
    broken,
    extended('<a xmlns:b=""/>'),
    { reference: 'Namespaces in XML, 5' },
  ],
  [
    'prefix-xml-moved',
    'The prefix xml is bound to something else',
    broken,
    rooted('xmlns:xml="urn:x"'),
    { reference: 'Namespaces in XML, 3' },
  ],
  ['prefix-xmlns-declared', 'The prefix xmlns is declared', broken, rooted('xmlns:xmlns="urn:x"')],
  [
    'namespace-of-xml-elsewhere',
    'Another prefix is bound to the namespace of xml',
    broken,
    rooted('xmlns:x="http://www.w3.org/XML/1998/namespace"'),
  ],
  [
    'namespace-of-xmlns-elsewhere',
    'Another prefix is bound to the namespace of xmlns',
    broken,
    rooted('xmlns:x="http://www.w3.org/2000/xmlns/"'),
  ],
  ['element-of-xmlns', 'An element has the prefix xmlns', broken, extended('<xmlns:a/>')],
  [
    'digit-behind-colon',
    'What follows the colon of a name begins with a digit',
    broken,
    extended('<samlp:1a/>'),
    { reference: 'Namespaces in XML, 4' },
  ],
  [
    'space-around-namespace',
    'White space stands around a namespace, which some parsers take off',
    broken,
    () => change(signed(), 'xmlns:samlp="urn', 'xmlns:samlp=" urn'),
  ],
  [
    'relative-namespace',
    'What is signed uses a relative namespace, for which there is no canonical form',
    broken,
    () => signAssertion(change(honest(), '>staff<', '><x:a xmlns:x="up/there">staff</x:a><')),
    { reference: 'Canonical XML 1.0, 1.3' },
  ],
  ['two-colons', 'A name has two colons', broken, extended('<samlp:a:b/>')],
  ['colon-first', 'A name begins with a colon', broken, extended('<:a/>')],
];
