import { SignedXml } from 'xml-crypto';
import type { KeyAndCertificate } from './key-and-certificate';

/** Which elements carry a signature of their own. */
export type SignMode = 'assertion' | 'response' | 'both' | 'none';

/** The weak one is there so that tests can see it refused. */
export type SignatureAlgorithm = 'rsa-sha256' | 'rsa-sha512' | 'rsa-sha1';

const EXCLUSIVE_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
const RESPONSE = "/*[local-name(.)='Response']";
const ASSERTION = `${RESPONSE}/*[local-name(.)='Assertion']`;

const ALGORITHMS: Record<SignatureAlgorithm, { signature: string; digest: string }> = {
  'rsa-sha256': {
    signature: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    digest: 'http://www.w3.org/2001/04/xmlenc#sha256',
  },
  'rsa-sha512': {
    signature: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
    digest: 'http://www.w3.org/2001/04/xmlenc#sha512',
  },
  'rsa-sha1': {
    signature: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
    digest: 'http://www.w3.org/2000/09/xmldsig#sha1',
  },
};

/** Signs what the mode asks for: the assertion first, because the response's signature covers it, encrypted or not. */
export function signResponse(
  xml: string,
  mode: SignMode,
  key: KeyAndCertificate,
  algorithm: SignatureAlgorithm,
  encrypt: (xml: string) => string = (open) => open,
): string {
  const signs = (part: SignMode) => mode === part || mode === 'both';
  const inner = signs('assertion') ? signElement(xml, ASSERTION, key, algorithm) : xml;
  const document = encrypt(inner);
  return signs('response') ? signElement(document, RESPONSE, key, algorithm) : document;
}

/** Signs the element at this path, right after its issuer. */
export function signElement(
  xml: string,
  xpath: string,
  key: KeyAndCertificate,
  algorithm: SignatureAlgorithm,
): string {
  const { signature, digest } = ALGORITHMS[algorithm];
  const signer = new SignedXml({
    privateKey: key.privateKeyPem,
    publicCert: key.certificatePem,
    signatureAlgorithm: signature,
    canonicalizationAlgorithm: EXCLUSIVE_C14N,
  });
  signer.addReference({ xpath, digestAlgorithm: digest, transforms: [ENVELOPED, EXCLUSIVE_C14N] });
  // The schema wants the signature right after the issuer (SAML Core 2.3.3, 3.2.2).
  const reference = `${xpath}/*[local-name(.)='Issuer']`;
  signer.computeSignature(xml, { prefix: 'ds', location: { reference, action: 'after' } });
  return signer.getSignedXml();
}
