import { SsoError } from '@gatehouse/core';
import { readCanonicalization, readTransforms } from './read-transforms';
import { acceptedDigests, acceptedSignatures } from './signature-algorithms';
import type { AcceptedSignature } from './signature-algorithms';
import { algorithmOf, childAt, misplaced, refuseChildren, refuseSurplus } from './signature-shape';
import { decodeBase64 } from '../xml/decode-base64';
import type { XmlElement } from '../xml/xml-element';

/** An element, and the signature that it carries as its own child. */
export interface Signable {
  readonly element: XmlElement;
  readonly signature?: XmlElement;
}

/** What a signature says of itself, fit to be verified but not verified yet. */
export interface SignatureClaim {
  readonly signed: XmlElement;
  readonly signature: XmlElement;
  readonly info: XmlElement;
  readonly infoPrefixes: ReadonlySet<string>;
  readonly method: AcceptedSignature;
  readonly value: Buffer;
  /** As node:crypto calls it. */
  readonly hash: string;
  readonly digest: Buffer;
  readonly prefixes: ReadonlySet<string>;
}

/**
 * Refuses a signature that is weak, or that covers anything but the element around it, before a key is tried.
 * Only the root of a document may be meant by an empty URI. KeyInfo is never looked at: the keys are the connection's.
 */
export function readSignature({ element, signature }: Signable, isRoot: boolean): SignatureClaim | undefined {
  if (!signature) return undefined;
  const info = childAt(signature, 0, 'SignedInfo');
  const value = octetsIn(childAt(signature, 1, 'SignatureValue'));
  if (signature.children.length > 2) childAt(signature, 2, 'KeyInfo');
  refuseSurplus(signature, 3);
  const claim = {
    ...readInfo(info),
    ...readReference(childAt(info, 2, 'Reference'), ownUris(element, isRoot)),
  };
  return { signed: element, signature, info, value, ...claim };
}

function readInfo(info: XmlElement): Pick<SignatureClaim, 'infoPrefixes' | 'method'> {
  const infoPrefixes = readCanonicalization(childAt(info, 0, 'CanonicalizationMethod'));
  const method = readAlgorithm(childAt(info, 1, 'SignatureMethod'), acceptedSignatures);
  refuseSurplus(info, 3);
  return { infoPrefixes, method };
}

// XML Signature 4.4.3: one reference, to the very element that carries the signature.
function readReference(
  reference: XmlElement,
  uris: readonly string[],
): Pick<SignatureClaim, 'prefixes' | 'hash' | 'digest'> {
  const uri = reference.attributes.get('URI');
  if (uri === undefined || !uris.includes(uri)) throw misplaced(uris, uri ?? 'no URI');
  const prefixes = readTransforms(childAt(reference, 0, 'Transforms'));
  const hash = readAlgorithm(childAt(reference, 1, 'DigestMethod'), acceptedDigests);
  const digest = octetsIn(childAt(reference, 2, 'DigestValue'));
  refuseSurplus(reference, 3);
  return { prefixes, hash, digest };
}

function ownUris({ attributes }: XmlElement, isRoot: boolean): readonly string[] {
  const id = attributes.get('ID');
  if (id === undefined || id === '') throw misplaced('an ID on the signed element', 'none');
  return isRoot ? [`#${id}`, ''] : [`#${id}`];
}

function readAlgorithm<T>(element: XmlElement, accepted: ReadonlyMap<string, T>): T {
  const uri = algorithmOf(element);
  const algorithm = accepted.get(uri);
  refuseChildren(element);
  if (algorithm !== undefined) return algorithm;
  const message = 'The signature algorithm is not accepted: choose SHA-256 at the identity provider.';
  throw new SsoError('saml_algorithm_weak', message, { want: [...accepted.keys()], got: uri.slice(0, 200) });
}

function octetsIn(element: XmlElement): Buffer {
  refuseChildren(element);
  const octets = decodeBase64(element.text);
  if (octets) return octets;
  const message = `The ${element.name} is not canonical base64: the signature was damaged on its way.`;
  throw new SsoError('saml_signature_invalid', message, { want: 'base64', got: element.text.slice(0, 80) });
}
