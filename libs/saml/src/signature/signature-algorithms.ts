import { verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const more = 'http://www.w3.org/2001/04/xmldsig-more#';

export interface AcceptedSignature {
  readonly keyType: 'rsa' | 'ec';
  readonly hash: string;
}

/** RFC 9231: what may sign; SHA-1 and HMAC are left out on purpose. */
export const acceptedSignatures: ReadonlyMap<string, AcceptedSignature> = new Map([
  [`${more}rsa-sha256`, { keyType: 'rsa', hash: 'sha256' }],
  [`${more}rsa-sha384`, { keyType: 'rsa', hash: 'sha384' }],
  [`${more}rsa-sha512`, { keyType: 'rsa', hash: 'sha512' }],
  [`${more}ecdsa-sha256`, { keyType: 'ec', hash: 'sha256' }],
  [`${more}ecdsa-sha384`, { keyType: 'ec', hash: 'sha384' }],
  [`${more}ecdsa-sha512`, { keyType: 'ec', hash: 'sha512' }],
]);

/** What may digest, by URI, with the name that node:crypto has for it. */
export const acceptedDigests: ReadonlyMap<string, string> = new Map([
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'sha256'],
  [`${more}sha384`, 'sha384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'sha512'],
]);

export const envelopedSignature = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
export const exclusiveC14n = 'http://www.w3.org/2001/10/xml-exc-c14n#';

/** Whether this key made this signature value; a key of another kind never did. */
export function fits(algorithm: AcceptedSignature, key: KeyObject, material: Buffer, value: Buffer): boolean {
  if (key.asymmetricKeyType !== algorithm.keyType) return false;
  // RFC 9231 2.3.6: ECDSA values are r and s side by side, not ASN.1.
  return verify(algorithm.hash, material, { key, dsaEncoding: 'ieee-p1363' }, value);
}

const curves = ['prime256v1', 'secp384r1', 'secp521r1'];

export const acceptedKeys = 'RSA of 2048 to 8192 bits, or P-256 and up';

/** Says what is wrong with a key that is too weak to trust or too slow to try, or nothing. */
export function keyFault(key: KeyObject): string | undefined {
  const curve = key.asymmetricKeyDetails?.namedCurve ?? 'unnamed curve';
  if (key.asymmetricKeyType === 'rsa') return rsaFault(key);
  if (key.asymmetricKeyType === 'ec') return curves.includes(curve) ? undefined : `EC ${curve}`;
  return key.asymmetricKeyType ?? 'an unknown kind of key';
}

// Under an exponent of 1 every padded digest is its own signature, and OpenSSL takes it for one (RFC 8017, 3.1).
// A verification takes as long as modulus and exponent are: 65537 is usual, over 32 bits is not.
function rsaFault({ asymmetricKeyDetails }: KeyObject): string | undefined {
  const { modulusLength: bits = 0, publicExponent: exponent = 0n } = asymmetricKeyDetails ?? {};
  if (bits < 2048 || bits > 8192) return `RSA ${bits}`;
  if (exponent < 3n) return `RSA with the exponent ${exponent}`;
  return exponent >= 2n ** 32n ? 'RSA with a long exponent' : undefined;
}
