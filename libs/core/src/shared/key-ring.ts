import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Chance } from './chance';

/** A key of 32 octets and the name under which ciphertexts refer to it. */
export interface RingKey {
  readonly name: string;
  readonly key: Uint8Array;
}

// Node takes shorter tags as well, which are easier to forge, unless it is told the length.
const authTagLength = 16;

/** Encrypts secrets at rest by AES-256-GCM: the first key seals, every key opens, so that keys can be rotated. */
export class KeyRing {
  constructor(
    private readonly keys: readonly [RingKey, ...RingKey[]],
    private readonly chance: Chance,
  ) {}

  /** `context` (such as the table and row) is authenticated: a ciphertext moved elsewhere does not open. */
  seal(plain: string, context: string): string {
    const [{ name, key }] = this.keys;
    const nonce = this.chance.bytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
    const octets = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${name}.${octets.toString('base64url')}`;
  }

  /** Throws when the key is not in the ring or the ciphertext is not what was sealed for this context. */
  open(sealed: string, context: string): string {
    const dot = sealed.indexOf('.');
    const name = sealed.slice(0, dot);
    const found = this.keys.find((candidate) => candidate.name === name);
    if (!found) throw new Error(`The key ring holds no key named "${name}"; add it to SECRET_KEYS.`);
    const octets = octetsOf(sealed.slice(dot + 1));
    const decipher = createDecipheriv('aes-256-gcm', found.key, octets.subarray(0, 12), { authTagLength });
    decipher.setAAD(Buffer.from(context)).setAuthTag(octets.subarray(-authTagLength));
    return decipher.update(octets.subarray(12, -authTagLength), undefined, 'utf8') + decipher.final('utf8');
  }
}

/** What was sealed has one spelling: Node would skip what is no base64url, and bits that are left over. */
function octetsOf(text: string): Buffer {
  const octets = Buffer.from(text, 'base64url');
  if (octets.toString('base64url') === text) return octets;
  throw new Error('This was not sealed here.');
}
