import type { XmlCodes, XmlLimits } from './parse-xml';

/** Far above what identity providers send (a person in 1,000 groups, each value with its own type and namespaces), far below what holds a server up. */
export const messageLimits: XmlLimits = { depth: 64, attributes: 64, nodes: 8_000 };

export const messageCodes: XmlCodes = { malformed: 'saml_xml_invalid', excessive: 'saml_too_large' };
