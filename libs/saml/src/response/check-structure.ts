import { SsoError } from '@gatehouse/core';
import { namespaces } from '../names';
import { readFailedStatus } from './check-status';
import { childNamed, childrenNamed, everyElement, is } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';

const { assertion: saml, protocol: samlp, signature: ds } = namespaces;

/** The places that the schema gives to what we verify and read. */
export interface MessageParts {
  readonly response: XmlElement;
  readonly assertion: XmlElement;
  readonly responseSignature?: XmlElement;
  readonly assertionSignature?: XmlElement;
}

/** One Response, one Assertion, each at its place and signed at most once; nothing of the kind anywhere else. */
export function checkStructure(root: XmlElement): MessageParts {
  refuseOtherRoot(root);
  refuseSpoiltValues(root);
  refuseDuplicateIds(root);
  refuseFailedStatus(root);
  const assertion = soleAssertion(root);
  checkOrder(root, responseOrder);
  checkOrder(assertion, assertionOrder);
  const parts = { response: root, assertion, ...signaturesOf(root, assertion) };
  refuseStrays(parts);
  return parts;
}

function refuseOtherRoot(root: XmlElement): void {
  if (is(root, samlp, 'Response')) return;
  const message = 'The identity provider posted something other than a SAML 2.0 Response.';
  throw structural(message, `{${samlp}}Response`, `{${root.namespace}}${root.name}`);
}

// A comment splits a value for readers that take its first text node only: nobody needs one there.
function refuseSpoiltValues(root: XmlElement): void {
  for (const element of everyElement(root)) {
    if (!element.commented || (element.namespace !== ds && element.text.trim() === '')) continue;
    throw structural('A comment stands inside a value or a signature.', 'no comment', element.name);
  }
}

const idNames = /^(?:\{.*\})?(?:ID|Id|id)$/;
const ncName = /^[\p{L}_][\p{L}\p{N}_.\-\u00b7]{0,255}$/u;

function refuseDuplicateIds(root: XmlElement): void {
  const seen = new Set<string>();
  for (const element of everyElement(root)) {
    for (const [name, id] of element.attributes) {
      if (!idNames.test(name)) continue;
      if (!ncName.test(id)) throw structural('An ID is not well-formed.', 'an xs:ID', id.slice(0, 80));
      if (seen.has(id)) throw structural('An ID occurs twice in the response.', 'unique IDs', id);
      seen.add(id);
    }
  }
}

// Before anything else is asked of it: a failed sign-in has no assertion, and the reason is what helps.
function refuseFailedStatus(root: XmlElement): void {
  const failed = readFailedStatus(root);
  if (failed) throw failed;
}

function soleAssertion(root: XmlElement): XmlElement {
  const all = [...everyElement(root)].filter((element) => holdsAssertion(element));
  const [first, second] = all;
  if (!first) {
    const message = 'The response carries no assertion; assign the person to the application at the IdP.';
    throw new SsoError('saml_assertion_missing', message, { want: 1, got: 0 });
  }
  if (second) {
    const message = 'The response carries more than one assertion; it must carry exactly one.';
    throw new SsoError('saml_multiple_assertions', message, { want: 1, got: all.length });
  }
  if (first.name === 'EncryptedAssertion') throw encrypted('assertion');
  if (root.children.includes(first)) return first;
  throw structural('The assertion is not where the schema puts it.', 'a child of Response', 'elsewhere');
}

function holdsAssertion({ name, namespace }: XmlElement): boolean {
  return namespace === saml && (name === 'Assertion' || name === 'EncryptedAssertion');
}

/** What a connection cannot read yet. */
export function encrypted(what: string): SsoError {
  const message = `The ${what} is encrypted, which this version cannot read: turn encryption off at the identity provider.`;
  return new SsoError('saml_encrypted_unsupported', message, { want: 'not encrypted', got: 'encrypted' });
}

// SAML Core 3.2.2 and 2.3.3, in the schema's order; `+` marks what may repeat.
const responseOrder = [
  `${saml} Issuer`,
  `${ds} Signature`,
  `${samlp} Extensions`,
  `${samlp} Status`,
  `${saml} Assertion`,
];
const assertionOrder = [
  `${saml} Issuer`,
  `${ds} Signature`,
  `${saml} Subject`,
  `${saml} Conditions`,
  `${saml} Advice`,
];
const statements = ['AuthnStatement', 'AttributeStatement', 'AuthzDecisionStatement', 'Statement'];

function checkOrder(parent: XmlElement, order: readonly string[]): void {
  let reached = -1;
  for (const child of parent.children) {
    const place = placeOf(child, order);
    const repeats = place === order.length && parent.name === 'Assertion';
    if (place > reached || (repeats && place === reached)) reached = place;
    else throw structural(`${child.name} is not where the schema puts it.`, order.join(', '), child.name);
  }
}

function placeOf(child: XmlElement, order: readonly string[]): number {
  if (child.namespace === saml && statements.includes(child.name)) return order.length;
  return order.indexOf(`${child.namespace} ${child.name}`);
}

function signaturesOf(response: XmlElement, assertion: XmlElement): Partial<MessageParts> {
  const responseSignature = childNamed(response, ds, 'Signature');
  const assertionSignature = childNamed(assertion, ds, 'Signature');
  return {
    ...(responseSignature ? { responseSignature } : {}),
    ...(assertionSignature ? { assertionSignature } : {}),
  };
}

const onlyOnce = ['Signature', 'SignedInfo', 'Reference', 'Response'];

// Signature wrapping hides a second copy in Extensions, Object, Advice or a value: there is no honest use for one.
function refuseStrays({ response, assertion, responseSignature, assertionSignature }: MessageParts): void {
  const placed = new Set([response, assertion]);
  for (const signature of [responseSignature, assertionSignature]) {
    if (signature) addSignature(placed, signature);
  }
  for (const element of everyElement(response)) {
    if (!isKey(element) || placed.has(element)) continue;
    throw structural(`${element.name} stands where the schema has no place for it.`, 'none', element.name);
  }
}

function isKey({ namespace, name }: XmlElement): boolean {
  return (namespace === ds || namespace === samlp) && onlyOnce.includes(name);
}

function addSignature(placed: Set<XmlElement>, signature: XmlElement): void {
  placed.add(signature);
  for (const info of childrenNamed(signature, ds, 'SignedInfo')) {
    placed.add(info);
    for (const reference of childrenNamed(info, ds, 'Reference')) placed.add(reference);
  }
}

function structural(message: string, want: unknown, got: unknown): SsoError {
  return new SsoError('saml_structure_invalid', message, { want, got });
}
