import { SsoError } from '@gatehouse/core';
import type { IdpCertificate } from '@gatehouse/core';
import type { MessageParts } from './check-structure';
import { messageLimits, messageCodes } from '../xml/message-limits';
import { namespaces } from '../names';
import { parseXml } from '../xml/parse-xml';
import { verifySignature } from '../signature/verify-signature';
import type { SignedOctets } from '../signature/verify-signature';
import { childrenNamed, is } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';

/** What the profile is checked on. */
export interface SignedParts {
  /** Parsed from signed octets if `responseIsSigned`; else good for refusing only, never for reading an identity. */
  readonly response: XmlElement;
  readonly responseIsSigned: boolean;
  /** Always parsed from signed octets. */
  readonly assertion: XmlElement;
  readonly certificate: IdpCertificate;
}

/** Verifies every signature that is there and parses again what they cover: the document as it came is not read from. */
export function readSignedParts(
  xml: string,
  parts: MessageParts,
  certificates: readonly IdpCertificate[],
): SignedParts {
  const response = parts.responseSignature && verifySignature(xml, 'Response', certificates);
  const assertion = parts.assertionSignature && verifySignature(xml, 'Assertion', certificates);
  const responseRead = response && reread(response, 'Response', parts.response);
  const assertionRead = assertion && reread(assertion, 'Assertion', parts.assertion);
  const used = assertionRead ?? (responseRead && assertionIn(responseRead, parts.assertion));
  const certificate = (assertion ?? response)?.certificate;
  if (!used || !certificate) throw uncovered('a signature over the assertion', 'none');
  return {
    response: responseRead ?? parts.response,
    responseIsSigned: responseRead !== undefined,
    assertion: used,
    certificate,
  };
}

function reread(octets: SignedOctets, name: string, expected: XmlElement): XmlElement {
  const element = parseXml(octets.xml, messageLimits, messageCodes);
  return sameElement(element, name, expected);
}

function assertionIn(response: XmlElement, expected: XmlElement): XmlElement {
  const [assertion, ...more] = childrenNamed(response, namespaces.assertion, 'Assertion');
  if (!assertion || more.length > 0) throw uncovered('one signed assertion', more.length);
  return sameElement(assertion, 'Assertion', expected);
}

// The library parses on its own: what it says was signed must be the very element that our parse approved.
function sameElement(element: XmlElement, name: string, expected: XmlElement): XmlElement {
  const id = expected.attributes.get('ID');
  if (is(element, expected.namespace, name) && element.attributes.get('ID') === id) return element;
  throw uncovered(`${name} ${id ?? 'without ID'}`, element.name);
}

function uncovered(want: unknown, got: unknown): SsoError {
  return new SsoError('saml_reference_invalid', 'What was signed is not what the response shows.', {
    want,
    got,
  });
}
