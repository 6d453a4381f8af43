import type { XmlCodes } from './parse-xml';
import type { XmlLimits } from './xml-budget';

/**
 * Above what identity providers send (under 300 nodes; a person in 1,000 groups, each value with its own type and
 * namespaces, about 4,100), far below what lets one post without a key hold the server up.
 */
export const messageLimits: XmlLimits = {
  depth: 64,
  attributes: 64,
  elements: 1_200,
  nodes: 4_500,
  namespaces: 64,
};

export const messageCodes: XmlCodes = { malformed: 'saml_xml_invalid', excessive: 'saml_too_large' };
