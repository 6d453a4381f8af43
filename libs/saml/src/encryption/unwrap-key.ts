import { constants, createHash, privateDecrypt, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { WrappedKey } from './read-encrypted';

/**
 * The symmetric key that was encrypted to this private key, or nothing (RFC 8017, 7.1.2). The padding is taken off here,
 * because node:crypto cannot mask with one digest and label with another, which is what most identity providers send.
 * Everything about it is compared at once: which part was wrong would let a stranger decrypt (Manger 2001).
 */
export function unwrapKey(wrapped: WrappedKey, key: KeyObject, keyLength: number): Buffer | undefined {
  const encoded = rawDecrypt(key, wrapped.octets);
  const digestLength = createHash(wrapped.digest).digest().length;
  if (!encoded || encoded.length < 2 * digestLength + 2 + keyLength) return undefined;
  const block = unmask(encoded, digestLength, wrapped.maskDigest);
  const padding = block.subarray(0, block.length - keyLength);
  const expected = Buffer.alloc(padding.length);
  createHash(wrapped.digest).update(wrapped.label).digest().copy(expected);
  expected[expected.length - 1] = 1;
  // The first octet of the encoded message must be zero like the padding after it.
  const got = Buffer.concat([encoded.subarray(0, 1), padding]);
  if (!timingSafeEqual(got, Buffer.concat([Buffer.alloc(1), expected]))) return undefined;
  return block.subarray(-keyLength);
}

function rawDecrypt(key: KeyObject, octets: Buffer): Buffer | undefined {
  try {
    return privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, octets);
  } catch {
    // Longer than the modulus, or not below it: encrypted to another key.
    return undefined;
  }
}

function unmask(encoded: Buffer, digestLength: number, digest: string): Buffer {
  const maskedSeed = encoded.subarray(1, 1 + digestLength);
  const maskedBlock = encoded.subarray(1 + digestLength);
  const seed = xor(maskedSeed, mask(maskedBlock, digestLength, digest));
  return xor(maskedBlock, mask(seed, maskedBlock.length, digest));
}

// RFC 8017, B.2.1
function mask(seed: Buffer, length: number, digest: string): Buffer {
  const blocks: Buffer[] = [];
  for (let made = 0, counter = 0; made < length; counter += 1) {
    const index = Buffer.alloc(4);
    index.writeUInt32BE(counter);
    const block = createHash(digest).update(seed).update(index).digest();
    blocks.push(block);
    made += block.length;
  }
  return Buffer.concat(blocks).subarray(0, length);
}

function xor(left: Buffer, right: Buffer): Buffer {
  return Buffer.from(left.map((octet, at) => octet ^ (right[at] ?? 0)));
}
