import { SsoError } from '@gatehouse/core';
import { namespaces } from '../names';
import type { Signable } from '../signature/read-signature';
import { childrenNamed } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';

const { assertion: saml, protocol: samlp, signature: ds } = namespaces;

type Place = readonly string[];

/** SAML Core 3.2.2, in the schema's order: names at one place are alternatives. */
const responseOrder: readonly Place[] = [
  [`${saml} Issuer`],
  [`${ds} Signature`],
  [`${samlp} Extensions`],
  [`${samlp} Status`],
  [`${saml} Assertion`, `${saml} EncryptedAssertion`],
];

/** SAML Core 2.3.3: before the statements, which may repeat. */
const assertionOrder: readonly Place[] = [
  [`${saml} Issuer`],
  [`${ds} Signature`],
  [`${saml} Subject`],
  [`${saml} Conditions`],
  [`${saml} Advice`],
];
const statements: Place = ['AuthnStatement', 'AttributeStatement', 'AuthzDecisionStatement', 'Statement'].map(
  (name) => `${saml} ${name}`,
);

export function checkResponseOrder(response: XmlElement): void {
  checkOrder(response, responseOrder);
}

export function checkAssertionOrder(assertion: XmlElement): void {
  const first = assertion.children.findIndex((child) => statements.includes(nameOf(child)));
  const end = first === -1 ? assertion.children.length : first;
  checkOrder({ children: assertion.children.slice(0, end) }, assertionOrder);
  for (const child of assertion.children.slice(end)) {
    if (!statements.includes(nameOf(child))) throw misplaced(child, statements);
  }
}

function checkOrder({ children }: Pick<XmlElement, 'children'>, order: readonly Place[]): void {
  let reached = -1;
  for (const child of children) {
    const place = order.findIndex((names) => names.includes(nameOf(child)));
    if (place <= reached) throw misplaced(child, order.flat());
    reached = place;
  }
}

function nameOf({ namespace, name }: XmlElement): string {
  return `${namespace} ${name}`;
}

const onlyOnce = ['Signature', 'SignedInfo', 'Reference', 'Response'];

/** Signature wrapping hides a second copy in Extensions, Object, Advice or a value: there is no honest use for one. */
export function refuseStrays(elements: readonly XmlElement[], parts: readonly Signable[]): void {
  const placed = new Set(parts.flatMap(placedIn));
  for (const element of elements) {
    if (hasOnePlace(element) && !placed.has(element)) throw misplaced(element, []);
  }
}

function placedIn({ element, signature }: Signable): readonly XmlElement[] {
  if (!signature) return [element];
  const infos = childrenNamed(signature, ds, 'SignedInfo');
  return [element, signature, ...infos, ...infos.flatMap((info) => childrenNamed(info, ds, 'Reference'))];
}

function hasOnePlace({ namespace, name }: XmlElement): boolean {
  return (namespace === ds || namespace === samlp) && onlyOnce.includes(name);
}

function misplaced({ name }: XmlElement, want: readonly string[]): SsoError {
  const message = `${name} is not where the schema puts it.`;
  return new SsoError('saml_structure_invalid', message, { want: want.join(', ') || 'none', got: name });
}
