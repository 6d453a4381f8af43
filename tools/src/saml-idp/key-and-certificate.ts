import { createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  Certificate,
  Name,
  RelativeDistinguishedName,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509';

export interface KeyAndCertificate {
  readonly privateKeyPem: string;
  readonly certificatePem: string;
}

export interface CertificateWishes {
  readonly commonName?: string;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly modulusLength?: number;
}

const SHA256_WITH_RSA = '1.2.840.113549.1.1.11';
const COMMON_NAME = '2.5.4.3';
const TEN_YEARS = 10 * 365 * 86_400_000;

/** A new RSA key and its self-signed certificate; costs up to a second, so tests make one and share it. */
export function generateKeyAndCertificate(wishes: CertificateWishes = {}): KeyAndCertificate {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: wishes.modulusLength ?? 2048 });
  return { privateKeyPem: pemOf(privateKey), certificatePem: selfSigned(privateKey, wishes) };
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function selfSigned(privateKey: KeyObject, wishes: CertificateWishes): string {
  const content = contentOf(privateKey, wishes);
  const signature = sign('sha256', Buffer.from(AsnConvert.serialize(content)), privateKey);
  const certificate = new Certificate({
    tbsCertificate: content,
    signatureAlgorithm: rsaSha256(),
    signatureValue: bytesOf(signature),
  });
  return pem(Buffer.from(AsnConvert.serialize(certificate)));
}

function contentOf(privateKey: KeyObject, wishes: CertificateWishes): TBSCertificate {
  const name = distinguishedName(wishes.commonName ?? 'Gatehouse test identity provider');
  const notBefore = wishes.notBefore ?? new Date(Date.now() - 86_400_000);
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return new TBSCertificate({
    version: Version.v3,
    serialNumber: serialNumber(),
    signature: rsaSha256(),
    issuer: name,
    subject: name,
    validity: new Validity({ notBefore, notAfter: wishes.notAfter ?? new Date(+notBefore + TEN_YEARS) }),
    subjectPublicKeyInfo: AsnConvert.parse(publicKey, SubjectPublicKeyInfo),
  });
}

/** RFC 5280 4.1.2.2: positive, and its first octet may not be padding: hence the fixed leading octet. */
function serialNumber(): ArrayBuffer {
  return bytesOf(Buffer.concat([Buffer.from([0x4a]), randomBytes(15)]));
}

function rsaSha256(): AlgorithmIdentifier {
  return new AlgorithmIdentifier({ algorithm: SHA256_WITH_RSA, parameters: null });
}

function distinguishedName(commonName: string): Name {
  const value = new AttributeValue({ utf8String: commonName });
  return new Name([new RelativeDistinguishedName([new AttributeTypeAndValue({ type: COMMON_NAME, value })])]);
}

function bytesOf(buffer: Buffer): ArrayBuffer {
  return new OctetString(buffer).buffer;
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
