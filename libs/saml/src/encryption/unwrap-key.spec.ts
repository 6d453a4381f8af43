import { constants, createPrivateKey, createPublicKey, privateDecrypt, publicEncrypt } from 'node:crypto';
import { oaepKeyPem, oaepVectors } from '../../test/oaep-vectors';
import type { WrappedKey } from './read-encrypted';
import { unwrapKey } from './unwrap-key';

const key = createPrivateKey(oaepKeyPem);
const secret = Buffer.from(Array.from({ length: 32 }, (_, at) => at));
const wrapped = (vector: (typeof oaepVectors)[number]) => ({
  ...vector,
  octets: Buffer.from(vector.octets, 'base64'),
  label: Buffer.from(vector.label),
});
const [plain] = oaepVectors.map(wrapped);

describe('a key under RSA-OAEP', () => {
  it.each(oaepVectors)(
    'opens what openssl encrypted with $digest, mask $maskDigest and label "$label" [SML-9]',
    (vector) => {
      expect(unwrapKey(wrapped(vector), key, 32)).toEqual(secret);
    },
  );

  it.each(['sha1', 'sha256', 'sha384', 'sha512'])(
    'opens what node:crypto encrypted with %s [SML-9]',
    (digest) => {
      const octets = publicEncrypt({ key: createPublicKey(key), oaepHash: digest }, secret.subarray(0, 16));
      expect(unwrapKey({ octets, digest, maskDigest: digest, label: Buffer.alloc(0) }, key, 16)).toEqual(
        secret.subarray(0, 16),
      );
    },
  );

  it.each<[string, Partial<WrappedKey> & { keyLength?: number }]>([
    ['another length of key', { keyLength: 16 }],
    ['a longer key', { keyLength: 33 }],
    ['another digest', { digest: 'sha256' }],
    ['another mask', { maskDigest: 'sha256' }],
    ['another label', { label: Buffer.from('x') }],
    ['no octets', { octets: Buffer.alloc(0) }],
    ['zero', { octets: Buffer.alloc(256) }],
    ['more than the modulus', { octets: Buffer.alloc(256, 255) }],
    ['too many octets', { octets: Buffer.alloc(257, 1) }],
  ])('does not open with %s [SML-9]', (_, { keyLength = 32, ...change }) => {
    if (!plain) throw new Error('There is no vector.');
    expect(unwrapKey({ ...plain, ...change }, key, keyLength)).toBeUndefined();
  });

  // RFC 8017, 7.1.2, step 3g: Manger's oracle begins with this octet.
  it('does not open where the first octet is anything but zero [SML-9]', () => {
    if (!plain) throw new Error('There is no vector.');
    const padding = constants.RSA_NO_PADDING;
    const encoded = privateDecrypt({ key, padding }, plain.octets);
    const sealed = (first: number) => {
      encoded[0] = first;
      return publicEncrypt({ key: createPublicKey(key), padding }, encoded);
    };
    expect(unwrapKey({ ...plain, octets: sealed(0) }, key, 32)).toEqual(secret);
    expect(unwrapKey({ ...plain, octets: sealed(1) }, key, 32)).toBeUndefined();
  });
});
