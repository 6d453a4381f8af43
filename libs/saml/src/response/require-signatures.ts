import { SsoError } from '@gatehouse/core';
import type { ConnectionSettings } from '@gatehouse/core';

type SignaturePolicy = ConnectionSettings['signaturePolicy'];

/** Which parts of a message carry a signature. */
export interface SignedWhere {
  readonly response: boolean;
  readonly assertion: boolean;
}

/** Refuses a message that lacks a signature which the connection asks for. */
export function requireSignatures({ response, assertion }: SignedWhere, policy: SignaturePolicy): void {
  if (suffices(response, assertion)[policy]) return;
  const got = assertion ? 'assertion' : response ? 'response' : 'neither';
  const message = 'The identity provider did not sign what this connection wants signed: turn that on there.';
  throw new SsoError('saml_signature_missing', message, { want: policy, got });
}

function suffices(response: boolean, assertion: boolean): Readonly<Record<SignaturePolicy, boolean>> {
  return { either: assertion || response, assertion, response, both: assertion && response };
}
