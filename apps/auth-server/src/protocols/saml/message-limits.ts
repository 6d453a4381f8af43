import type { XmlCodes, XmlLimits } from './parse-xml';

/** Far above what identity providers send (a person in 1,000 groups), far below what holds a server up. */
export const messageLimits: XmlLimits = { depth: 64, attributes: 64, elements: 5_000 };

export const messageCodes: XmlCodes = { malformed: 'saml_xml_invalid', excessive: 'saml_too_large' };
