import { SsoError } from '@gatehouse/core';

const xenc = 'http://www.w3.org/2001/04/xmlenc#';
const xenc11 = 'http://www.w3.org/2009/xmlenc11#';
const more = 'http://www.w3.org/2001/04/xmldsig-more#';

/** How content is encrypted. */
export interface ContentCipher {
  readonly name: `aes-${128 | 192 | 256}-${'gcm' | 'cbc'}`;
  readonly keyLength: number;
  /** Octets before the ciphertext. */
  readonly nonceLength: number;
  /** False where a ciphertext can be changed without its key, so that only a signature tells. */
  readonly authenticated: boolean;
}

/** XML Encryption 1.1, 5.2; Triple DES is left out on purpose. */
export const contentCiphers: ReadonlyMap<string, ContentCipher> = new Map([
  [`${xenc11}aes128-gcm`, gcm('aes-128-gcm', 16)],
  [`${xenc11}aes192-gcm`, gcm('aes-192-gcm', 24)],
  [`${xenc11}aes256-gcm`, gcm('aes-256-gcm', 32)],
  [`${xenc}aes128-cbc`, cbc('aes-128-cbc', 16)],
  [`${xenc}aes192-cbc`, cbc('aes-192-cbc', 24)],
  [`${xenc}aes256-cbc`, cbc('aes-256-cbc', 32)],
]);

function gcm(name: ContentCipher['name'], keyLength: number): ContentCipher {
  return { name, keyLength, nonceLength: 12, authenticated: true };
}

function cbc(name: ContentCipher['name'], keyLength: number): ContentCipher {
  return { name, keyLength, nonceLength: 16, authenticated: false };
}

/** XML Encryption 1.1, 5.5.2; RSA 1.5 is left out on purpose. */
export const keyTransports = [`${xenc}rsa-oaep-mgf1p`, `${xenc11}rsa-oaep`] as const;

/** The digests of RSA-OAEP, where SHA-1 harms nothing: it need not be free of collisions there. */
export const oaepDigests: ReadonlyMap<string, string> = new Map([
  ['http://www.w3.org/2000/09/xmldsig#sha1', 'sha1'],
  [`${xenc}sha256`, 'sha256'],
  [`${more}sha384`, 'sha384'],
  [`${xenc}sha512`, 'sha512'],
]);

/** Mask generation functions by URI, with the digest that each is made of. */
export const maskDigests: ReadonlyMap<string, string> = new Map([
  [`${xenc11}mgf1sha1`, 'sha1'],
  [`${xenc11}mgf1sha256`, 'sha256'],
  [`${xenc11}mgf1sha384`, 'sha384'],
  [`${xenc11}mgf1sha512`, 'sha512'],
]);

/** Says what to choose instead, before anything is decrypted. */
export function weakEncryption(want: Iterable<string>, got: string): SsoError {
  const message =
    'The encryption algorithm is not accepted: choose AES-GCM (or AES-CBC) with RSA-OAEP at the identity provider.';
  return new SsoError('saml_algorithm_weak', message, { want: [...want], got: got.slice(0, 200) });
}
