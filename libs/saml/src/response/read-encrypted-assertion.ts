import { checkDecryptedAssertion } from './check-structure';
import type { MessageParts } from './check-structure';
import { readSignedAssertion } from './read-signed-assertion';
import type { SignedAssertion } from './read-signed-assertion';
import { requireSignatures } from './require-signatures';
import type { Trust } from './trust';
import { decryptAssertion, hideFaults } from '../encryption/decrypt-assertion';
import { readSignature } from '../signature/read-signature';
import { messageCodes, messageLimits } from '../xml/message-limits';
import { parseXml } from '../xml/parse-xml';
import { refuseFloods } from '../xml/refuse-floods';

/** Decrypts the assertion, which then must stand structure and signatures as if it had come in clear. */
export function readEncryptedAssertion(
  { assertion: { element: encrypted } }: MessageParts,
  signed: SignedAssertion | undefined,
  trust: Trust,
): SignedAssertion {
  const { xml, authenticated } = decryptAssertion(encrypted, trust.decryptionKeys);
  const read = () => readDecrypted(xml, encrypted.scope, signed, trust);
  // A signed response is no exception: a tenant could sign one around a ciphertext that was meant for another tenant.
  return authenticated ? read() : hideFaults(read);
}

function readDecrypted(
  xml: string,
  scope: MessageParts['assertion']['element']['scope'],
  signed: SignedAssertion | undefined,
  { certificates, signaturePolicy }: Trust,
): SignedAssertion {
  refuseFloods(xml);
  const assertion = checkDecryptedAssertion(parseXml(xml, messageLimits, messageCodes, scope));
  const claim = readSignature(assertion, false);
  requireSignatures({ response: signed !== undefined, assertion: claim !== undefined }, signaturePolicy);
  return readSignedAssertion(claim, signed && { ...signed, assertion: assertion.element }, certificates);
}
