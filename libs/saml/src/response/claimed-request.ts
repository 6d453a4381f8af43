import { namespaces } from '../names';
import { gateBytes } from '../xml/gate-bytes';
import { messageCodes, messageLimits } from '../xml/message-limits';
import { parseXml } from '../xml/parse-xml';
import { everyElement, is } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';

/**
 * The request that a response says it answers, before anything is verified: good for choosing what to verify it under,
 * and for nothing else. Undefined where it says none, or is no document at all.
 */
export function claimedRequest(samlResponse: string): string | undefined {
  try {
    return claimIn(parseXml(gateBytes(samlResponse), messageLimits, messageCodes));
  } catch {
    // Verifying the same response refuses it, and says why.
    return undefined;
  }
}

// SAML Core 3.2.2 wants it on the response; some identity providers give it in the subject confirmation only.
function claimIn(root: XmlElement): string | undefined {
  const elements = [root, ...everyElement(root)].filter(
    (element) => element === root || is(element, namespaces.assertion, 'SubjectConfirmationData'),
  );
  return elements
    .map(({ attributes }) => attributes.get('InResponseTo'))
    .find((claim) => claim !== undefined);
}
