import { createPublicKey } from 'node:crypto';
import { algorithms } from '../algorithms';
import { assertionId, change, honest, signAssertion, signResponse } from '../honest';
import { certificatePemOf, privateKeyOf } from '../keys';
import type { KeyName } from '../keys';
import { asn1Of, hmacValue, signatureValue } from '../signature-value';
import { signElement } from '../sign-element';
import type { SignatureStyle } from '../sign-element';
import { vectors } from './row';
import type { Row } from './row';

const weak = 'saml_algorithm_weak';
const invalid = 'saml_signature_invalid';
const a = algorithms;

const by = (style: SignatureStyle) => () => signAssertion(honest(), style);
const withCertificate = (key: KeyName) => signElement(honest(), assertionId, { key });
const trusting = (...certificates: KeyName[]) => ({ certificates });
const publicPem = () =>
  createPublicKey(certificatePemOf('idp')).export({ type: 'spki', format: 'pem' }).toString();
const publicDer = () => createPublicKey(certificatePemOf('idp')).export({ type: 'spki', format: 'der' });
const zeros = (length: number) => () => Buffer.alloc(length);

const named: readonly Row[] = [
  [
    'rsa-sha1',
    'The signature is RSA with SHA-1',
    weak,
    by({ algorithm: a.rsaSha1 }),
    { reference: 'RFC 9231, 1.1' },
  ],
  [
    'rsa-sha1-of-response',
    "The response's signature is RSA with SHA-1",
    weak,
    () => signResponse(honest(), { algorithm: a.rsaSha1 }),
  ],
  ['sha1-digest', 'The digest is SHA-1 while the signature is RSA-SHA256', weak, by({ digest: a.sha1 })],
  [
    'weak-beside-strong',
    "The assertion's signature is strong, the response's is SHA-1",
    weak,
    () => signResponse(signAssertion(honest()), { algorithm: a.rsaSha1 }),
  ],
  ['rsa-md5', 'The signature is RSA with MD5', weak, by({ algorithm: a.rsaMd5 })],
  ['md5-digest', 'The digest is MD5', weak, by({ digest: a.md5 })],
  ['sha224-digest', 'The digest is SHA-224', weak, by({ digest: a.sha224 })],
  ['rsa-ripemd160', 'The signature is RSA with RIPEMD-160', weak, by({ algorithm: a.rsaRipemd160 })],
  [
    'rsa-pss',
    'The signature method is RSA-PSS, which is not offered',
    weak,
    by({ algorithm: a.rsaPssSha256 }),
  ],
  [
    'ecdsa-sha1',
    'The signature is ECDSA with SHA-1',
    weak,
    by({ key: 'idp-p256', algorithm: a.ecdsaSha1 }),
    trusting('idp-p256'),
  ],
  [
    'hmac-sha256-public-key-pem',
    "An HMAC with the provider's public key, as PEM, for its secret",
    weak,
    by({ algorithm: a.hmacSha256, value: (text) => hmacValue(a.hmacSha256, publicPem(), text) }),
    { reference: 'CVE-2015-9235 in kind' },
  ],
  [
    'hmac-sha256-public-key-der',
    "An HMAC with the provider's public key, as DER, for its secret",
    weak,
    by({ algorithm: a.hmacSha256, value: (text) => hmacValue(a.hmacSha256, publicDer(), text) }),
  ],
  [
    'hmac-sha256-certificate',
    "An HMAC with the provider's certificate for its secret",
    weak,
    by({ algorithm: a.hmacSha256, value: (text) => hmacValue(a.hmacSha256, certificatePemOf('idp'), text) }),
  ],
  [
    'hmac-sha1-empty-key',
    'An HMAC-SHA1 with an empty secret',
    weak,
    by({ algorithm: a.hmacSha1, value: (text) => hmacValue(a.hmacSha1, '', text) }),
  ],
  [
    'algorithm-none',
    'The signature method is called none',
    weak,
    by({ algorithm: 'http://www.w3.org/2000/09/xmldsig#none' }),
  ],
  ['algorithm-empty', 'The signature method has an empty name', weak, by({ algorithm: '' })],
  [
    'algorithm-absent',
    'The signature method has no name',
    weak,
    by({ signedInfo: (xml) => change(xml, /<ds:SignatureMethod [^>]*>/, '<ds:SignatureMethod/>') }),
  ],
  [
    'algorithm-with-space',
    'The name of the signature method ends in a space',
    weak,
    by({ algorithm: `${a.rsaSha256} ` }),
  ],
  [
    'algorithm-in-capitals',
    'The name of the signature method is in another case',
    weak,
    by({ algorithm: a.rsaSha256.replace('rsa-sha256', 'RSA-SHA256') }),
  ],
  [
    'algorithm-of-json',
    'The signature method is called RS256, as in JSON Web Signature',
    weak,
    by({ algorithm: 'RS256' }),
  ],
  [
    'algorithm-of-prototype',
    'The signature method is called __proto__',
    weak,
    by({ algorithm: '__proto__' }),
  ],
  ['digest-none', 'The digest method has an empty name', weak, by({ digest: '' })],
  [
    'ed25519',
    'The signature is Ed25519, which is not offered',
    weak,
    by({ key: 'idp-ed25519', algorithm: a.ed25519 }),
    trusting('idp-ed25519'),
  ],
];

const keys: readonly Row[] = [
  [
    'rsa-1024',
    'The key is RSA of 1024 bits, though the connection holds its certificate',
    weak,
    by({ key: 'idp-1024' }),
    trusting('idp-1024'),
  ],
  [
    'curve-k256',
    'The key is on secp256k1, though the connection holds its certificate',
    weak,
    by({ key: 'idp-k256', algorithm: a.ecdsaSha256 }),
    trusting('idp-k256'),
  ],
  [
    'expired-certificate',
    'The certificate is expired and the connection refuses that',
    'saml_certificate_expired',
    by({ key: 'idp-expired' }),
    { certificates: ['idp-expired'], settings: { expiredCertificates: 'refuse' } },
  ],
  [
    'key-in-key-info',
    'An attacker signs, and puts the certificate into KeyInfo',
    invalid,
    () => withCertificate('attacker'),
    { reference: 'XML Signature 4.5', heldBy: "keys are the connection's certificates" },
  ],
  [
    'key-value-in-key-info',
    'An attacker signs, and puts the bare key into KeyInfo',
    invalid,
    () => {
      const { n = '', e = '' } = createPublicKey(certificatePemOf('attacker')).export({ format: 'jwk' });
      const base64 = (text: string) => Buffer.from(text, 'base64url').toString('base64');
      return signAssertion(honest(), {
        key: 'attacker',
        keyInfo: `<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>${base64(n)}</ds:Modulus><ds:Exponent>${base64(e)}</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>`,
      });
    },
  ],
  [
    'key-behind-retrieval',
    'An attacker signs, and KeyInfo says where the key may be fetched',
    invalid,
    by({ key: 'attacker', keyInfo: '<ds:RetrievalMethod URI="https://attacker.example/key"/>' }),
  ],
  [
    'honest-certificate-in-key-info',
    "An attacker signs, and KeyInfo carries the honest provider's certificate",
    invalid,
    () =>
      withCertificate('attacker').replace(
        /<ds:X509Certificate>[^<]*/,
        () => `<ds:X509Certificate>${certificatePemOf('idp').replace(/-----[^-]+-----|\s/g, '')}`,
      ),
  ],
  [
    'certificate-that-is-gone',
    'The provider signs with a certificate that the connection no longer holds',
    invalid,
    by({ key: 'idp' }),
    trusting('idp-next'),
  ],
  [
    'ecdsa-name-for-rsa-key',
    'The method says ECDSA where the key is RSA',
    invalid,
    by({ algorithm: a.ecdsaSha256 }),
  ],
  [
    'rsa-name-for-ec-key',
    'The method says RSA where the key is elliptic',
    invalid,
    by({ key: 'idp-p256', algorithm: a.rsaSha256 }),
    trusting('idp-p256'),
  ],
  [
    'wrong-hash',
    'The method says SHA-512 where SHA-256 was signed',
    invalid,
    by({ algorithm: a.rsaSha512, value: (text) => signatureValue(a.rsaSha256, privateKeyOf('idp'), text) }),
  ],
  [
    'ecdsa-in-asn1',
    'The ECDSA value is ASN.1, as in TLS, and not r and s side by side',
    invalid,
    by({
      key: 'idp-p256',
      algorithm: a.ecdsaSha256,
      value: (text) => asn1Of(signatureValue(a.ecdsaSha256, privateKeyOf('idp-p256'), text)),
    }),
    { certificates: ['idp-p256'], reference: 'RFC 9231, 2.3.6' },
  ],
  [
    'ecdsa-zeros',
    'The ECDSA value is r = s = 0',
    invalid,
    by({ key: 'idp-p256', algorithm: a.ecdsaSha256, value: zeros(64) }),
    { certificates: ['idp-p256'], reference: 'CVE-2022-21449' },
  ],
  ['rsa-zeros', 'The RSA value is all zeros', invalid, by({ value: zeros(256) })],
  [
    'rsa-one',
    'The RSA value is 1',
    invalid,
    by({ value: () => Buffer.concat([Buffer.alloc(255), Buffer.from([1])]) }),
  ],
  [
    'value-with-more-behind',
    'Octets follow the RSA value',
    invalid,
    by({
      value: (text) =>
        Buffer.concat([signatureValue(a.rsaSha256, privateKeyOf('idp'), text), Buffer.from([0])]),
    }),
  ],
  [
    'value-not-base64',
    'The signature value holds characters that are not base64',
    invalid,
    () => change(signAssertion(honest()), '<ds:SignatureValue>', '<ds:SignatureValue>*'),
  ],
  [
    'value-in-base64url',
    'The signature value is in the URL alphabet of base64',
    invalid,
    () => {
      const xml = signAssertion(honest());
      const value = /(?<=<ds:SignatureValue>)[^<]*/.exec(xml)?.[0] ?? '';
      return change(xml, value, value.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''));
    },
  ],
];

export const weakAlgorithms = vectors(['SML-4'], [...named, ...keys]);
