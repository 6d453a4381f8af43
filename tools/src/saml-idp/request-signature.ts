import { X509Certificate, verify } from 'node:crypto';
import { SignedXml } from 'xml-crypto';

const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const DS = 'http://www.w3.org/2000/09/xmldsig#';

/** SAML Bindings 3.4.4.1: the signature covers the query's octets as they came, in this order. */
export function redirectIsSigned(url: string, certificatesPem: readonly string[]): boolean {
  const query = rawQuery(url);
  if (decodeURIComponent(query.get('SigAlg') ?? '') !== RSA_SHA256) return false;
  const signed = ['SAMLRequest', 'RelayState', 'SigAlg'].flatMap((name) =>
    query.has(name) ? [`${name}=${query.get(name) ?? ''}`] : [],
  );
  const octets = Buffer.from(signed.join('&'));
  const signature = Buffer.from(decodeURIComponent(query.get('Signature') ?? ''), 'base64');
  return certificatesPem.some((pem) =>
    verify('sha256', octets, new X509Certificate(pem).publicKey, signature),
  );
}

/** SAML Core 5: one enveloped signature over the whole request, right after its issuer. */
export function documentIsSigned(xml: string, certificatesPem: readonly string[]): boolean {
  const [signature, ...more] = xml.match(/<ds:Signature [\s\S]*?<\/ds:Signature>/g) ?? [];
  if (!signature || more.length > 0 || !xml.includes(`</saml:Issuer>${signature}`)) return false;
  return certificatesPem.some((publicCert) => fits(xml, signature, publicCert));
}

function fits(xml: string, signature: string, publicCert: string): boolean {
  const verifier = new SignedXml({ publicCert, getCertFromKeyInfo: () => null });
  verifier.loadSignature(signature);
  try {
    const [covered, ...more] = verifier.checkSignature(xml) ? verifier.getSignedReferences() : [];
    return more.length === 0 && (covered ?? '').startsWith('<samlp:AuthnRequest') && !covered?.includes(DS);
  } catch {
    return false;
  }
}

function rawQuery(url: string): ReadonlyMap<string, string> {
  const pairs = url.slice(url.indexOf('?') + 1).split('&');
  return new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}
