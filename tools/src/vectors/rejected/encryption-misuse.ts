import { algorithms } from '../algorithms';
import { honest, insert, signAssertion } from '../honest';
import { around, failed, inside, misshapen, weak } from './encrypted-answers';
import { contents } from './encrypted-contents';
import { octets } from './encrypted-octets';
import { vectors } from './row';
import type { Row } from './row';

const choices: readonly Row[] = [
  [
    'rsa-1.5',
    'The key is transported by RSA 1.5',
    weak,
    () => around({ transport: algorithms.rsa15 }),
    { reference: 'Bleichenbacher 1998; Jager and Somorovsky 2011' },
  ],
  [
    'rsa-1.5-inside',
    'The key is transported by RSA 1.5 and only the assertion inside is signed',
    weak,
    () => inside({ transport: algorithms.rsa15 }),
  ],
  [
    'triple-des',
    'The content is encrypted with Triple DES',
    weak,
    () => around({ content: algorithms.tripleDes }),
  ],
  [
    'unknown-cipher',
    'The content is encrypted by an unknown name',
    weak,
    () => inside().replace(algorithms.aes256Gcm, 'urn:x'),
  ],
  [
    'unknown-transport',
    'The key is transported by an unknown name',
    weak,
    () => inside().replace(algorithms.oaep, 'urn:x'),
  ],
  ['oaep-with-md5', 'RSA-OAEP is to use MD5', weak, () => inside({ digest: algorithms.md5 })],
  [
    'unknown-mask',
    'RSA-OAEP is to use a mask with an unknown name',
    weak,
    () => inside({ transport: algorithms.oaep11, mask: 'urn:x' }),
  ],
  [
    'plain-where-encrypted-wanted',
    'The assertion is not encrypted, which the connection wants',
    'saml_encryption_required',
    () => signAssertion(honest()),
    { settings: { requireEncryptedAssertions: true } },
  ],
  [
    'no-method',
    'EncryptedData does not say how it is encrypted',
    misshapen,
    () => inside().replace(/<xenc:EncryptionMethod [^>]*gcm"\/>/, ''),
  ],
];

const keys: readonly Row[] = [
  [
    'wrong-key',
    'The assertion is encrypted to a key that is not ours',
    failed,
    () => inside({ to: 'attacker' }),
  ],
  ['no-key-of-ours', 'We have no key to decrypt with', failed, () => inside(), { decryptionKeys: [] }],
  [
    'key-of-identity-provider',
    "The assertion is encrypted to the identity provider's own key",
    failed,
    () => inside({ to: 'idp' }),
  ],
  [
    'no-encrypted-key',
    'There is no encrypted key',
    misshapen,
    () => inside().replace(/<xenc:EncryptedKey .*<\/xenc:EncryptedKey>/, ''),
  ],
  [
    'ten-encrypted-keys',
    'There are ten encrypted keys, each of which costs an RSA operation',
    misshapen,
    () => {
      const key = /<xenc:EncryptedKey .*<\/xenc:EncryptedKey>/.exec(inside())?.[0] ?? '';
      return insert(inside(), '<xenc:EncryptedKey ', key.repeat(9));
    },
  ],
  [
    'truncated-key',
    'The encrypted key is an octet short',
    failed,
    () => inside({ wrapped: (octets) => octets.subarray(1) }),
  ],
  [
    'key-of-zeros',
    'The encrypted key is all zeros',
    failed,
    () => inside({ wrapped: () => Buffer.alloc(256) }),
  ],
  [
    'key-of-wrong-length',
    'The key fits another cipher than the one that is named',
    failed,
    () => inside({ content: algorithms.aes128Gcm }).replace(algorithms.aes128Gcm, algorithms.aes256Gcm),
  ],
  [
    'other-oaep-digest',
    'Another digest of RSA-OAEP is named than was used',
    failed,
    () => inside({ digest: algorithms.sha256 }).replace(algorithms.sha256, algorithms.sha1),
  ],
  [
    'key-on-the-web',
    'The ciphertext is to be fetched from the web',
    misshapen,
    () =>
      inside().replace(
        /<xenc:CipherValue>[^<]*<\/xenc:CipherValue>(?=<\/xenc:CipherData><\/xenc:EncryptedData>)/,
        '<xenc:CipherReference URI="http://169.254.169.254/"/>',
      ),
    { reference: 'CWE-918' },
  ],
];

export const encryptionMisuse = vectors(['SML-9'], [...choices, ...keys, ...octets, ...contents]).map(
  (vector) => ({
    ...vector,
    name: `encryption-${vector.name}`,
    decryptionKeys: vector.decryptionKeys ?? (['sp-encryption', 'sp-encryption-previous'] as const),
  }),
);
