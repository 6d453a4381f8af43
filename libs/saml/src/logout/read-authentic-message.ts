import { SsoError } from '@gatehouse/core';
import type { ConnectionSettings, IdpCertificate, IdpDescription } from '@gatehouse/core';
import { textOf } from '../binding/incoming-message';
import type { IncomingMessage, QuerySignature } from '../binding/incoming-message';
import { namespaces } from '../names';
import { refuseStrays } from '../response/check-places';
import { readWithin } from '../response/expired-certificates';
import { readSignature } from '../signature/read-signature';
import type { Signable } from '../signature/read-signature';
import { requireSigner } from '../signature/require-signer';
import { acceptedSignatures } from '../signature/signature-algorithms';
import { SignedOctets } from '../signature/signed-octets';
import { checkDocument } from '../xml/check-document';
import { decodeBase64 } from '../xml/decode-base64';
import { messageCodes, messageLimits } from '../xml/message-limits';
import { parseXml } from '../xml/parse-xml';
import { childNamed, everyElement } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';

/** Whose signature counts. */
export interface Signers {
  readonly idp: Pick<IdpDescription, 'certificates'>;
  readonly settings: Pick<ConnectionSettings, 'expiredCertificates'>;
  readonly now: Date;
}

/** The root of a message that the identity provider signed as a whole, parsed from what the signature covers. */
export function readAuthenticMessage(message: IncomingMessage, { idp, settings, now }: Signers): XmlElement {
  const { certificates } = idp;
  const trust = { certificates, signaturePolicy: 'either', decryptionKeys: [], recipients: [] } as const;
  const read = message.binding === 'redirect' ? readQuerySigned : readEnveloped;
  const expiry = { policy: settings.expiredCertificates, now };
  return readWithin(trust, expiry, (left) => read(message, left.certificates));
}

// The query is verified before it is even inflated.
function readQuerySigned(message: IncomingMessage, certificates: readonly IdpCertificate[]): XmlElement {
  if (!message.query) throw unsigned('SigAlg and Signature');
  verifyQuery(message.query, certificates);
  return parseMessage(textOf(message));
}

/** SAML Bindings 3.4.4.1, steps 3 to 6. */
function verifyQuery(
  { material, algorithm, value }: QuerySignature,
  certificates: readonly IdpCertificate[],
): void {
  const method = acceptedSignatures.get(algorithm);
  if (!method) {
    const message = 'The signature algorithm is not accepted: choose SHA-256 at the identity provider.';
    const details = { want: [...acceptedSignatures.keys()], got: algorithm.slice(0, 200) };
    throw new SsoError('saml_algorithm_weak', message, details);
  }
  const octets = decodeBase64(value);
  if (!octets) {
    const message = 'The Signature in the address is not canonical base64: it was damaged on its way.';
    throw new SsoError('saml_signature_invalid', message, { want: 'base64', got: value.slice(0, 80) });
  }
  requireSigner({ what: 'query', method, material: Buffer.from(material), value: octets }, certificates);
}

function readEnveloped(message: IncomingMessage, certificates: readonly IdpCertificate[]): XmlElement {
  const root = parseMessage(textOf(message));
  const signature = childNamed(root, namespaces.signature, 'Signature');
  const part: Signable = signature ? { element: root, signature } : { element: root };
  refuseStrays(everyElement(root), [part]);
  const claim = readSignature(part, true);
  if (!claim) throw unsigned('a signature of the message');
  return SignedOctets.verify(claim, certificates).read();
}

function parseMessage(text: string): XmlElement {
  const root = parseXml(text, messageLimits, messageCodes);
  checkDocument(everyElement(root));
  return root;
}

// SAML Profiles 4.4.4.1 and 4.4.4.2: by a browser, both messages must be signed.
function unsigned(want: string): SsoError {
  const message = 'The logout message is not signed: turn signing of logout messages on at the IdP.';
  return new SsoError('saml_signature_missing', message, { want, got: 'none' });
}
