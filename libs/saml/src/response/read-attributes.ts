import type { VerifiedIdentity } from '@gatehouse/core';
import { namespaces } from '../names';
import { childrenNamed, everyElement, trimXml } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';

const { assertion: saml } = namespaces;

/** Values by exact Name (FriendlyName never decides); an attribute sent in pieces is put together. */
export function readAttributes(assertion: XmlElement): VerifiedIdentity['attributes'] {
  const byName = new Map<string, string[]>();
  for (const attribute of attributesOf(assertion)) {
    const name = attribute.attributes.get('Name') ?? '';
    const values = childrenNamed(attribute, saml, 'AttributeValue').map(wholeText);
    byName.set(name, [...(byName.get(name) ?? []), ...values]);
  }
  // Names come from outside: without a prototype, `constructor` or `__proto__` is a name like any other.
  const attributes = Object.fromEntries(byName);
  Object.setPrototypeOf(attributes, null);
  return attributes;
}

function attributesOf(assertion: XmlElement): readonly XmlElement[] {
  return childrenNamed(assertion, saml, 'AttributeStatement').flatMap((statement) =>
    childrenNamed(statement, saml, 'Attribute'),
  );
}

// Some values are elements, such as the NameID in eduPersonTargetedID.
function wholeText(value: XmlElement): string {
  return trimXml([...everyElement(value)].map(({ text }) => text).join(''));
}
