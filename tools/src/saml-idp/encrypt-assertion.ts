import { X509Certificate, constants, createCipheriv, publicEncrypt, randomBytes } from 'node:crypto';
import type { CipherGCMTypes } from 'node:crypto';
import { encodeOaep } from './encode-oaep';
import type { OaepDigests } from './encode-oaep';

/** To whom an assertion is encrypted, and how; the weak ones are there so that tests can see them refused. */
export interface Encryption {
  readonly certificatePem: string;
  readonly content?: ContentAlgorithm;
  readonly transport?: TransportAlgorithm;
  readonly digest?: DigestName;
  /** The mask's digest, with the transport `rsa-oaep` only. */
  readonly mask?: DigestName;
  /** `beside`: next to the data, where a RetrievalMethod points. */
  readonly keyPlace?: 'inside' | 'beside';
}

export type ContentAlgorithm =
  'aes128-gcm' | 'aes192-gcm' | 'aes256-gcm' | 'aes128-cbc' | 'aes192-cbc' | 'aes256-cbc' | 'tripledes-cbc';
export type TransportAlgorithm = 'rsa-oaep-mgf1p' | 'rsa-oaep' | 'rsa-1_5';
export type DigestName = 'sha1' | 'sha256';

const XENC = 'http://www.w3.org/2001/04/xmlenc#';
const XENC11 = 'http://www.w3.org/2009/xmlenc11#';
const DS = 'http://www.w3.org/2000/09/xmldsig#';
const DIGESTS: Record<DigestName, string> = { sha1: `${DS}sha1`, sha256: `${XENC}sha256` };

interface Cipher {
  readonly keyLength: number;
  readonly seal: (plain: Buffer, key: Buffer) => Buffer;
}

const CIPHERS: Record<ContentAlgorithm, Cipher> = {
  'aes128-gcm': gcm('aes-128-gcm', 16),
  'aes192-gcm': gcm('aes-192-gcm', 24),
  'aes256-gcm': gcm('aes-256-gcm', 32),
  'aes128-cbc': cbc('aes-128-cbc', 16),
  'aes192-cbc': cbc('aes-192-cbc', 24),
  'aes256-cbc': cbc('aes-256-cbc', 32),
  'tripledes-cbc': cbc('des-ede3-cbc', 24, 8),
};

function gcm(name: CipherGCMTypes, keyLength: number): Cipher {
  const seal = (plain: Buffer, key: Buffer) => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv(name, key, nonce);
    return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  };
  return { keyLength, seal };
}

function cbc(name: string, keyLength: number, nonceLength = 16): Cipher {
  const seal = (plain: Buffer, key: Buffer) => {
    const nonce = randomBytes(nonceLength);
    const cipher = createCipheriv(name, key, nonce);
    return Buffer.concat([nonce, cipher.update(plain), cipher.final()]);
  };
  return { keyLength, seal };
}

/** Puts an EncryptedAssertion in the place of the Assertion (SAML Core 2.3.4). */
export function encryptAssertion(xml: string, encryption: Encryption): string {
  return xml.replace(/<saml:Assertion[\s>][\s\S]*<\/saml:Assertion>/, (assertion) =>
    encryptedElement(assertion, encryption),
  );
}

/** The EncryptedAssertion around any text, which need not be an assertion. */
export function encryptedElement(plain: string, encryption: Encryption): string {
  const { content = 'aes256-gcm', keyPlace = 'inside' } = encryption;
  const key = randomBytes(CIPHERS[content].keyLength);
  const wrapped = encryptedKey(key, encryption);
  const info =
    keyPlace === 'inside' ? wrapped : `<ds:RetrievalMethod Type="${XENC}EncryptedKey" URI="#_wrapped"/>`;
  const data = [
    `<xenc:EncryptedData xmlns:xenc="${XENC}" Type="${XENC}Element">`,
    `<xenc:EncryptionMethod Algorithm="${contentUri(content)}"/>`,
    `<ds:KeyInfo xmlns:ds="${DS}">${info}</ds:KeyInfo>`,
    cipherData(CIPHERS[content].seal(Buffer.from(plain), key)),
    '</xenc:EncryptedData>',
  ].join('');
  const beside = keyPlace === 'beside' ? wrapped : '';
  return `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${data}${beside}</saml:EncryptedAssertion>`;
}

function encryptedKey(key: Buffer, encryption: Encryption): string {
  return [
    `<xenc:EncryptedKey xmlns:xenc="${XENC}" Id="_wrapped">`,
    transportMethod(encryption),
    cipherData(wrapKey(key, encryption)),
    '</xenc:EncryptedKey>',
  ].join('');
}

function transportMethod({ transport = 'rsa-oaep-mgf1p', digest, mask }: Encryption): string {
  const named = digest ? `<ds:DigestMethod xmlns:ds="${DS}" Algorithm="${DIGESTS[digest]}"/>` : '';
  const masked = mask ? `<xenc11:MGF xmlns:xenc11="${XENC11}" Algorithm="${XENC11}mgf1${mask}"/>` : '';
  const uri = `${transport === 'rsa-oaep' ? XENC11 : XENC}${transport}`;
  return `<xenc:EncryptionMethod Algorithm="${uri}">${named}${masked}</xenc:EncryptionMethod>`;
}

function wrapKey(key: Buffer, encryption: Encryption): Buffer {
  const { publicKey } = new X509Certificate(encryption.certificatePem);
  if (encryption.transport === 'rsa-1_5')
    return publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, key);
  const length = (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  const encoded = encodeOaep(key, length, digestsOf(encryption));
  return publicEncrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, encoded);
}

// XML Encryption 1.1, 5.5.2: the older transport always masks by SHA-1.
function digestsOf({ transport, digest = 'sha1', mask = 'sha1' }: Encryption): OaepDigests {
  return { digest, mask: transport === 'rsa-oaep' ? mask : 'sha1' };
}

function contentUri(content: ContentAlgorithm): string {
  return `${content.endsWith('gcm') ? XENC11 : XENC}${content}`;
}

function cipherData(octets: Buffer): string {
  return `<xenc:CipherData><xenc:CipherValue>${octets.toString('base64')}</xenc:CipherValue></xenc:CipherData>`;
}
