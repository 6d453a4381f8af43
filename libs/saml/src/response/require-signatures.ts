import { SsoError } from '@gatehouse/core';
import type { ConnectionSettings } from '@gatehouse/core';
import { isEncrypted } from './check-structure';
import type { MessageParts } from './check-structure';

type SignaturePolicy = ConnectionSettings['signaturePolicy'];

/** Refuses a message that lacks a signature which the connection asks for; an encrypted assertion may still have one. */
export function requireSignatures(parts: MessageParts, policy: SignaturePolicy): void {
  const response = parts.response.signature !== undefined;
  const assertion = parts.assertion.signature !== undefined;
  if (suffices(response, assertion || isEncrypted(parts.assertion.element))[policy]) return;
  const got = assertion ? 'assertion' : response ? 'response' : 'neither';
  const message = 'The identity provider did not sign what this connection wants signed: turn that on there.';
  throw new SsoError('saml_signature_missing', message, { want: policy, got });
}

function suffices(response: boolean, assertion: boolean): Readonly<Record<SignaturePolicy, boolean>> {
  return { either: assertion || response, assertion, response, both: assertion && response };
}
