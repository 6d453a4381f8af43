import { createCipheriv } from 'node:crypto';
import { decryptContent } from './decrypt-content';
import { contentCiphers } from './encryption-algorithms';

const key = Buffer.alloc(32, 7);
const cipherOf = (name: string) => {
  const found = [...contentCiphers.values()].find((cipher) => cipher.name === name);
  if (!found) throw new Error(`${name} is not accepted.`);
  return found;
};

/** Blocks of 16 octets as they are, padding included. */
function byCbc(blocks: Buffer): string | undefined {
  const nonce = Buffer.alloc(16, 1);
  const cipher = createCipheriv('aes-256-cbc', key, nonce).setAutoPadding(false);
  return decryptContent(cipherOf('aes-256-cbc'), key, Buffer.concat([nonce, cipher.update(blocks)]));
}

function byGcm(plain: Buffer): string | undefined {
  const nonce = Buffer.alloc(12, 1);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const octets = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return decryptContent(cipherOf('aes-256-gcm'), key, octets);
}

const padded = (padding: number) => Buffer.concat([Buffer.alloc(31, 'x'), Buffer.from([padding])]);

describe('decrypted content', () => {
  it.each([
    [1, 31],
    [16, 16],
  ])('under AES-CBC ends where a padding of %i says [SML-9]', (padding, length) => {
    expect(byCbc(padded(padding))).toBe('x'.repeat(length));
  });

  it.each([0, 17, 32, 255])('under AES-CBC is nothing with a padding of %i [SML-9]', (padding) => {
    expect(byCbc(padded(padding))).toBeUndefined();
  });

  it('is nothing where it is not UTF-8: another reader would see other characters [SML-9] [SML-10]', () => {
    expect(byGcm(Buffer.from('é'))).toBe('é');
    expect(byGcm(Buffer.from('é', 'latin1'))).toBeUndefined();
    expect(byCbc(Buffer.concat([Buffer.alloc(15, 0xe9), Buffer.from([1])]))).toBeUndefined();
  });
});
