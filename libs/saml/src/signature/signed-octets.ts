import { hash as digestOf, timingSafeEqual } from 'node:crypto';
import { SsoError } from '@gatehouse/core';
import type { IdpCertificate } from '@gatehouse/core';
import type { SignatureClaim } from './read-signature';
import { requireSigner } from './require-signer';
import { canonicalize } from '../xml/canonicalize';
import { messageCodes, messageLimits } from '../xml/message-limits';
import { parseXml } from '../xml/parse-xml';
import type { XmlElement } from '../xml/xml-element';

/**
 * The octets whose digest an identity provider signed. Nothing but a verified signature makes one, and there is one
 * thing to do with it: parse these octets again and read from that tree, not from the document that arrived.
 */
export class SignedOctets {
  readonly #xml: string;

  private constructor(
    xml: string,
    /** The one, of those of the connection, whose key fitted. */
    readonly certificate: IdpCertificate,
  ) {
    this.#xml = xml;
  }

  /** XML Signature 3.2: who signed, then what. Each certificate is tried in turn. */
  static verify(claim: SignatureClaim, certificates: readonly IdpCertificate[]): SignedOctets {
    const { method, value, signed } = claim;
    const material = Buffer.from(canonicalize(claim.info, { prefixes: claim.infoPrefixes }));
    const certificate = requireSigner({ what: signed.name, method, material, value }, certificates);
    const xml = canonicalize(claim.signed, { omit: claim.signature, prefixes: claim.prefixes });
    if (!digestEquals(xml, claim)) throw changed(claim.signed.name);
    return new SignedOctets(xml, certificate);
  }

  read(): XmlElement {
    return parseXml(this.#xml, messageLimits, messageCodes);
  }
}

function digestEquals(xml: string, { hash, digest }: SignatureClaim): boolean {
  const computed = digestOf(hash, xml, 'buffer');
  return computed.length === digest.length && timingSafeEqual(computed, digest);
}

function changed(signed: string): SsoError {
  const message = `The ${signed} was changed after it was signed.`;
  return new SsoError('saml_signature_invalid', message, {
    want: 'the digest that was signed',
    got: 'another',
  });
}
