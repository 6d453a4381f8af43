import { createDecipheriv } from 'node:crypto';
import type { ContentCipher } from './encryption-algorithms';

const tagLength = 16;
const blockLength = 16;

/** The text under this key, or nothing: what exactly was wrong is nobody's business. */
export function decryptContent(cipher: ContentCipher, key: Buffer, octets: Buffer): string | undefined {
  try {
    const plain = cipher.authenticated ? openGcm(cipher, key, octets) : openCbc(cipher, key, octets);
    return plain && new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain);
  } catch {
    return undefined;
  }
}

// XML Encryption 1.1, 5.2.4: nonce, ciphertext and a tag of 16 octets in one piece.
function openGcm({ name, nonceLength }: ContentCipher, key: Buffer, octets: Buffer): Buffer | undefined {
  if (octets.length < nonceLength + tagLength) return undefined;
  const nonce = octets.subarray(0, nonceLength);
  const decipher = gcmDecipher(name, key, nonce).setAuthTag(octets.subarray(-tagLength));
  return Buffer.concat([decipher.update(octets.subarray(nonceLength, -tagLength)), decipher.final()]);
}

function gcmDecipher(name: ContentCipher['name'], key: Buffer, nonce: Buffer) {
  if (name === 'aes-128-gcm' || name === 'aes-192-gcm' || name === 'aes-256-gcm')
    return createDecipheriv(name, key, nonce, { authTagLength: tagLength });
  throw new Error(`${name} is no AES-GCM.`);
}

// XML Encryption 1.1, 5.2: the last octet says how much padding there is, the others of it may be anything.
function openCbc({ name, nonceLength }: ContentCipher, key: Buffer, octets: Buffer): Buffer | undefined {
  if (octets.length < nonceLength + blockLength) return undefined;
  const decipher = createDecipheriv(name, key, octets.subarray(0, nonceLength)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(octets.subarray(nonceLength)), decipher.final()]);
  const padding = padded.at(-1) ?? 0;
  return padding >= 1 && padding <= blockLength ? padded.subarray(0, -padding) : undefined;
}
