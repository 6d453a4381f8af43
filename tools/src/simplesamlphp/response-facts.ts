import { createDecipheriv, privateDecrypt } from 'node:crypto';
import { SignedXml } from 'xml-crypto';

/** Names of the elements that a signature by this certificate covers, judged by xml-crypto; throws at one that does not hold. */
export function signedElements(xml: string, certificatePem: string): string[] {
  const signatures = xml.match(/<ds:Signature [\s\S]*?<\/ds:Signature>/g) ?? [];
  return signatures.flatMap((signature) => covered(xml, signature, certificatePem)).sort();
}

function covered(xml: string, signature: string, certificatePem: string): string[] {
  // Without this, xml-crypto would trust the certificate that the document itself brings.
  const judge = new SignedXml({ publicCert: certificatePem, getCertFromKeyInfo: () => null });
  judge.loadSignature(signature);
  if (!judge.checkSignature(xml)) throw new Error('A signature does not hold.');
  return judge.getSignedReferences().map((element) => /^<(?:\w+:)?(\w+)/.exec(element)?.[1] ?? '');
}

/** Text of every element with this local name; enough for documents that SimpleSAMLphp writes. */
export function textsOf(xml: string, localName: string): string[] {
  const pattern = new RegExp(`<(?:\\w+:)?${localName}(?:\\s[^>]*)?>([^<]*)<`, 'g');
  return [...xml.matchAll(pattern)].map(([, written]) => written ?? '');
}

export function nameIdOf(xml: string): { format: string | undefined; value: string | undefined } {
  const format = /<saml:NameID [^>]*Format="([^"]*)"/.exec(xml)?.[1];
  return { format, value: textsOf(xml, 'NameID')[0] };
}

export function attributeOf(xml: string, name: string): string[] {
  const [element = ''] =
    new RegExp(`<saml:Attribute Name="${name}"[\\s\\S]*?</saml:Attribute>`).exec(xml) ?? [];
  return textsOf(element, 'AttributeValue');
}

/** XML Encryption 1.1, 5.2: the content key by RSA-OAEP; then IV, ciphertext, and padding whose last octet is its length. */
export function decryptAssertion(xml: string, privateKeyPem: string): string {
  const [wrapped = '', sealed = ''] = textsOf(xml, 'CipherValue').map((value) => value.replace(/\s/g, ''));
  const key = privateDecrypt(privateKeyPem, Buffer.from(wrapped, 'base64'));
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-128-cbc', key, bytes.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]);
  return padded.subarray(0, -(padded.at(-1) ?? 0)).toString('utf8');
}
