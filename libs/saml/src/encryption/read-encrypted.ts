import { SsoError } from '@gatehouse/core';
import { namespaces } from '../names';
import { decodeBase64 } from '../xml/decode-base64';
import { childNamed, childrenNamed, valueOf } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';
import {
  contentCiphers,
  keyTransports,
  maskDigests,
  oaepDigests,
  weakEncryption,
  type ContentCipher,
} from './encryption-algorithms';

const { encryption: xenc, encryption11: xenc11, signature: ds } = namespaces;

/** An encrypted element as it came, its algorithms accepted. */
export interface EncryptedContent {
  readonly cipher: ContentCipher;
  readonly octets: Buffer;
  /** The content's key, encrypted to one recipient each. */
  readonly keys: readonly WrappedKey[];
}

/** A symmetric key under RSA-OAEP. */
export interface WrappedKey {
  readonly octets: Buffer;
  readonly digest: string;
  readonly maskDigest: string;
  readonly label: Buffer;
}

// Enough for both of our keys while they change. Each costs an RSA operation with each of ours, at anybody's request.
const maxKeys = 2;

/** Reads `EncryptedAssertion` (SAML Core 2.3.4): one EncryptedData, its keys inside its KeyInfo or beside it. */
export function readEncrypted(encrypted: XmlElement): EncryptedContent {
  const [data, ...more] = childrenNamed(encrypted, xenc, 'EncryptedData');
  if (!data || more.length > 0) throw misshapen('one EncryptedData', more.length + (data ? 1 : 0));
  const type = data.attributes.get('Type') ?? `${xenc}Element`;
  if (type !== `${xenc}Element`) throw misshapen(`${xenc}Element`, type);
  return {
    cipher: cipherOf(data),
    octets: cipherValue(data),
    keys: wrappedKeys(data, encrypted).map(readKey),
  };
}

function cipherOf(data: XmlElement): ContentCipher {
  const algorithm = methodOf(data).attributes.get('Algorithm') ?? 'none';
  const cipher = contentCiphers.get(algorithm);
  if (cipher) return cipher;
  throw weakEncryption(contentCiphers.keys(), algorithm);
}

function wrappedKeys(data: XmlElement, encrypted: XmlElement): readonly XmlElement[] {
  const info = childNamed(data, ds, 'KeyInfo');
  const inside = info ? childrenNamed(info, xenc, 'EncryptedKey') : [];
  const found = inside.length > 0 ? inside : siblings(encrypted, info);
  if (found.length >= 1 && found.length <= maxKeys) return found;
  throw misshapen(`1 to ${maxKeys} EncryptedKey elements`, found.length);
}

// XML Encryption 1.1, 3.5.2: a RetrievalMethod names the key; without one, every key beside the data may be it.
function siblings(encrypted: XmlElement, info: XmlElement | undefined): readonly XmlElement[] {
  const all = childrenNamed(encrypted, xenc, 'EncryptedKey');
  const references = info ? childrenNamed(info, ds, 'RetrievalMethod') : [];
  if (references.length === 0) return all;
  const named = references.map(({ attributes }) => attributes.get('URI'));
  return all.filter(({ attributes }) => named.includes(`#${attributes.get('Id') ?? ''}`));
}

function readKey(key: XmlElement): WrappedKey {
  const method = methodOf(key);
  const algorithm = method.attributes.get('Algorithm') ?? 'none';
  if (!keyTransports.some((each) => each === algorithm)) throw weakEncryption(keyTransports, algorithm);
  const digest = named(childNamed(method, ds, 'DigestMethod'), oaepDigests);
  return { octets: cipherValue(key), digest, maskDigest: maskOf(method, algorithm), label: labelOf(method) };
}

// XML Encryption 1.1, 5.5.2: the older name means MGF1 with SHA-1, whatever the digest is.
function maskOf(method: XmlElement, algorithm: string): string {
  const chosen = algorithm === `${xenc11}rsa-oaep` ? childNamed(method, xenc11, 'MGF') : undefined;
  return named(chosen, maskDigests);
}

function named(element: XmlElement | undefined, known: ReadonlyMap<string, string>): string {
  if (!element) return 'sha1';
  const algorithm = element.attributes.get('Algorithm') ?? 'none';
  const digest = known.get(algorithm);
  if (digest) return digest;
  throw weakEncryption(known.keys(), algorithm);
}

function labelOf(method: XmlElement): Buffer {
  const params = childNamed(method, xenc, 'OAEPparams');
  return params ? base64Of(params) : Buffer.alloc(0);
}

function methodOf(element: XmlElement): XmlElement {
  const method = childNamed(element, xenc, 'EncryptionMethod');
  if (method) return method;
  throw misshapen('EncryptionMethod', 'none');
}

// A CipherReference would have us fetch what a stranger names: it is no CipherValue, and so refused.
function cipherValue(element: XmlElement): Buffer {
  const data = childNamed(element, xenc, 'CipherData');
  const value = data && childNamed(data, xenc, 'CipherValue');
  if (value) return base64Of(value);
  throw misshapen(
    'CipherData with a CipherValue',
    data?.children.map(({ name }) => name).slice(0, 5) ?? 'none',
  );
}

function base64Of(element: XmlElement): Buffer {
  const octets = decodeBase64(valueOf(element));
  if (octets) return octets;
  throw misshapen(`base64 in ${element.name}`, 'other characters or a wrong length');
}

function misshapen(want: unknown, got: unknown): SsoError {
  const message = 'The encrypted assertion is not built the way XML Encryption wants it.';
  return new SsoError('saml_structure_invalid', message, { want, got });
}
