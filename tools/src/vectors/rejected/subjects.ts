import type { ResponseChanges } from '../../saml-idp';
import { encryptedData } from '../encrypt-element';
import { change, honest, insert, signAssertion } from '../honest';
import { vectors } from './row';
import type { Row } from './row';

const said = (changes: ResponseChanges) => () => signAssertion(honest(changes));
const written = (old: string | RegExp, text: string) => () => signAssertion(change(honest(), old, text));
const added = (before: string, text: string) => () => signAssertion(insert(honest(), before, text));
const absent = 'saml_nameid_missing';
const invalid = 'saml_nameid_invalid';
const misplaced = 'saml_structure_invalid';
const nameId = /<saml:NameID.*<\/saml:NameID>/;
const transient = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient';

const people: readonly Row[] = [
  [
    'transient-name-id',
    'The NameID is another one each time',
    'saml_nameid_transient',
    said({ nameIdFormat: transient }),
    { reference: 'SAML Core 8.3.8' },
  ],
  ['no-name-id', 'The subject has no NameID', absent, said({ nameId: null })],
  ['empty-name-id', 'The NameID is empty', absent, said({ nameId: '' })],
  ['blank-name-id', 'The NameID is white space', absent, said({ nameId: ' \t ' })],
  [
    'two-name-ids',
    'The subject has two NameIDs',
    absent,
    added('<saml:SubjectConfirmation ', '<saml:NameID>eve@acme.example</saml:NameID>'),
  ],
  [
    'base-id',
    'The subject has a BaseID in place of a NameID',
    absent,
    written(nameId, '<saml:BaseID NameQualifier="x"/>'),
  ],
  ['name-id-elsewhere', 'The NameID stands outside of the subject', absent, written(nameId, '')],
  [
    'long-name-id',
    'The NameID has 257 characters',
    invalid,
    said({ nameId: 'a'.repeat(257) }),
    { reference: 'SAML Core 8.3.7' },
  ],
  ['name-id-with-line-break', 'The NameID holds a line break', invalid, said({ nameId: 'ann\neve' })],
  ['name-id-with-tab', 'The NameID holds a tab', invalid, said({ nameId: 'ann\teve' })],
  [
    'name-id-right-to-left',
    'The NameID is turned around by a hidden character',
    invalid,
    said({ nameId: 'ann\u202eeve' }),
    { reference: 'CVE-2021-42574' },
  ],
  [
    'name-id-zero-width',
    'The NameID holds a character without width',
    invalid,
    said({ nameId: 'an\u200bn@acme.example' }),
  ],
  [
    'name-id-with-mark',
    'The NameID holds a byte order mark',
    invalid,
    said({ nameId: '\ufeffann@acme.example' }),
  ],
  [
    'name-id-with-c1-control',
    'The NameID holds a control character of the upper range',
    invalid,
    said({ nameId: 'ann\u0085eve' }),
  ],
  [
    'two-addresses',
    'The e-mail attribute has two values',
    'saml_email_ambiguous',
    said({ attributes: { email: ['a@acme.example', 'b@acme.example'] } }),
  ],
  [
    'two-address-attributes',
    'The e-mail attribute comes twice, with different values',
    'saml_email_ambiguous',
    added(
      '</saml:AttributeStatement>',
      '<saml:Attribute Name="email"><saml:AttributeValue>eve@acme.example</saml:AttributeValue></saml:Attribute>',
    ),
  ],
  [
    'two-address-statements',
    'A second attribute statement has another address',
    'saml_email_ambiguous',
    added(
      '</saml:Assertion>',
      '<saml:AttributeStatement><saml:Attribute Name="email"><saml:AttributeValue>eve@acme.example</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>',
    ),
  ],
  [
    'encrypted-name-id',
    'The NameID is encrypted, which is not offered',
    'saml_encrypted_unsupported',
    () =>
      signAssertion(
        change(
          honest(),
          nameId,
          `<saml:EncryptedID>${encryptedData('<saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">ann@acme.example</saml:NameID>')}</saml:EncryptedID>`,
        ),
      ),
    { decryptionKeys: ['sp-encryption'] },
  ],
];

const shape: readonly Row[] = [
  [
    'two-subjects',
    'The assertion has two subjects',
    misplaced,
    added('<saml:Conditions', '<saml:Subject><saml:NameID>eve@acme.example</saml:NameID></saml:Subject>'),
  ],
  [
    'no-subject',
    'The assertion has no subject',
    'saml_confirmation_missing',
    written(/<saml:Subject>.*<\/saml:Subject>/, ''),
  ],
  [
    'two-conditions',
    'The assertion has two sets of conditions',
    misplaced,
    added('<saml:AuthnStatement', '<saml:Conditions/>'),
  ],
  [
    'conditions-before-subject',
    'Conditions stand before the subject',
    misplaced,
    () => {
      const conditions = /<saml:Conditions.*<\/saml:Conditions>/.exec(honest())?.[0] ?? '';
      return signAssertion(insert(change(honest(), conditions, ''), '<saml:Subject>', conditions));
    },
  ],
  [
    'no-authn-statement',
    'The assertion does not say that the person signed in',
    'saml_authn_statement_missing',
    said({ authnInstant: null }),
    { reference: 'SAML Profiles 4.1.4.2' },
  ],
  [
    'two-issuers',
    'The assertion has two issuers',
    misplaced,
    added('<saml:Subject>', '<saml:Issuer>https://idp.example/entity</saml:Issuer>'),
  ],
  [
    'unknown-statement',
    'The assertion has a child that the schema does not know',
    misplaced,
    added('</saml:Assertion>', '<saml:Hint/>'),
  ],
  [
    'statement-of-another-namespace',
    'A statement stands in another namespace',
    misplaced,
    added('</saml:Assertion>', '<x:AttributeStatement xmlns:x="urn:x"/>'),
  ],
];

export const subjects = [...vectors(['SML-8'], people), ...vectors(['SML-3', 'SML-5'], shape)];
