import type { NameId } from '@gatehouse/core';
import { valueOf } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';

/** A NameID with what qualifies it (SAML Core 2.2.2), for logout messages to repeat. */
export function readNameId(element: XmlElement): NameId {
  const format = element.attributes.get('Format');
  const nameQualifier = element.attributes.get('NameQualifier');
  const spNameQualifier = element.attributes.get('SPNameQualifier');
  return {
    value: valueOf(element),
    ...(format === undefined ? {} : { format }),
    ...(nameQualifier === undefined ? {} : { nameQualifier }),
    ...(spNameQualifier === undefined ? {} : { spNameQualifier }),
  };
}
