import { SsoError } from '@gatehouse/core';
import type { NameId } from '@gatehouse/core';
import { valueOf } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';

// SAML Core 8.3.7: qualifiers are entity IDs, of at most 1,024 characters (8.3.6); each session keeps them.
const longestQuality = 1024;

/** A NameID with what qualifies it (SAML Core 2.2.2), for logout messages to repeat. */
export function readNameId(element: XmlElement): NameId {
  for (const [name, value] of element.attributes) refuseLong(name, value);
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

function refuseLong(name: string, value: string): void {
  if (value.length <= longestQuality) return;
  const message = `The ${name} of the NameID is too long: set the identity provider to send its entity ID there.`;
  const details = { want: `at most ${longestQuality} characters`, got: value.length };
  throw new SsoError('saml_nameid_invalid', message, details);
}
