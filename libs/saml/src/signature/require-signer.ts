import { SsoError } from '@gatehouse/core';
import type { IdpCertificate } from '@gatehouse/core';
import { readPublicKey } from './read-public-key';
import { acceptedKeys, fits, keyFault } from './signature-algorithms';
import type { AcceptedSignature } from './signature-algorithms';

/** A signature value over octets; `what` names them to a reader of the refusal. */
export interface SignedValue {
  readonly what: string;
  readonly method: AcceptedSignature;
  readonly material: Buffer;
  readonly value: Buffer;
}

/** The certificate whose key made the value; each is tried in turn. */
export function requireSigner(
  { what, method, material, value }: SignedValue,
  certificates: readonly IdpCertificate[],
): IdpCertificate {
  const signer = certificates.find(({ pem }) => fits(method, readPublicKey(pem), material, value));
  if (!signer) throw unfitting(what, certificates);
  const fault = keyFault(readPublicKey(signer.pem));
  if (!fault) return signer;
  const message =
    'The identity provider signs with a key that is not accepted: make a new certificate there.';
  throw new SsoError('saml_algorithm_weak', message, { want: acceptedKeys, got: fault });
}

function unfitting(signed: string, certificates: readonly IdpCertificate[]): SsoError {
  const message = `No certificate of this connection fits the signature of the ${signed}: copy the identity provider's current certificate here.`;
  const want = certificates.map(({ fingerprint }) => fingerprint);
  return new SsoError('saml_signature_invalid', message, { want, got: 'another key' });
}
