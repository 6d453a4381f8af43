import { algorithms } from '../algorithms';
import { encryptAssertion, encryptedData } from '../encrypt-element';
import { assertionIn, change, honest, insert, signAssertion } from '../honest';
import { signElement } from '../sign-element';
import { around, containing, declared, inside, misshapen, signed, weak } from './encrypted-answers';
import type { Row } from './row';

const invalid = 'saml_signature_invalid';
export const contents: readonly Row[] = [
  [
    'nothing-signed-encrypted',
    'AES-GCM with no signature anywhere: anybody can encrypt to us',
    'saml_signature_missing',
    () => encryptAssertion(honest()),
    { heldBy: 'decryption proves nothing' },
  ],
  [
    'attacker-signed-encrypted',
    'An attacker signs and encrypts',
    invalid,
    () => encryptAssertion(signAssertion(honest(), { key: 'attacker' })),
  ],
  [
    'changed-then-encrypted',
    'The signed assertion was changed before it was encrypted',
    invalid,
    () => containing(signed().replace('ann@acme', 'eve@acme')),
  ],
  [
    'ciphertext-swapped',
    'Another ciphertext is put into a response that was signed around the first one',
    invalid,
    () =>
      change(
        around(),
        /(?<=<saml:EncryptedAssertion[^>]*>).*(?=<\/saml:EncryptedAssertion>)/,
        encryptedData(assertionIn(honest({ nameId: 'eve@acme.example' }))),
      ),
  ],
  [
    'weak-inside',
    'The encrypted assertion is signed with SHA-1',
    weak,
    () => containing(assertionIn(signAssertion(honest(), { algorithm: algorithms.rsaSha1 }))),
  ],
  [
    'both-kinds',
    'A plain and an encrypted assertion stand side by side',
    'saml_multiple_assertions',
    () => insert(inside(), '<saml:EncryptedAssertion', signed()),
  ],
  [
    'signature-beside-ciphertext',
    'A signature beside the ciphertext covers the EncryptedAssertion around it, and nothing that was encrypted is signed',
    misshapen,
    () => {
      const named = encryptAssertion(honest()).replace(
        '<saml:EncryptedAssertion ',
        '<saml:EncryptedAssertion ID="_e" ',
      );
      return signElement(named, '_e', { keyInfo: null, behind: /<\/xenc:EncryptedData>/ });
    },
    { heldBy: 'what is encrypted cannot vouch for itself' },
  ],
  [
    'two-encrypted',
    'Two encrypted assertions stand side by side',
    'saml_multiple_assertions',
    () =>
      insert(
        inside(),
        '<saml:EncryptedAssertion',
        /<saml:EncryptedAssertion .*<\/saml:EncryptedAssertion>/.exec(inside())?.[0] ?? '',
      ),
  ],
  [
    'encrypted-in-extensions',
    'The encrypted assertion stands in Extensions',
    misshapen,
    () => {
      const encrypted = /<saml:EncryptedAssertion .*<\/saml:EncryptedAssertion>/.exec(inside())?.[0] ?? '';
      return insert(
        change(inside(), encrypted, ''),
        '<samlp:Status>',
        `<samlp:Extensions>${encrypted}</samlp:Extensions>`,
      );
    },
  ],
  [
    'encrypted-twice',
    'What was encrypted is again an EncryptedAssertion',
    misshapen,
    () => containing(`${declared}${encryptedData(signed())}</saml:EncryptedAssertion>`),
  ],
  [
    'encrypted-advice',
    'The encrypted assertion has another one in its Advice',
    'saml_multiple_assertions',
    () =>
      containing(
        insert(
          signed(),
          '<saml:AuthnStatement',
          `<saml:Advice>${declared}${encryptedData(signed())}</saml:EncryptedAssertion></saml:Advice>`,
        ),
      ),
  ],
  [
    'response-inside',
    'What was encrypted is a whole response',
    misshapen,
    () => containing(signAssertion(honest())),
  ],
  [
    'name-id-inside',
    'What was encrypted is a NameID',
    misshapen,
    () =>
      containing(
        '<saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">ann@acme.example</saml:NameID>',
      ),
  ],
  [
    'two-roots-inside',
    'What was encrypted are two assertions',
    'saml_xml_invalid',
    () => containing(`${signed()}${signed().replaceAll('_a2c8', '_b2c8')}`),
  ],
  [
    'text-inside',
    'What was encrypted is plain text',
    'saml_xml_invalid',
    () => containing('ann@acme.example'),
  ],
  [
    'doctype-inside',
    'What was encrypted begins with a DOCTYPE',
    'saml_dtd_forbidden',
    () => containing(`<!DOCTYPE a [<!ENTITY e "x">]>${signed()}`),
  ],
  [
    'instruction-inside-encrypted',
    'What was encrypted holds a processing instruction',
    'saml_xml_invalid',
    () => containing(signed().replace('<saml:Subject>', '<?x?><saml:Subject>')),
  ],
  [
    'comment-inside-encrypted',
    'In what was encrypted a comment cuts the NameID short',
    misshapen,
    () => containing(signed().replace('@acme.example</saml:NameID>', '@acme<!---->.example</saml:NameID>')),
  ],
  [
    'two-encrypted-data',
    'EncryptedAssertion holds two EncryptedData',
    misshapen,
    () =>
      change(inside(), '</saml:EncryptedAssertion>', `${encryptedData(signed())}</saml:EncryptedAssertion>`),
  ],
  [
    'content-type',
    'EncryptedData says that it holds content, not an element',
    misshapen,
    () => inside().replace('xmlenc#Element', 'xmlenc#Content'),
  ],
];
