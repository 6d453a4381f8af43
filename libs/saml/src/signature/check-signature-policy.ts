import { SsoError } from '@gatehouse/core';
import type { ConnectionSettings } from '@gatehouse/core';
import type { MessageParts } from '../response/check-structure';
import { namespaces } from '../names';
import {
  acceptedDigests,
  acceptedSignatures,
  envelopedSignature,
  exclusiveC14n,
} from './signature-algorithms';
import { childNamed, everyElement, is, valueOf } from '../xml/xml-element';
import type { XmlElement } from '../xml/xml-element';

const { signature: ds } = namespaces;

/** Refuses what the signatures say of themselves, before a key is tried: missing, weak, or pointing elsewhere. */
export function checkSignaturePolicy(
  parts: MessageParts,
  policy: ConnectionSettings['signaturePolicy'],
): void {
  requireSignatures(parts, policy);
  const { response, responseSignature, assertion, assertionSignature } = parts;
  if (responseSignature) checkSignature(responseSignature, response, true);
  if (assertionSignature) checkSignature(assertionSignature, assertion, false);
}

function requireSignatures(parts: MessageParts, policy: ConnectionSettings['signaturePolicy']): void {
  const assertion = parts.assertionSignature !== undefined;
  const response = parts.responseSignature !== undefined;
  const enough = {
    either: assertion || response,
    assertion,
    response,
    both: assertion && response,
  }[policy];
  if (enough) return;
  const got = assertion ? 'assertion' : response ? 'response' : 'neither';
  const message = 'The identity provider did not sign what this connection wants signed: turn that on there.';
  throw new SsoError('saml_signature_missing', message, { want: policy, got });
}

function checkSignature(signature: XmlElement, parent: XmlElement, isRoot: boolean): void {
  const [info, value, keyInfo, ...rest] = signature.children;
  const shaped =
    info && is(info, ds, 'SignedInfo') && value && is(value, ds, 'SignatureValue') && rest.length === 0;
  if (!shaped || (keyInfo && !is(keyInfo, ds, 'KeyInfo'))) {
    throw misplaced('SignedInfo, SignatureValue and at most KeyInfo', names(signature));
  }
  const [canonicalization, method, reference, ...more] = info.children;
  if (!canonicalization || !method || !reference || more.length > 0) {
    throw misplaced('CanonicalizationMethod, SignatureMethod and one Reference', names(info));
  }
  checkMethods(canonicalization, method);
  checkReference(reference, parent, isRoot);
  refuseLongPrefixLists(info);
}

const maxPrefixes = 64;

// Exclusive C14N 2.1: the list is searched for each attribute of what is signed.
function refuseLongPrefixLists(info: XmlElement): void {
  for (const { attributes } of everyElement(info)) {
    const got = attributes.get('PrefixList')?.split(/\s/).length ?? 0;
    if (got <= maxPrefixes) continue;
    const message = 'The signature lists too many prefixes (InclusiveNamespaces).';
    throw new SsoError('saml_too_large', message, { want: `at most ${maxPrefixes} prefixes`, got });
  }
}

function checkMethods(canonicalization: XmlElement, method: XmlElement): void {
  const form = algorithmOf(canonicalization, 'CanonicalizationMethod');
  if (form !== exclusiveC14n) throw misplaced(exclusiveC14n, form);
  const algorithm = algorithmOf(method, 'SignatureMethod');
  if (!acceptedSignatures.has(algorithm)) throw weak([...acceptedSignatures.keys()], algorithm);
}

// XML Signature 4.4.3: one reference, to the very element that carries the signature.
function checkReference(reference: XmlElement, parent: XmlElement, isRoot: boolean): void {
  if (!is(reference, ds, 'Reference')) throw misplaced('Reference', reference.name);
  const uri = reference.attributes.get('URI');
  const own = `#${parent.attributes.get('ID') ?? ''}`;
  if (own === '#' || (uri !== own && !(isRoot && uri === ''))) throw misplaced(own, uri ?? 'no URI');
  checkTransforms(childNamed(reference, ds, 'Transforms'));
  const digest = childNamed(reference, ds, 'DigestMethod');
  const algorithm = digest ? algorithmOf(digest, 'DigestMethod') : 'none';
  if (!acceptedDigests.has(algorithm)) throw weak([...acceptedDigests.keys()], algorithm);
  if (!valueOf(childNamed(reference, ds, 'DigestValue') ?? reference)) throw misplaced('DigestValue', 'none');
}

// SAML Core 5.4.4: any other transform could leave out of the digest what we are going to read.
function checkTransforms(transforms: XmlElement | undefined): void {
  const got = (transforms?.children ?? []).map((transform) => algorithmOf(transform, 'Transform'));
  const want = [envelopedSignature, exclusiveC14n];
  if (got.length === 2 && got.every((algorithm, at) => algorithm === want[at])) return;
  throw misplaced(want, got);
}

function algorithmOf(element: XmlElement, name: string): string {
  if (!is(element, ds, name)) throw misplaced(name, element.name);
  return element.attributes.get('Algorithm') ?? 'none';
}

function names(element: XmlElement): string[] {
  return element.children.map((child) => child.name).slice(0, 10);
}

function weak(want: readonly string[], got: string): SsoError {
  const message = 'The signature algorithm is not accepted: choose SHA-256 at the identity provider.';
  return new SsoError('saml_algorithm_weak', message, { want, got: got.slice(0, 200) });
}

function misplaced(want: unknown, got: unknown): SsoError {
  const message = 'The signature does not cover exactly the element that carries it, the way SAML wants it.';
  return new SsoError('saml_reference_invalid', message, { want, got });
}
