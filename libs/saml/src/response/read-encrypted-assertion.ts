import { SsoError } from '@gatehouse/core';
import { checkDecryptedAssertion } from './check-structure';
import type { MessageParts } from './check-structure';
import { readSignedAssertion } from './read-signed-assertion';
import type { SignedAssertion } from './read-signed-assertion';
import { requireSignatures } from './require-signatures';
import type { Trust } from './trust';
import { decryptAssertion, hideFaults } from '../encryption/decrypt-assertion';
import { namespaces } from '../names';
import { readSignature } from '../signature/read-signature';
import { messageCodes, messageLimits } from '../xml/message-limits';
import type { NamespaceScope } from '../xml/namespace-scope';
import { parseXml } from '../xml/parse-xml';
import { refuseFloods } from '../xml/refuse-floods';
import { everyElement, is } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';

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
  scope: NamespaceScope,
  signed: SignedAssertion | undefined,
  { certificates, signaturePolicy, recipients }: Trust,
): SignedAssertion {
  refuseFloods(xml);
  const assertion = checkDecryptedAssertion(parseXml(xml, messageLimits, messageCodes, scope));
  const claim = readSignature(assertion, false);
  requireSignatures({ response: signed !== undefined, assertion: claim !== undefined }, signaturePolicy);
  const inResponse = signed && { ...signed, assertion: assertion.element };
  const read = readSignedAssertion(claim, inResponse, certificates);
  refuseForeign(read.assertion, recipients);
  return read;
}

// All connections share our key. What was encrypted for another one must be seen by nobody here, a trace included.
function refuseForeign(assertion: XmlElement, recipients: readonly string[]): void {
  const data = everyElement(assertion).filter((each) =>
    is(each, namespaces.assertion, 'SubjectConfirmationData'),
  );
  if (data.some(({ attributes }) => recipients.includes(attributes.get('Recipient') ?? ''))) return;
  const message =
    'The encrypted assertion is not meant for this connection: copy the ACS URL into the identity provider again.';
  const details = { want: recipients[0], got: 'another recipient' };
  throw new SsoError('saml_recipient_mismatch', message, details);
}
