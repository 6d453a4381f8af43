import { type Bytes, fromBase64Url, fromUtf8, toBase64Url, utf8 } from '../encoding.ts';
import { parseJson } from '../json.ts';

const version = 'v1';
const ivLength = 12;

// A session must not open where a started sign-in is expected: each purpose has its own key.
export type Purpose = 'session' | 'flow';

/** Encrypts small values for a cookie (AES-256-GCM, key by HKDF); the first secret seals, every secret opens. */
export class SealedBox {
  private readonly keys = new Map<string, ReturnType<typeof deriveKey>>();

  constructor(
    private readonly secrets: readonly string[],
    private readonly randomBytes: (size: number) => Uint8Array,
  ) {}

  async seal(purpose: Purpose, value: unknown): Promise<string> {
    const iv = new Uint8Array(this.randomBytes(ivLength));
    const key = await this.key(purpose, this.secrets[0] ?? '');
    const sealed = await crypto.subtle.encrypt(cipher(purpose, iv), key, utf8(JSON.stringify(value)));
    return `${version}.${toBase64Url(iv)}${toBase64Url(new Uint8Array(sealed))}`;
  }

  /** Undefined for anything that was not sealed here for this purpose. */
  async open(purpose: Purpose, sealed: string): Promise<unknown> {
    const [label, text, ...rest] = sealed.split('.');
    if (label !== version || text === undefined || rest.length > 0) return undefined;
    const bytes = fromBase64Url(text);
    if (bytes === undefined || bytes.length <= ivLength) return undefined;
    for (const secret of this.secrets) {
      const opened = await this.openWith(purpose, secret, bytes);
      if (opened !== undefined) return opened;
    }
    return undefined;
  }

  private async openWith(purpose: Purpose, secret: string, bytes: Bytes): Promise<unknown> {
    const key = await this.key(purpose, secret);
    try {
      const iv = bytes.slice(0, ivLength);
      const plain = await crypto.subtle.decrypt(cipher(purpose, iv), key, bytes.slice(ivLength));
      return parseJson(fromUtf8(new Uint8Array(plain)));
    } catch {
      return undefined;
    }
  }

  private key(purpose: Purpose, secret: string): ReturnType<typeof deriveKey> {
    const name = `${purpose} ${secret}`;
    const known = this.keys.get(name) ?? deriveKey(purpose, secret);
    this.keys.set(name, known);
    return known;
  }
}

function cipher(purpose: Purpose, iv: Bytes) {
  return { name: 'AES-GCM', iv, additionalData: utf8(`gatehouse ${version} ${purpose}`) };
}

async function deriveKey(purpose: Purpose, secret: string) {
  const material = await crypto.subtle.importKey('raw', utf8(secret), 'HKDF', false, ['deriveKey']);
  const info = utf8(`gatehouse-sdk ${version} ${purpose}`);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}
