import { SsoError } from '@gatehouse/core';
import { namespaces } from '../names';
import { is } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';

/** The child that XML Signature's schema puts at this place. */
export function childAt(parent: XmlElement, place: number, name: string): XmlElement {
  const child = parent.children[place];
  if (child && is(child, namespaces.signature, name)) return child;
  throw misplaced(name, child?.name ?? `nothing more in ${parent.name}`);
}

/** Nothing may follow what we know: it could mean something to another reader. */
export function refuseSurplus({ children, name }: XmlElement, known: number): void {
  if (children.length <= known) return;
  throw misplaced(`${known} elements in ${name}`, children.map((child) => child.name).slice(0, 10));
}

/** Such as a truncated output length or an XPath, which would change what an algorithm covers. */
export function refuseChildren(element: XmlElement): void {
  refuseSurplus(element, 0);
}

export function algorithmOf({ attributes }: XmlElement): string {
  return attributes.get('Algorithm') ?? 'none';
}

export function misplaced(want: unknown, got: unknown): SsoError {
  const message = 'The signature does not cover exactly the element that carries it, the way SAML wants it.';
  return new SsoError('saml_reference_invalid', message, { want, got });
}
