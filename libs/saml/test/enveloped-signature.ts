import { createHash, sign } from 'node:crypto';
import type { SignPrivateKeyInput } from 'node:crypto';

const ds = 'http://www.w3.org/2000/09/xmldsig#';
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const more = 'http://www.w3.org/2001/04/xmldsig-more#';
const sha2 = {
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha384: `${more}sha384`,
  sha512: 'http://www.w3.org/2001/04/xmlenc#sha512',
};

export interface SigningOptions {
  /** With `dsaEncoding: 'ieee-p1363'` for an elliptic key. */
  readonly key: string | SignPrivateKeyInput;
  readonly kind?: 'rsa' | 'ecdsa';
  readonly hash?: keyof typeof sha2;
  readonly prefixes?: readonly string[];
  /** What stands in SignedInfo may be changed before it is signed. */
  readonly info?: (canonical: string) => string;
}

/**
 * A signature over these canonical octets of the element with this ID, without any XML library: SignedInfo is written in
 * canonical form to begin with.
 */
export function envelopedSignature(octets: string, id: string, options: SigningOptions): string {
  const { kind = 'rsa', hash = 'sha256', prefixes = [], info: change = (text) => text } = options;
  const list = `<ec:InclusiveNamespaces xmlns:ec="${exclusive}" PrefixList="${prefixes.join(' ')}"></ec:InclusiveNamespaces>`;
  const digest = createHash(hash).update(octets).digest('base64');
  const info = change(
    `<ds:SignedInfo xmlns:ds="${ds}"><ds:CanonicalizationMethod Algorithm="${exclusive}"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="${more}${kind}-${hash}"></ds:SignatureMethod><ds:Reference URI="#${id}"><ds:Transforms><ds:Transform Algorithm="${ds}enveloped-signature"></ds:Transform><ds:Transform Algorithm="${exclusive}">${prefixes.length > 0 ? list : ''}</ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="${sha2[hash]}"></ds:DigestMethod><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`,
  );
  const value = sign(hash, Buffer.from(info), options.key).toString('base64');
  return `<ds:Signature xmlns:ds="${ds}">${info}<ds:SignatureValue>${value}</ds:SignatureValue></ds:Signature>`;
}
