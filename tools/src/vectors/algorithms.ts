const signature = 'http://www.w3.org/2000/09/xmldsig#';
const more = 'http://www.w3.org/2001/04/xmldsig-more#';
const encryption = 'http://www.w3.org/2001/04/xmlenc#';
const encryption11 = 'http://www.w3.org/2009/xmlenc11#';

/** Identifiers of XML Signature, XML Encryption and Canonical XML, good and bad ones. */
export const algorithms = {
  rsaSha256: `${more}rsa-sha256`,
  rsaSha384: `${more}rsa-sha384`,
  rsaSha512: `${more}rsa-sha512`,
  rsaSha1: `${signature}rsa-sha1`,
  rsaMd5: `${more}rsa-md5`,
  rsaRipemd160: `${more}rsa-ripemd160`,
  rsaPssSha256: 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1',
  ecdsaSha256: `${more}ecdsa-sha256`,
  ecdsaSha384: `${more}ecdsa-sha384`,
  ecdsaSha512: `${more}ecdsa-sha512`,
  ecdsaSha1: `${more}ecdsa-sha1`,
  ed25519: 'http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519',
  hmacSha1: `${signature}hmac-sha1`,
  hmacSha256: `${more}hmac-sha256`,
  sha1: `${signature}sha1`,
  sha224: `${more}sha224`,
  sha256: `${encryption}sha256`,
  sha384: `${more}sha384`,
  sha512: `${encryption}sha512`,
  md5: `${more}md5`,
  enveloped: `${signature}enveloped-signature`,
  base64: `${signature}base64`,
  exclusive: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  exclusiveWithComments: 'http://www.w3.org/2001/10/xml-exc-c14n#WithComments',
  inclusive: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
  inclusive11: 'http://www.w3.org/2006/12/xml-c14n11',
  xpath: 'http://www.w3.org/TR/1999/REC-xpath-19991116',
  xpathFilter2: 'http://www.w3.org/2002/06/xmldsig-filter2',
  xslt: 'http://www.w3.org/TR/1999/REC-xslt-19991116',
  decrypt: 'http://www.w3.org/2002/07/decrypt#XML',
  aes128Gcm: `${encryption11}aes128-gcm`,
  aes192Gcm: `${encryption11}aes192-gcm`,
  aes256Gcm: `${encryption11}aes256-gcm`,
  aes128Cbc: `${encryption}aes128-cbc`,
  aes256Cbc: `${encryption}aes256-cbc`,
  tripleDes: `${encryption}tripledes-cbc`,
  rsa15: `${encryption}rsa-1_5`,
  oaep: `${encryption}rsa-oaep-mgf1p`,
  oaep11: `${encryption11}rsa-oaep`,
  mgf1Sha1: `${encryption11}mgf1sha1`,
  mgf1Sha256: `${encryption11}mgf1sha256`,
} as const;

/** The hash that a signature or digest identifier stands for, by the name that node:crypto has for it. */
export function hashOf(algorithm: string): string {
  const name = /(?:sha1|sha224|sha256|sha384|sha512|md5|ripemd160)/.exec(algorithm)?.[0];
  return name ?? 'sha256';
}
