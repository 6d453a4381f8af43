import { change, honest, insert, signAssertion, signResponse } from '../honest';
import { idpEntityId, serviceProvider } from '../vector';
import { declarations } from './document-types';
import { vectors } from './row';
import type { Row } from './row';

const spoilt = 'saml_structure_invalid';
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

export const canonicalTricks = [
  ...vectors(['SML-3'], [...comments, ...markup]),
  ...vectors(['SML-10'], declarations),
];
