import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { acceptedDigests, acceptedSignatures, fits, keyFault } from './signature-algorithms';

const material = Buffer.from('<ds:SignedInfo>…</ds:SignedInfo>');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** `e` as a JSON Web Key writes it. */
const withExponent = (e: string) =>
  createPublicKey({ key: { ...rsa.publicKey.export({ format: 'jwk' }), e }, format: 'jwk' });

const methodOf = (name: string) => {
  const method = acceptedSignatures.get(`http://www.w3.org/2001/04/xmldsig-more#${name}`);
  if (!method) throw new Error(`${name} is not accepted.`);
  return method;
};

describe('fits', () => {
  it.each(['sha256', 'sha384', 'sha512'])('verifies RSA with %s [SML-4]', (hash) => {
    const value = sign(hash, material, rsa.privateKey);
    expect(fits(methodOf(`rsa-${hash}`), rsa.publicKey, material, value)).toBe(true);
    expect(fits(methodOf(`rsa-${hash}`), rsa.publicKey, Buffer.from('other'), value)).toBe(false);
  });

  it.each([
    ['P-256', 'sha256'],
    ['P-384', 'sha384'],
    ['P-521', 'sha512'],
    ['P-521', 'sha256'],
  ])('verifies ECDSA on %s with %s, r and s side by side and not as ASN.1 [SML-4]', (namedCurve, hash) => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
    const value = sign(hash, material, { key: privateKey, dsaEncoding: 'ieee-p1363' });
    const method = methodOf(`ecdsa-${hash}`);
    expect(fits(method, publicKey, material, value)).toBe(true);
    expect(fits(method, publicKey, material, sign(hash, material, privateKey))).toBe(false);
  });

  it('takes no padding but PKCS #1 v1.5 for RSA, and no key for another kind of signature [SML-4]', () => {
    const pss = sign('sha256', material, { key: rsa.privateKey, padding: 6 });
    expect(fits(methodOf('rsa-sha256'), rsa.publicKey, material, pss)).toBe(false);
    const value = sign('sha256', material, rsa.privateKey);
    expect(fits(methodOf('ecdsa-sha256'), rsa.publicKey, material, value)).toBe(false);
    expect(fits(methodOf('rsa-sha256'), p256.publicKey, material, value)).toBe(false);
  });

  // CVE-2022-21449: r and s of zero verified everything for a Java release.
  it.each([0, 1, 63, 64, 65, 256, 1024])(
    'answers no to %i octets of zero, and never throws [SML-4]',
    (length) => {
      const value = Buffer.alloc(length);
      expect(fits(methodOf('ecdsa-sha256'), p256.publicKey, material, value)).toBe(false);
      expect(fits(methodOf('rsa-sha256'), rsa.publicKey, material, value)).toBe(false);
    },
  );
});

describe('the algorithms that are accepted', () => {
  it('name no SHA-1, no MD5, no HMAC and no DSA [SML-4]', () => {
    const all = [...acceptedSignatures.keys(), ...acceptedDigests.keys()];
    expect(all).toHaveLength(9);
    expect(all.filter((uri) => !/#(?:(?:rsa|ecdsa)-)?sha(?:256|384|512)$/.test(uri))).toEqual([]);
  });

  it.each([
    ['RSA of 1024 bits', generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey, 'RSA 1024'],
    ['secp256k1', generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey, 'EC secp256k1'],
    ['Ed25519', generateKeyPairSync('ed25519').publicKey, 'ed25519'],
    ['RSA with the exponent 1', withExponent('AQ'), 'RSA with the exponent 1'],
    ['RSA with the exponent 2', withExponent('Ag'), 'RSA with the exponent 2'],
    ['RSA with the exponent 3', withExponent('Aw'), undefined],
    ['RSA of 2048 bits', rsa.publicKey, undefined],
    ['P-256', p256.publicKey, undefined],
  ])('judge a key of %s [SML-4]', (_what, publicKey, fault) => {
    expect(keyFault(publicKey)).toBe(fault);
  });
});
