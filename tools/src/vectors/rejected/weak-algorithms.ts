import { createPublicKey } from 'node:crypto';
import { algorithms } from '../algorithms';
import { change, honest, signAssertion, signResponse } from '../honest';
import { certificatePemOf } from '../keys';
import type { KeyName } from '../keys';
import type { SignatureStyle } from '../sign-element';
import { hmacValue } from '../signature-value';
import { vectors } from './row';
import type { Row } from './row';
import { keys } from './weak-keys';

const weak = 'saml_algorithm_weak';

const by = (style: SignatureStyle) => () => signAssertion(honest(), style);
const trusting = (...certificates: KeyName[]) => ({ certificates });
const publicPem = () =>
  createPublicKey(certificatePemOf('idp')).export({ type: 'spki', format: 'pem' }).toString();
const publicDer = () => createPublicKey(certificatePemOf('idp')).export({ type: 'spki', format: 'der' });
const named: readonly Row[] = [
  [
    'rsa-sha1',
    'The signature is RSA with SHA-1',
    weak,
    by({ algorithm: algorithms.rsaSha1 }),
    { reference: 'RFC 9231, 1.1' },
  ],
  [
    'rsa-sha1-of-response',
    "The response's signature is RSA with SHA-1",
    weak,
    () => signResponse(honest(), { algorithm: algorithms.rsaSha1 }),
  ],
  [
    'sha1-digest',
    'The digest is SHA-1 while the signature is RSA-SHA256',
    weak,
    by({ digest: algorithms.sha1 }),
  ],
  [
    'weak-beside-strong',
    "The assertion's signature is strong, the response's is SHA-1",
    weak,
    () => signResponse(signAssertion(honest()), { algorithm: algorithms.rsaSha1 }),
  ],
  ['rsa-md5', 'The signature is RSA with MD5', weak, by({ algorithm: algorithms.rsaMd5 })],
  ['md5-digest', 'The digest is MD5', weak, by({ digest: algorithms.md5 })],
  ['sha224-digest', 'The digest is SHA-224', weak, by({ digest: algorithms.sha224 })],
  ['rsa-ripemd160', 'The signature is RSA with RIPEMD-160', weak, by({ algorithm: algorithms.rsaRipemd160 })],
  [
    'rsa-pss',
    'The signature method is RSA-PSS, which is not offered',
    weak,
    by({ algorithm: algorithms.rsaPssSha256 }),
  ],
  [
    'ecdsa-sha1',
    'The signature is ECDSA with SHA-1',
    weak,
    by({ key: 'idp-p256', algorithm: algorithms.ecdsaSha1 }),
    trusting('idp-p256'),
  ],
  [
    'hmac-sha256-public-key-pem',
    "An HMAC with the provider's public key, as PEM, for its secret",
    weak,
    by({
      algorithm: algorithms.hmacSha256,
      value: (text) => hmacValue(algorithms.hmacSha256, publicPem(), text),
    }),
    { reference: 'CVE-2015-9235 in kind' },
  ],
  [
    'hmac-sha256-public-key-der',
    "An HMAC with the provider's public key, as DER, for its secret",
    weak,
    by({
      algorithm: algorithms.hmacSha256,
      value: (text) => hmacValue(algorithms.hmacSha256, publicDer(), text),
    }),
  ],
  [
    'hmac-sha256-certificate',
    "An HMAC with the provider's certificate for its secret",
    weak,
    by({
      algorithm: algorithms.hmacSha256,
      value: (text) => hmacValue(algorithms.hmacSha256, certificatePemOf('idp'), text),
    }),
  ],
  [
    'hmac-sha1-empty-key',
    'An HMAC-SHA1 with an empty secret',
    weak,
    by({ algorithm: algorithms.hmacSha1, value: (text) => hmacValue(algorithms.hmacSha1, '', text) }),
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
    by({ algorithm: `${algorithms.rsaSha256} ` }),
  ],
  [
    'algorithm-in-capitals',
    'The name of the signature method is in another case',
    weak,
    by({ algorithm: algorithms.rsaSha256.replace('rsa-sha256', 'RSA-SHA256') }),
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
    by({ key: 'idp-ed25519', algorithm: algorithms.ed25519 }),
    trusting('idp-ed25519'),
  ],
];

export const weakAlgorithms = vectors(['SML-4'], [...named, ...keys]);
