import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { SsoError } from '@gatehouse/core';
import { errorCode } from '../error-code';

type Decompress = (body: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>;

const decompressors = new Map<string, Decompress>([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);

export function tooLarge(maxBytes: number): SsoError {
  return new SsoError(
    'response_too_large',
    `The document is larger than ${maxBytes} bytes. Check that the address is that of the document itself, or upload it.`,
    { want: maxBytes },
  );
}

async function readBounded(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const kept: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes);
    kept.push(chunk);
  }
  return Buffer.concat(kept);
}

/** Reads a body, counting as it comes; a server that compresses unasked is undone under the same limit. */
export async function readBody(
  chunks: AsyncIterable<Uint8Array>,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Uint8Array> {
  const body = await readBounded(chunks, maxBytes);
  const decompress = decompressors.get(encoding?.trim().toLowerCase() ?? 'identity');
  if (decompress === undefined) return body;
  return decompress(body, { maxOutputLength: maxBytes }).catch((error: unknown) => {
    throw errorCode(error) === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(maxBytes) : error;
  });
}
