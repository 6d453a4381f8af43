import { createECDH, createHash, createHmac, createSign, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { hashOf } from './algorithms';

/** A signature value that is the same each time, so that vectors can be made again and compared. */
export function signatureValue(algorithm: string, key: KeyObject, material: string): Buffer {
  if (key.asymmetricKeyType === 'ed25519') return sign(null, Buffer.from(material), key);
  if (key.asymmetricKeyType === 'ec') return ecdsaValue(hashOf(algorithm), key, Buffer.from(material));
  return createSign(hashOf(algorithm)).update(material).sign(key);
}

/** The same ECDSA value as ASN.1, the way TLS writes it (RFC 3279 2.2.3). */
export function asn1Of(value: Buffer): Buffer {
  const half = value.length / 2;
  const integers = [value.subarray(0, half), value.subarray(half)].map((part) => {
    const bare = part.subarray(part.findIndex((octet) => octet !== 0));
    const positive = (bare[0] ?? 0) < 0x80 ? bare : Buffer.concat([Buffer.from([0]), bare]);
    return Buffer.concat([Buffer.from([2, positive.length]), positive]);
  });
  const content = Buffer.concat(integers);
  return Buffer.concat([Buffer.from([0x30, content.length]), content]);
}

/** HMAC with what an attacker knows, for a verifier that lets the document choose what kind of key it has. */
export function hmacValue(algorithm: string, secret: string | Buffer, material: string): Buffer {
  return createHmac(hashOf(algorithm), secret).update(material).digest();
}

const orders: Readonly<Record<string, bigint>> = {
  prime256v1: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  secp256k1: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n,
  secp384r1:
    0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  secp521r1:
    0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
};

// node:crypto draws k by chance. Test keys of nobody can do with one made from key and message, in the manner of RFC 6979.
function ecdsaValue(hash: string, key: KeyObject, material: Buffer): Buffer {
  const curve = key.asymmetricKeyDetails?.namedCurve ?? '';
  const order = orders[curve] ?? 0n;
  const size = Math.ceil(order.toString(16).length / 2);
  const secret = Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url');
  const digest = createHash(hash).update(material).digest();
  const k = (integer(stretched(secret, digest, size + 8)) % (order - 1n)) + 1n;
  const r = xOfPoint(curve, octets(k, size)) % order;
  const s = (inverse(k, order) * (truncated(digest, order) + r * integer(secret))) % order;
  return Buffer.concat([octets(r, size), octets(s, size)]);
}

function stretched(secret: Buffer, digest: Buffer, length: number): Buffer {
  const blocks = [1, 2].map((count) =>
    createHmac('sha512', secret).update(digest).update(`${count}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

function xOfPoint(curve: string, k: Buffer): bigint {
  const exchange = createECDH(curve);
  exchange.setPrivateKey(k);
  return integer(exchange.getPublicKey().subarray(1, 1 + k.length));
}

/** FIPS 186-4 6.4: only as many bits of the hash count as the order has. */
function truncated(digest: Buffer, order: bigint): bigint {
  const excess = digest.length * 8 - order.toString(2).length;
  return excess > 0 ? integer(digest) >> BigInt(excess) : integer(digest);
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [oldRest, rest, oldFactor, factor] = [value, modulus, 1n, 0n];
  while (rest !== 0n) {
    const quotient = oldRest / rest;
    [oldRest, rest] = [rest, oldRest - quotient * rest];
    [oldFactor, factor] = [factor, oldFactor - quotient * factor];
  }
  return ((oldFactor % modulus) + modulus) % modulus;
}

function integer(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}

function octets(value: bigint, size: number): Buffer {
  return Buffer.from(value.toString(16).padStart(size * 2, '0'), 'hex');
}
