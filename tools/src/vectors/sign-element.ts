import { createHash } from 'node:crypto';
import { certificateBody } from '../saml-idp';
import { algorithms, hashOf } from './algorithms';
import { canonicalForm, exclusiveForm } from './canonical-form';
import type { CanonicalForm } from './canonical-form';
import { certificatePemOf, privateKeyOf } from './keys';
import type { KeyName } from './keys';
import { signatureValue } from './signature-value';
import { findElement, xmlTree } from './xml-tree';
import type { ElementNode } from './xml-tree';

/** How an identity provider, or an attacker who has its key, writes a signature. */
export interface SignatureStyle {
  readonly key?: KeyName;
  readonly algorithm?: string;
  readonly digest?: string;
  /** '' writes the signature with a default namespace. */
  readonly prefix?: string;
  readonly uri?: string | null;
  readonly canonicalization?: string;
  /** One XML element each; where absent, enveloped signature and exclusive C14N with `prefixList`. */
  readonly transforms?: readonly string[];
  readonly prefixList?: readonly string[];
  /** null leaves KeyInfo out; where absent it carries the certificate. */
  readonly keyInfo?: string | null;
  readonly lineEnd?: string;
  /** How the digest's octets are made, where the transforms say something else. */
  readonly form?: CanonicalForm;
  readonly infoForm?: CanonicalForm;
  /** What is digested instead of the element. */
  readonly digested?: (element: ElementNode) => string;
  /** Bends SignedInfo before it is signed, so that the signature over it holds. */
  readonly signedInfo?: (xml: string) => string;
  readonly value?: (material: string) => Buffer;
  /** Behind which child the signature stands: where absent, behind the issuer. */
  readonly behind?: RegExp;
}

const placeOfValue = 'SIGNATURE-VALUE';

/** Signs the element with this ID and puts the signature in it, where the schema wants it. */
export function signElement(xml: string, id: string, style: SignatureStyle = {}): string {
  const unsigned = byId(xmlTree(xml), id);
  const listed = { ...exclusiveForm, prefixList: style.prefixList ?? [] };
  const digested = style.digested?.(unsigned) ?? canonicalForm(unsigned, style.form ?? listed);
  const digest = createHash(hashOf(style.digest ?? algorithms.sha256))
    .update(digested)
    .digest('base64');
  const placed = place(xml, id, signatureXml(id, digest, style), style.behind);
  const material = canonicalForm(signedInfoIn(xmlTree(placed), id), style.infoForm ?? exclusiveForm);
  return placed.replace(placeOfValue, () => encodedValue(material, style));
}

function encodedValue(material: string, style: SignatureStyle): string {
  const { key = 'idp', algorithm = algorithms.rsaSha256 } = style;
  const value = style.value?.(material) ?? signatureValue(algorithm, privateKeyOf(key), material);
  const text = value.toString('base64');
  return style.lineEnd === undefined ? text : (text.match(/.{1,76}/g) ?? []).join(style.lineEnd);
}

function signatureXml(id: string, digest: string, style: SignatureStyle): string {
  const { prefix = 'ds', signedInfo = (xml: string) => xml } = style;
  const p = prefix === '' ? '' : `${prefix}:`;
  const declaration = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
  const info = signedInfo(signedInfoXml(p, id, digest, style));
  return `<${p}Signature ${declaration}="http://www.w3.org/2000/09/xmldsig#">${info}<${p}SignatureValue>${placeOfValue}</${p}SignatureValue>${keyInfoXml(p, style)}</${p}Signature>`;
}

function signedInfoXml(p: string, id: string, digest: string, style: SignatureStyle): string {
  const { algorithm = algorithms.rsaSha256, canonicalization = algorithms.exclusive, uri = `#${id}` } = style;
  const transforms = (style.transforms ?? usualTransforms(p, style.prefixList)).join('');
  const address = uri === null ? '' : ` URI="${uri}"`;
  return `<${p}SignedInfo><${p}CanonicalizationMethod Algorithm="${canonicalization}"/><${p}SignatureMethod Algorithm="${algorithm}"/><${p}Reference${address}><${p}Transforms>${transforms}</${p}Transforms><${p}DigestMethod Algorithm="${style.digest ?? algorithms.sha256}"/><${p}DigestValue>${digest}</${p}DigestValue></${p}Reference></${p}SignedInfo>`;
}

function usualTransforms(p: string, prefixList: readonly string[] | undefined): string[] {
  const enveloped = `<${p}Transform Algorithm="${algorithms.enveloped}"/>`;
  if (!prefixList) return [enveloped, `<${p}Transform Algorithm="${algorithms.exclusive}"/>`];
  const list = `<ec:InclusiveNamespaces xmlns:ec="${algorithms.exclusive}" PrefixList="${prefixList.join(' ')}"/>`;
  return [enveloped, `<${p}Transform Algorithm="${algorithms.exclusive}">${list}</${p}Transform>`];
}

function keyInfoXml(p: string, { key = 'idp', keyInfo }: SignatureStyle): string {
  if (keyInfo === null) return '';
  const body = certificateBody(certificatePemOf(key));
  const usual = `<${p}X509Data><${p}X509Certificate>${body}</${p}X509Certificate></${p}X509Data>`;
  return `<${p}KeyInfo>${keyInfo ?? usual}</${p}KeyInfo>`;
}

function place(
  xml: string,
  id: string,
  signature: string,
  behind = /<(?:\w+:)?Issuer[^>]*>[^<]*<\/(?:\w+:)?Issuer>/,
) {
  const start = xml.indexOf(`ID="${id}"`);
  const anchor = behind.exec(xml.slice(start));
  if (start < 0 || !anchor) throw new Error(`There is no place for the signature of ${id}`);
  const at = start + anchor.index + anchor[0].length;
  return `${xml.slice(0, at)}${signature}${xml.slice(at)}`;
}

function signedInfoIn(root: ElementNode, id: string): ElementNode {
  const signature = byId(root, id).children.find(
    (node) => node.kind === 'element' && node.local === 'Signature',
  );
  const info = signature?.kind === 'element' && findElement(signature, ({ local }) => local === 'SignedInfo');
  if (!info) throw new Error(`${id} has no SignedInfo`);
  return info;
}

function byId(root: ElementNode, id: string): ElementNode {
  const element = findElement(root, ({ attributes }) =>
    attributes.some(({ name, value }) => name === 'ID' && value === id),
  );
  if (!element) throw new Error(`No element has the ID ${id}`);
  return element;
}
