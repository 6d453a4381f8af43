import { algorithms } from '../algorithms';
import { encryptAssertion } from '../encrypt-element';
import { assertionIn, honest, insert, signAssertion } from '../honest';
import { containing, failed, flipped, inside, misshapen } from './encrypted-answers';
import type { Row } from './row';

export const octets: readonly Row[] = [
  [
    'gcm-tag-of-4',
    'The tag of AES-GCM is cut to four octets',
    failed,
    () => inside({ octets: (all) => all.subarray(0, -12) }),
    { reference: 'NIST SP 800-38D, 5.2.1.2' },
  ],
  [
    'gcm-without-tag',
    'The tag of AES-GCM is missing',
    failed,
    () => inside({ octets: (all) => all.subarray(0, -16) }),
  ],
  ['gcm-changed', 'One bit of the ciphertext is changed', failed, () => inside({ octets: flipped(400) })],
  ['gcm-changed-tag', 'One bit of the tag is changed', failed, () => inside({ octets: flipped(-1) })],
  [
    'gcm-only-iv',
    'There is an IV and nothing more',
    failed,
    () => inside({ octets: (all) => all.subarray(0, 12) }),
  ],
  ['gcm-empty', 'There is no ciphertext at all', misshapen, () => inside({ octets: () => Buffer.alloc(0) })],
  [
    'gcm-called-cbc',
    'The ciphertext of AES-GCM is called CBC, which leaves its tag unchecked',
    failed,
    () => inside({ content: algorithms.aes256Gcm }).replace(algorithms.aes256Gcm, algorithms.aes256Cbc),
    { reference: 'Jager, Paterson and Somorovsky 2013' },
  ],
  [
    'cbc-nothing-signed',
    'AES-CBC with no signature anywhere',
    failed,
    () => encryptAssertion(honest(), { content: algorithms.aes256Cbc }),
    { reference: 'Jager and Somorovsky 2011' },
  ],
  [
    'cbc-changed',
    'One bit of a CBC ciphertext is changed, with a signature inside only',
    failed,
    () => inside({ content: algorithms.aes128Cbc, octets: flipped(400) }),
  ],
  [
    'cbc-bad-padding',
    'The padding of AES-CBC is wrong',
    failed,
    () => inside({ content: algorithms.aes128Cbc, octets: flipped(-17) }),
  ],
  [
    'cbc-half-a-block',
    'The CBC ciphertext ends in the middle of a block',
    failed,
    () => inside({ content: algorithms.aes128Cbc, octets: (all) => all.subarray(0, -8) }),
  ],
  [
    'cbc-not-xml',
    'What CBC decrypts to is not XML',
    failed,
    () => containing('<not xml', { content: algorithms.aes128Cbc }),
  ],
  [
    'cbc-weak-inside',
    'What CBC decrypts to is signed with SHA-1, which must not be told from bad padding',
    failed,
    () =>
      containing(assertionIn(signAssertion(honest(), { algorithm: algorithms.rsaSha1 })), {
        content: algorithms.aes128Cbc,
      }),
  ],
  [
    'cipher-not-base64',
    'The ciphertext is not base64',
    misshapen,
    () => insert(inside(), '</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>', '*'),
  ],
];
