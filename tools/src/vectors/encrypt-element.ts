import { constants, createCipheriv, createHash, publicEncrypt } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { algorithms, hashOf } from './algorithms';
import { publicKeyOf } from './keys';
import type { KeyName } from './keys';

/** How an identity provider, or an attacker, encrypts; everything has its usual value where absent. */
export interface EncryptionStyle {
  readonly content?: string;
  readonly transport?: string;
  readonly to?: KeyName;
  /** OAEP's own digest; null leaves DigestMethod out, which means SHA-1. */
  readonly digest?: string | null;
  /** XML Encryption 1.1 5.5.2; null leaves MGF out, which means SHA-1. */
  readonly mask?: string | null;
  /** Where the encrypted key stands: in EncryptedData's KeyInfo, or behind EncryptedData. */
  readonly keyPlace?: 'inside' | 'behind';
  readonly prefix?: string;
  /** Bends iv, ciphertext and tag, as one. */
  readonly octets?: (octets: Buffer) => Buffer;
  readonly wrapped?: (octets: Buffer) => Buffer;
  readonly lineEnd?: string;
  /** Leaves out what the assertion declares, which then comes from around it. */
  readonly bare?: boolean;
}

const xenc = 'http://www.w3.org/2001/04/xmlenc#';
const ds = 'http://www.w3.org/2000/09/xmldsig#';

/** EncryptedData (and EncryptedKey) around some XML, made the same each time: its key and IV come from the text. */
export function encryptedData(xml: string, style: EncryptionStyle = {}): string {
  const { content = algorithms.aes256Gcm, keyPlace = 'inside', prefix: x = 'xenc' } = style;
  const key = expanded(`key of ${content} ${xml}`, keyLength(content));
  const octets = encryptContent(content, key, xml);
  const wrapped = encryptedKey(key, style);
  const info =
    keyPlace === 'inside' ? wrapped : `<ds:RetrievalMethod Type="${xenc}EncryptedKey" URI="#_key"/>`;
  const data = `<${x}:EncryptedData xmlns:${x}="${xenc}" Type="${xenc}Element"><${x}:EncryptionMethod Algorithm="${content}"/><ds:KeyInfo xmlns:ds="${ds}">${info}</ds:KeyInfo>${cipher(x, (style.octets ?? same)(octets), style)}</${x}:EncryptedData>`;
  return keyPlace === 'inside' ? data : `${data}${wrapped}`;
}

/** Puts the assertion of a response into an EncryptedAssertion. */
export function encryptAssertion(xml: string, style: EncryptionStyle = {}, p = 'saml'): string {
  const pattern = new RegExp(`<${p}:Assertion[ >].*</${p}:Assertion>`, 's');
  const assertion = pattern.exec(xml)?.[0];
  if (!assertion) throw new Error('The response has no assertion to encrypt');
  const declaration = ` xmlns:${p}="urn:oasis:names:tc:SAML:2.0:assertion"`;
  const encrypted = encryptedData(style.bare ? assertion.replace(declaration, '') : assertion, style);
  const head = `<${p}:EncryptedAssertion${declaration}>`;
  return xml.replace(assertion, () => `${head}${encrypted}</${p}:EncryptedAssertion>`);
}

function encryptedKey(key: Buffer, style: EncryptionStyle): string {
  const { transport = algorithms.oaep, to = 'sp-encryption', prefix: x = 'xenc', keyPlace } = style;
  const wrapped = (style.wrapped ?? same)(wrapKey(key, publicKeyOf(to), style));
  const id = keyPlace === 'behind' ? ' Id="_key"' : '';
  return `<${x}:EncryptedKey xmlns:${x}="${xenc}"${id}><${x}:EncryptionMethod Algorithm="${transport}">${transportDetails(style)}</${x}:EncryptionMethod>${cipher(x, wrapped, style)}</${x}:EncryptedKey>`;
}

function transportDetails({
  transport = algorithms.oaep,
  digest = algorithms.sha1,
  mask = null,
}: EncryptionStyle) {
  if (!transport.includes('oaep')) return '';
  const method = digest === null ? '' : `<ds:DigestMethod xmlns:ds="${ds}" Algorithm="${digest}"/>`;
  return mask === null
    ? method
    : `${method}<xenc11:MGF xmlns:xenc11="http://www.w3.org/2009/xmlenc11#" Algorithm="${mask}"/>`;
}

function cipher(x: string, octets: Buffer, { lineEnd }: EncryptionStyle): string {
  const text = octets.toString('base64');
  const value = lineEnd === undefined ? text : (text.match(/.{1,76}/g) ?? []).join(lineEnd);
  return `<${x}:CipherData><${x}:CipherValue>${value}</${x}:CipherValue></${x}:CipherData>`;
}

function keyLength(content: string): number {
  if (content === algorithms.tripleDes) return 24;
  return Number(/aes(\d+)/.exec(content)?.[1] ?? 256) / 8;
}

// XML Encryption 5.2: the IV stands before the ciphertext, the tag of GCM behind it.
function encryptContent(content: string, key: Buffer, xml: string): Buffer {
  if (content.endsWith('gcm')) return encryptGcm(key, xml);
  const triple = content === algorithms.tripleDes;
  const iv = expanded(`iv ${xml}`, triple ? 8 : 16);
  const cipherName = triple ? 'des-ede3-cbc' : `aes-${key.length * 8}-cbc`;
  const cipher = createCipheriv(cipherName, key, iv);
  return Buffer.concat([iv, cipher.update(xml, 'utf8'), cipher.final()]);
}

function encryptGcm(key: Buffer, xml: string): Buffer {
  const iv = expanded(`iv ${xml}`, 12);
  const name = key.length === 16 ? 'aes-128-gcm' : key.length === 24 ? 'aes-192-gcm' : 'aes-256-gcm';
  const cipher = createCipheriv(name, key, iv);
  return Buffer.concat([iv, cipher.update(xml, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

function wrapKey(key: Buffer, to: KeyObject, style: EncryptionStyle): Buffer {
  const size = (to.asymmetricKeyDetails?.modulusLength ?? 2048) / 8;
  const { transport = algorithms.oaep } = style;
  const padded = transport === algorithms.rsa15 ? paddedOldWay(key, size) : paddedByOaep(key, size, style);
  return publicEncrypt({ key: to, padding: constants.RSA_NO_PADDING }, padded);
}

// RFC 8017 7.2.1, with padding that is not drawn by chance.
function paddedOldWay(key: Buffer, size: number): Buffer {
  const filler = Buffer.alloc(size - key.length - 3, 0xa5);
  return Buffer.concat([Buffer.from([0, 2]), filler, Buffer.from([0]), key]);
}

// RFC 8017 7.1.1, by hand because the seed must be the same each time and the two hashes may differ.
function paddedByOaep(key: Buffer, size: number, { digest, mask }: EncryptionStyle): Buffer {
  const hash = hashOf(digest ?? algorithms.sha1);
  const maskHash = hashOf(mask ?? algorithms.mgf1Sha1);
  const label = createHash(hash).digest();
  const filler = Buffer.alloc(size - key.length - 2 * label.length - 2);
  const block = Buffer.concat([label, filler, Buffer.from([1]), key]);
  const seed = expanded(`seed ${key.toString('hex')}`, label.length);
  const maskedBlock = xor(block, generated(maskHash, seed, block.length));
  const maskedSeed = xor(seed, generated(maskHash, maskedBlock, seed.length));
  return Buffer.concat([Buffer.from([0]), maskedSeed, maskedBlock]);
}

/** RFC 8017 B.2.1: MGF1. */
function generated(hash: string, seed: Buffer, length: number): Buffer {
  const blocks: Buffer[] = [];
  for (let count = 0; Buffer.concat(blocks).length < length; count += 1) {
    const counter = Buffer.from([0, 0, 0, count]);
    blocks.push(createHash(hash).update(seed).update(counter).digest());
  }
  return Buffer.concat(blocks).subarray(0, length);
}

function xor(one: Buffer, other: Buffer): Buffer {
  return Buffer.from(one.map((octet, at) => octet ^ (other[at] ?? 0)));
}

function expanded(text: string, length: number): Buffer {
  return createHash('sha512').update(text).digest().subarray(0, length);
}

function same(octets: Buffer): Buffer {
  return octets;
}
