import { createHash, randomBytes } from 'node:crypto';

export interface OaepDigests {
  readonly digest: string;
  readonly mask: string;
}

/** RFC 8017, 7.1.1, with an empty label: node:crypto itself cannot use one digest for the label and another for the mask. */
export function encodeOaep(message: Buffer, length: number, { digest, mask }: OaepDigests): Buffer {
  const label = createHash(digest).digest();
  const gap = length - 2 * label.length - 2 - message.length;
  if (gap < 0) throw new Error('The message is too long for this key');
  const block = Buffer.concat([label, Buffer.alloc(gap), Buffer.from([1]), message]);
  const seed = randomBytes(label.length);
  const maskedBlock = xor(block, generated(seed, block.length, mask));
  const maskedSeed = xor(seed, generated(maskedBlock, seed.length, mask));
  return Buffer.concat([Buffer.alloc(1), maskedSeed, maskedBlock]);
}

// RFC 8017, B.2.1
function generated(seed: Buffer, length: number, digest: string): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 20) }, (_, at) =>
    createHash(digest)
      .update(seed)
      .update(Buffer.from([0, 0, at >> 8, at & 255]))
      .digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

function xor(left: Buffer, right: Buffer): Buffer {
  return Buffer.from(left.map((octet, at) => octet ^ (right[at] ?? 0)));
}
