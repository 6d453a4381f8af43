import { createPublicKey, sign, type KeyObject } from 'node:crypto';
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
import type { Chance } from '../shared/chance';

const sha256WithRsa = '1.2.840.113549.1.1.11';
const commonName = '2.5.4.3';
const day = 86_400_000;
const lifetime = 3_653 * day;

/**
 * The envelope in which SAML metadata carries a public key (SAML Metadata 2.4.1.1). Nobody relies on its dates or its
 * name; they are long and plain, because some identity providers refuse an expired one.
 */
export function selfSignedCertificate(privateKey: KeyObject, now: Date, chance: Chance): string {
  const content = contentOf(privateKey, now, chance);
  const signature = sign('sha256', Buffer.from(AsnConvert.serialize(content)), privateKey);
  const certificate = new Certificate({
    tbsCertificate: content,
    signatureAlgorithm: rsaSha256(),
    signatureValue: bytesOf(signature),
  });
  return pem(Buffer.from(AsnConvert.serialize(certificate)));
}

function contentOf(privateKey: KeyObject, now: Date, chance: Chance): TBSCertificate {
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const name = nameOf('Gatehouse SAML service provider');
  return new TBSCertificate({
    version: Version.v3,
    serialNumber: serialNumber(chance),
    signature: rsaSha256(),
    issuer: name,
    subject: name,
    // A day back: an identity provider's clock may be slow.
    validity: new Validity({
      notBefore: new Date(now.getTime() - day),
      notAfter: new Date(now.getTime() + lifetime),
    }),
    subjectPublicKeyInfo: AsnConvert.parse(publicKey, SubjectPublicKeyInfo),
  });
}

// RFC 5280 4.1.2.2: positive, at most 20 octets, and the first one may not be padding.
function serialNumber(chance: Chance): ArrayBuffer {
  return bytesOf(Uint8Array.of(0x4a, ...chance.bytes(15)));
}

function rsaSha256(): AlgorithmIdentifier {
  return new AlgorithmIdentifier({ algorithm: sha256WithRsa, parameters: null });
}

function nameOf(text: string): Name {
  const value = new AttributeValue({ utf8String: text });
  return new Name([new RelativeDistinguishedName([new AttributeTypeAndValue({ type: commonName, value })])]);
}

function bytesOf(octets: Uint8Array): ArrayBuffer {
  return new OctetString(octets).buffer;
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
