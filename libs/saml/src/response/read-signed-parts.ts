import { silentChecks } from '@gatehouse/core';
import type { CheckLog } from '@gatehouse/core';
import { checkStructure, isEncrypted } from './check-structure';
import type { MessageParts } from './check-structure';
import { readEncryptedAssertion } from './read-encrypted-assertion';
import { readSignedAssertion } from './read-signed-assertion';
import type { SignedAssertion } from './read-signed-assertion';
import { requireSignatures } from './require-signatures';
import type { SignedWhere } from './require-signatures';
import type { Trust } from './trust';
import { readSignature } from '../signature/read-signature';
import { SignedOctets } from '../signature/signed-octets';
import type { XmlElement } from '../xml/xml-element';

/** What the profile is checked on. */
export interface SignedParts extends SignedAssertion {
  /** Parsed from signed octets if `responseIsSigned`; else good for refusing only, never for reading an identity. */
  readonly response: XmlElement;
  readonly responseIsSigned: boolean;
}

/** Verifies every signature that is there and parses again what they cover: the document as it came is not read from. */
export function readSignedParts(parts: MessageParts, trust: Trust, checks = silentChecks()): SignedParts {
  checks.run('signature-policy', () => requireSignatures(signedWhere(parts), trust.signaturePolicy));
  return checks.run('signature', () => readSigned(parts, trust, checks));
}

function readSigned(parts: MessageParts, trust: Trust, checks: CheckLog): SignedParts {
  const responseClaim = readSignature(parts.response, true);
  const assertionClaim = readSignature(parts.assertion, false);
  const signed = responseClaim && SignedOctets.verify(responseClaim, trust.certificates);
  const shown = signed ? checkStructure(signed.read()) : parts;
  const inResponse = signed && { assertion: shown.assertion.element, certificate: signed.certificate };
  const used = isEncrypted(parts.assertion.element)
    ? checks.run('decryption', () => readEncryptedAssertion(shown, inResponse, trust))
    : readSignedAssertion(assertionClaim, inResponse, trust.certificates);
  return { ...used, response: shown.response.element, responseIsSigned: signed !== undefined };
}

// An encrypted assertion may have a signature inside: that is asked once it is open.
function signedWhere({ response, assertion }: MessageParts): SignedWhere {
  const open = assertion.signature !== undefined || isEncrypted(assertion.element);
  return { response: response.signature !== undefined, assertion: open };
}
