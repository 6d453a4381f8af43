import { gateBytes } from '../xml/gate-bytes';
import { messageCodes, messageLimits } from '../xml/message-limits';
import { parseXml } from '../xml/parse-xml';

/**
 * The request that a response says it answers (SAML Core 3.2.2), before anything is verified: good for choosing what to
 * verify it under, and for nothing else. Undefined where it says none, or is no document at all.
 */
export function claimedRequest(samlResponse: string): string | undefined {
  try {
    const root = parseXml(gateBytes(samlResponse), messageLimits, messageCodes);
    return root.attributes.get('InResponseTo');
  } catch {
    // Verifying the same response refuses it, and says why.
    return undefined;
  }
}
