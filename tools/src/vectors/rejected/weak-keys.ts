import { createPublicKey } from 'node:crypto';
import { algorithms } from '../algorithms';
import { assertionId, change, honest, signAssertion } from '../honest';
import { certificatePemOf, privateKeyOf } from '../keys';
import type { KeyName } from '../keys';
import { signElement } from '../sign-element';
import type { SignatureStyle } from '../sign-element';
import { asn1Of, signatureValue } from '../signature-value';
import type { Row } from './row';

const weak = 'saml_algorithm_weak';
const invalid = 'saml_signature_invalid';
/** The connection holds these certificates. */
const trusting = (...certificates: KeyName[]) => ({ certificates });
const by = (style: SignatureStyle) => () => signAssertion(honest(), style);
const withCertificate = (key: KeyName) => signElement(honest(), assertionId, { key });
const zeros = (length: number) => () => Buffer.alloc(length);

export const keys: readonly Row[] = [
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
    by({ key: 'idp-k256', algorithm: algorithms.ecdsaSha256 }),
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
    'expired-certificate-and-changed',
    'The certificate is expired, which the connection refuses, and the words were changed as well',
    invalid,
    () => signAssertion(honest(), { key: 'idp-expired' }).replace('ann@', 'eve-ann@'),
    { certificates: ['idp-expired'], settings: { expiredCertificates: 'refuse' } },
  ],
  [
    'expired-certificate-and-weak',
    'The certificate is expired, which the connection refuses, and the signature is RSA with SHA-1',
    weak,
    by({ key: 'idp-expired', algorithm: algorithms.rsaSha1 }),
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
    by({ algorithm: algorithms.ecdsaSha256 }),
  ],
  [
    'rsa-name-for-ec-key',
    'The method says RSA where the key is elliptic',
    invalid,
    by({ key: 'idp-p256', algorithm: algorithms.rsaSha256 }),
    trusting('idp-p256'),
  ],
  [
    'wrong-hash',
    'The method says SHA-512 where SHA-256 was signed',
    invalid,
    by({
      algorithm: algorithms.rsaSha512,
      value: (text) => signatureValue(algorithms.rsaSha256, privateKeyOf('idp'), text),
    }),
  ],
  [
    'ecdsa-in-asn1',
    'The ECDSA value is ASN.1, as in TLS, and not r and s side by side',
    invalid,
    by({
      key: 'idp-p256',
      algorithm: algorithms.ecdsaSha256,
      value: (text) => asn1Of(signatureValue(algorithms.ecdsaSha256, privateKeyOf('idp-p256'), text)),
    }),
    { certificates: ['idp-p256'], reference: 'RFC 9231, 2.3.6' },
  ],
  [
    'ecdsa-zeros',
    'The ECDSA value is r = s = 0',
    invalid,
    by({ key: 'idp-p256', algorithm: algorithms.ecdsaSha256, value: zeros(64) }),
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
        Buffer.concat([signatureValue(algorithms.rsaSha256, privateKeyOf('idp'), text), Buffer.from([0])]),
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
