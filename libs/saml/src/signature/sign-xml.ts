import { createHash, sign } from 'node:crypto';
import type { SamlSigningKey } from '@gatehouse/core';
import { namespaces } from '../names';
import { canonicalize } from '../xml/canonicalize';
import { messageCodes, messageLimits } from '../xml/message-limits';
import { parseXml } from '../xml/parse-xml';
import { element } from '../xml/write-xml';
import { envelopedSignature, exclusiveC14n } from './signature-algorithms';

/** What our own signatures are made with, as XML Signature and the query's SigAlg name it (RFC 9231, 2.3.2). */
export const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
const issuerEnd = '</saml:Issuer>';

/** Signs a protocol message of ours as a whole; the signature stands after the issuer (SAML Core 3.2.1, 5.4). */
export function signXml(xml: string, key: SamlSigningKey): string {
  const at = xml.indexOf(issuerEnd);
  if (at === -1) throw new Error('A message without an issuer cannot be signed.');
  const place = at + issuerEnd.length;
  return `${xml.slice(0, place)}${signatureOf(xml, key)}${xml.slice(place)}`;
}

function signatureOf(xml: string, { privateKey, certificatePem }: SamlSigningKey): string {
  const info = signedInfo(xml);
  const value = sign('sha256', Buffer.from(canonical(info)), privateKey);
  return element(
    'ds:Signature',
    { 'xmlns:ds': namespaces.signature },
    info,
    element('ds:SignatureValue', {}, value.toString('base64')),
    keyInfo(certificatePem),
  );
}

// It declares its own prefix, so that it means the same alone, as it is signed, and in its place.
function signedInfo(xml: string): string {
  return element(
    'ds:SignedInfo',
    { 'xmlns:ds': namespaces.signature },
    element('ds:CanonicalizationMethod', { Algorithm: exclusiveC14n }),
    element('ds:SignatureMethod', { Algorithm: rsaSha256 }),
    reference(xml),
  );
}

function reference(xml: string): string {
  const root = parseXml(xml, messageLimits, messageCodes);
  const digest = createHash('sha256').update(canonicalize(root)).digest('base64');
  return element(
    'ds:Reference',
    { URI: `#${root.attributes.get('ID') ?? ''}` },
    element(
      'ds:Transforms',
      {},
      element('ds:Transform', { Algorithm: envelopedSignature }),
      element('ds:Transform', { Algorithm: exclusiveC14n }),
    ),
    element('ds:DigestMethod', { Algorithm: sha256 }),
    element('ds:DigestValue', {}, digest),
  );
}

function canonical(xml: string): string {
  return canonicalize(parseXml(xml, messageLimits, messageCodes));
}

/** The certificate as XML Signature and metadata carry it: base64 without the lines of PEM. */
export function keyInfo(certificatePem: string): string {
  const body = certificatePem.replace(/-----[A-Z ]+-----|\s/g, '');
  const certificate = element('ds:X509Certificate', {}, body);
  return element('ds:KeyInfo', { 'xmlns:ds': namespaces.signature }, element('ds:X509Data', {}, certificate));
}
