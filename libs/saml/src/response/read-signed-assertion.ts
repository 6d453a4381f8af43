import { SsoError } from '@gatehouse/core';
import type { IdpCertificate } from '@gatehouse/core';
import type { SignatureClaim } from '../signature/read-signature';
import { SignedOctets } from '../signature/signed-octets';
import type { XmlElement } from '../xml/xml-element';

/** An assertion that was parsed from octets which a signature covers, and the certificate that fitted. */
export interface SignedAssertion {
  readonly assertion: XmlElement;
  readonly certificate: IdpCertificate;
}

/** As the signed response around it shows it, or under its own signature; where both are there, both must hold. */
export function readSignedAssertion(
  claim: SignatureClaim | undefined,
  inResponse: SignedAssertion | undefined,
  certificates: readonly IdpCertificate[],
): SignedAssertion {
  const own = claim && SignedOctets.verify(claim, certificates);
  if (inResponse) return { ...inResponse, ...(own ? { certificate: own.certificate } : {}) };
  if (own) return { assertion: own.read(), certificate: own.certificate };
  const message = 'No signature covers the assertion: turn signing on at the identity provider.';
  throw new SsoError('saml_signature_missing', message, { want: 'a signed assertion', got: 'none' });
}
